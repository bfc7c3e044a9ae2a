import ArgumentParser
import Foundation
import Strata
import StrataLab

/// `strata data fetch`.
struct DataFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Download a data set, check it, and put it where it is found.",
    discussion: """
      A download that broke off is continued by the next call. A data set that is there and whole \
      is not downloaded again. The programs curl and tar do the work.

      Example: strata data fetch cifar10
      """)

  /// What can be fetched.
  enum Source: String, ExpressibleByArgument, CaseIterable {
    case cifar10
  }

  @Argument(help: "The data set.") var data: Source
  @Option(help: "The address of the archive.") var url = ArchiveFetch.cifar10URL
  @Option(help: "The SHA-256 of the archive.") var sha256 = ArchiveFetch.cifar10Digest
  @Option(
    name: .customLong("data-dir"),
    help: "The folder to put it into; the user's cache folder if not given.")
  var dataDirectory: String?
  @Flag(help: "Show no progress.") var quiet = false

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let folder = dataDirectory ?? DatasetCatalog.cacheFolder(environment: environment) ?? ""
    guard !folder.isEmpty else {
      throw ConfigurationError(
        setting: "data-dir", expected: "a folder to put the data set into", found: "none",
        hint: "give --data-dir or set HOME")
    }
    let fetch = try ArchiveFetch.cifar10(url: url, digest: sha256, folder: folder)
    var line = DownloadLine(isQuiet: quiet)
    defer { line.finish() }
    switch try fetch.run(progress: { line.show($0) }) {
    case .alreadyThere: print("\(data.rawValue) is there already: \(fetch.target)")
    case .fetched: print("\(data.rawValue) is in \(fetch.target)")
    }
  }
}
