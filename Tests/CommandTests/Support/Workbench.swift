import Foundation

/// A folder for one test, with a small data set in it, removed afterwards.
final class Workbench {
  let folder: URL

  /// Images of a training file and of a test file.
  static let counts = (training: 60, test: 20)

  /// 60 training and 20 test images of 6 × 6 pixels in the folder `tiny`.
  ///
  /// Class c has a bright row c / 2 on its left (even c) or right half, so that a network learns
  /// it in a moment.
  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "strata-\(UUID().uuidString)")
    let data = folder.appending(path: "tiny")
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    for (prefix, count) in [("train", Self.counts.training), ("t10k", Self.counts.test)] {
      try Self.images(count).write(to: data.appending(path: "\(prefix)-images-idx3-ubyte"))
      try Self.labels(count).write(to: data.appending(path: "\(prefix)-labels-idx1-ubyte"))
    }
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

  private static func images(_ count: Int) -> Data {
    let header: [UInt8] = [0, 0, 8, 3, 0, 0, 0, UInt8(count), 0, 0, 0, 6, 0, 0, 0, 6]
    let pixels = (0..<count).flatMap { image in
      (0..<36).map { pixel -> UInt8 in
        let isBright = pixel / 6 == image % 10 / 2 && pixel % 6 / 3 == image % 2
        return isBright
          ? 200 + UInt8((image * 7 + pixel) % 50) : UInt8((image * 5 + pixel * 3) % 60)
      }
    }
    return Data(header + pixels)
  }

  private static func labels(_ count: Int) -> Data {
    Data([0, 0, 8, 1, 0, 0, 0, UInt8(count)] + (0..<count).map { UInt8($0 % 10) })
  }
}
