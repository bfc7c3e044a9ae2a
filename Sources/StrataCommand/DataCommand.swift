import ArgumentParser
import Foundation
import Strata
import StrataLab

/// `strata data`: what data there is.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "List, verify and fetch data sets.",
    discussion: """
      The command searches --data-dir, $STRATA_DATA, ./data and the user's cache folder.

      Example: strata data list
      """,
    subcommands: [DataListCommand.self, DataVerifyCommand.self, DataFetchCommand.self])
}

/// A folder to search before the usual ones.
struct DataFolderOptions: ParsableArguments {
  @Option(
    name: .customLong("data-dir"), help: "A folder with data sets, searched before all others.")
  var dataDirectory: String?

  /// The places to look in.
  var catalog: DatasetCatalog {
    DatasetCatalog(
      dataDirectory: dataDirectory, environment: ProcessInfo.processInfo.environment)
  }
}

/// `strata data list`.
struct DataListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show the data sets that are installed, and where.",
    discussion: "Example: strata data list --data-dir ~/datasets")

  @OptionGroup var folder: DataFolderOptions
  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let summaries = NamedDataset.allCases.map { DatasetSummary($0, in: folder.catalog) }
    if json {
      print(JSONValue.array(summaries.map(\.json)).indentedText)
      return
    }
    let table = [["name", "training", "test", "bytes", "where"]] + summaries.map(Self.row)
    print(TextTable(rows: table, numeric: 1...3).text, terminator: "")
  }

  private static func row(_ summary: DatasetSummary) -> [String] {
    let images = summary.images
    let folder = summary.location.map { $0.folder ?? "in the program itself" }
    return [
      summary.dataset.rawValue, images.map { "\($0.training)" } ?? "-",
      images.map { "\($0.test)" } ?? "-", summary.location == nil ? "-" : "\(summary.bytes)",
      summary.problem ?? folder ?? "not found",
    ]
  }
}

/// `strata data verify`.
struct DataVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read every byte of a data set and compare it with the official checksums.",
    discussion: """
      Exit code 65 when a file is bad, 66 when one is missing.

      Example: strata data verify cifar10
      """)

  @Argument(help: "A name or a folder. (default: all installed data sets)")
  var data: String?
  @OptionGroup var folder: DataFolderOptions
  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let catalog = folder.catalog
    let locations =
      try data.map { [try catalog.locate($0)] } ?? NamedDataset.allCases.compactMap(catalog.find)
    let results = locations.map { ($0, DatasetVerification($0)) }
    if json {
      print(JSONValue.array(results.map(Self.object)).indentedText)
    } else {
      for (location, verification) in results { Self.show(location, verification) }
    }
    if results.contains(where: { $0.1.has(.bad) }) { throw ExitCode(65) }
    if results.contains(where: { $0.1.has(.missing) }) { throw ExitCode(66) }
  }

  private static func show(_ location: DatasetLocation, _ verification: DatasetVerification) {
    print("\(location.name): \(location.folder ?? "in the program itself")")
    let rows = verification.findings.map { ["", $0.verdict.rawValue, $0.name, $0.detail] }
    print(TextTable(rows: rows).text, terminator: "")
  }

  private static func object(
    _ location: DatasetLocation, _ verification: DatasetVerification
  ) -> JSONValue {
    let files = verification.findings.map { finding in
      JSONValue.object([
        JSONValue.Member("name", .string(finding.name)),
        JSONValue.Member("verdict", .string(finding.verdict.rawValue)),
        JSONValue.Member("detail", .string(finding.detail)),
      ])
    }
    return .object([
      JSONValue.Member("name", .string(location.name)),
      JSONValue.Member("folder", location.folder.map(JSONValue.string) ?? .null),
      JSONValue.Member("files", .array(files)),
    ])
  }
}
