import ArgumentParser
import Foundation
import Strata
import StrataLab

/// `strata data fetch`.
struct DataFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Download a data set, check it and install it.",
    discussion: """
      The next call continues an interrupted download. An intact data set is not downloaded again. \
      The programs curl and tar do the work.

      Example: strata data fetch cifar10
      """)

  /// The data sets with an official archive.
  enum Source: String, ExpressibleByArgument, CaseIterable {
    case cifar10
  }

  @Argument(help: "The data set.") var data: Source
  @Option(help: "The address of the archive.") var url = ArchiveFetch.cifar10URL
  @Option(help: "The SHA-256 of the archive.") var sha256 = ArchiveFetch.cifar10Digest
  @Option(help: "The MD5 of the archive, instead of its SHA-256.") var md5: String?
  @Option(
    name: .customLong("data-dir"),
    help: "The folder to install it in. (default: the user's cache folder)")
  var dataDirectory: String?
  @Flag(help: "Show no progress.") var quiet = false

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let folder = dataDirectory ?? DatasetCatalog.cacheFolder(environment: environment) ?? ""
    guard !folder.isEmpty else {
      throw ConfigurationError(
        setting: "data-dir", expected: "a folder for the data set", found: "none",
        hint: "give --data-dir or set HOME")
    }
    let fetch = try ArchiveFetch.cifar10(url: url, digest: md5 ?? sha256, folder: folder)
    var line = DownloadLine(isQuiet: quiet)
    defer { line.finish() }
    switch try fetch.run(progress: { line.show($0) }) {
    case .alreadyThere: print("\(data.rawValue) is already in \(fetch.target)")
    case .fetched: print("\(data.rawValue) is in \(fetch.target)")
    }
  }
}
