import Foundation
import TestSupport

/// A folder for one test, with a small data set in it, removed afterwards.
final class Workbench {
  let folder: URL

  /// The tiny images lie in the folder `tiny`.
  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "strata-\(UUID().uuidString)")
    let data = folder.appending(path: "tiny")
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    try TinyData.write(to: data)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func run(
    _ arguments: String..., environment: [String: String] = [:], shell: String = ""
  ) throws -> ProcessResult {
    try runStrata(arguments, in: folder, environment: environment, shell: shell)
  }

  /// Trains for a moment on the tiny data, into the folder `output`.
  @discardableResult
  func train(_ arguments: String..., output: String = "run") throws -> ProcessResult {
    let fixed = [
      "train", "--data", "tiny", "--hidden", "8", "--validation", "10", "--batch-size", "10",
      "--schedule", "constant", "--epochs", "3", "--output", output,
    ]
    return try runStrata(fixed + arguments, in: folder)
  }

  func url(_ path: String) -> URL { folder.appending(path: path) }

  func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: url(path)), as: UTF8.self)
  }

  func data(_ path: String) throws -> Data { try Data(contentsOf: url(path)) }

  func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: url(path))
  }

  /// The names in a folder, sorted; `nil` where there is no folder.
  func names(in path: String) -> [String]? {
    (try? FileManager.default.contentsOfDirectory(atPath: url(path).path))?.sorted()
  }
}
