import ArgumentParser
import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@testable import StrataCommand

@Suite struct DataCommandTests {
  @Test("the official archive is fetched unless another one is named")
  func fetchOptions() throws {
    let official = try DataFetchCommand.parse(["cifar10"])
    #expect(official.url == "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz")
    #expect(
      official.sha256 == "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")
    let other = try DataFetchCommand.parse([
      "cifar10", "--url", "http://127.0.0.1/x", "--sha256", "00", "--data-dir", "there",
    ])
    #expect(other.url == "http://127.0.0.1/x" && other.dataDirectory == "there")
    #expect(throws: ConfigurationError.self) {
      try DataFetchCommand.parse(["cifar10", "--data-dir", ""]).run()
    }
    #expect(throws: (any Error).self) { try DataFetchCommand.parse([]) }
    #expect(throws: (any Error).self) { try DataFetchCommand.parse(["imagenet"]) }
  }

  @Test(
    "where curl or tar is missing, the package to install is named", arguments: ["curl", "tar"])
  func missingProgram(name: String) throws {
    let bench = try Workbench()
    try writeScript("exit 1", to: bench.url(name == "curl" ? "tar" : "curl").path)
    let result = try bench.run(
      "data", "fetch", "cifar10", "--url", "http://127.0.0.1:1/x", "--data-dir", "data",
      environment: ["PATH": bench.folder.path])
    #expect(result.status == 66 && result.errors.contains("install the package \(name)"))
    #expect(bench.names(in: "data") == nil)
  }

  @Test("a bad file ends verify with 65, a missing one with 66, a missing set with an error")
  func verify() throws {
    let scratch = try ScratchFolder()
    try scratch.write([1], to: "missing/train-labels-idx1-ubyte")
    #expect(throws: ExitCode(65)) { try DataVerifyCommand.parse([scratch["missing"]]).run() }
    try scratch.write([0, 0, 8, 1, 0, 0, 0, 1, 7], to: "missing/train-labels-idx1-ubyte")
    #expect(throws: ExitCode(66)) { try DataVerifyCommand.parse([scratch["missing"]]).run() }
    #expect(throws: DataError.self) { try DataVerifyCommand.parse([scratch["none"]]).run() }
  }

  @Test("a download is shown in percent, or in bytes where its length is unknown")
  func progress() {
    let half = DownloadProgress(received: 85_000_000, total: 170_000_000)
    #expect(DownloadLine.text(half) == "50 % (85.0 MB of 170.0 MB)")
    #expect(DownloadLine.bar(half).hasPrefix(String(repeating: "█", count: 15) + "░"))
    #expect(DownloadLine.bar(DownloadProgress(received: 1_250_000, total: nil)) == "1.2 MB")
    #expect(DownloadLine.text(DownloadProgress(received: 0, total: 0)) == "0.0 MB")
  }
}
