import Glibc
import Strata

/// The folder of a run, held by this process until the value is gone.
///
/// The folder is made, and locked, before training, so that a name that is taken or a place that
/// cannot be written costs no run. Its files appear one by one at the end, each whole, and
/// `summary.json` last: a folder without it holds no finished run. When anything fails, the files
/// and the folder are removed again; a killed process leaves an empty folder, which the next run
/// may use.
package struct RunFolder: ~Copyable {
  /// Everything resolved.
  package static let recipeName = "recipe.yaml"
  /// One row an evaluation.
  package static let metricsName = "metrics.csv"
  /// The trained network.
  package static let modelName = "model.safetensors"
  /// Loss, cost, accuracy and η over update steps.
  package static let curvesName = "curves.svg"
  /// Predictions against labels on the test part.
  package static let confusionName = "confusion.svg"
  /// The results; written last.
  package static let summaryName = "summary.json"

  /// Where it is.
  package let path: String
  private let descriptor: Int32
  private var isNew: Bool
  private var written: [String]

  /// Makes the folder, or takes an empty one, and locks it.
  ///
  /// - Throws: `DataError` when the folder holds anything, is in use, or cannot be written.
  package init(claiming path: String) throws {
    let isNew = try Self.make(path)
    let descriptor: Int32
    do {
      descriptor = try Self.lock(path)
    } catch {
      if isNew { rmdir(path) }
      throw error
    }
    self.path = path
    self.descriptor = descriptor
    self.isNew = isNew
    written = []
  }

  /// Of a run that is not finished nothing is left behind; `rmdir` spares a folder with content.
  deinit {
    for file in written { unlink(file) }
    if isNew { rmdir(path) }
    close(descriptor)
  }

  /// Checks that a model of so many bytes and the files around it will fit.
  ///
  /// - Throws: `DataError` when the file system has less free.
  package func checkSpace(modelBytes: Int) throws {
    let needed = modelBytes + (1 << 18)
    guard let free = freeSpace(at: path), free < needed else { return }
    throw DataError(
      .inputOutput, path: path, expected: "\(bytesText(needed)) of free space",
      found: bytesText(free), hint: "free some or choose another output")
  }

  /// Writes a file, whole or not at all.
  package mutating func write(_ name: String, _ content: [UInt8]) throws {
    let file = Strata.path(path, name)
    try DurableFile.write(content, to: file)
    written.append(file)
  }

  /// Says that the run is complete: from here on, nothing is removed.
  package mutating func finish() {
    written = []
    isNew = false
  }

  /// Makes the folder and those above it; `false` when it was there.
  private static func make(_ path: String) throws -> Bool {
    var isNew = false
    var made = path.hasPrefix("/") ? "/" : ""
    for component in path.split(separator: "/") {
      made += component
      isNew = mkdir(made, 0o777) == 0
      let number = errno
      guard isNew || FileStatus(path: made) == .folder else {
        throw DataError(
          writing: path, errno: number == EEXIST ? ENOTDIR : number,
          expected: "a folder that can be made")
      }
      made += "/"
    }
    return isNew
  }

  /// The descriptor of the folder, locked, after a look at its content.
  private static func lock(_ path: String) throws -> Int32 {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw DataError(writing: path, errno: errno, expected: "a folder that can be opened")
    }
    do {
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        throw DataError(
          .inputOutput, path: path, expected: "a folder of its own for this run",
          found: "one that another process is using", hint: "choose another output")
      }
      try checkEmpty(path)
      guard access(path, W_OK | X_OK) == 0 else {
        throw DataError(writing: path, errno: errno, expected: "a folder that can be written")
      }
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  private static func checkEmpty(_ path: String) throws {
    if let name = Folder.names(in: path).first { throw occupied(path, holds: name) }
  }

  private static func occupied(_ path: String, holds name: String) -> DataError {
    let isRun = FileStatus(path: Strata.path(path, summaryName)).isFile
    return DataError(
      .inputOutput, path: path, expected: "a new or empty folder for this run",
      found: isRun ? "another run" : "a folder that holds \(name)",
      hint: "choose another output or remove the folder")
  }
}

/// Bytes that the file system of `path` has free for this user; `nil` where it does not say.
package func freeSpace(at path: String) -> Int? {
  var status = statvfs()
  guard statvfs(path, &status) == 0, status.f_blocks > 0 else { return nil }
  let (bytes, overflows) = Int(status.f_bavail)
    .multipliedReportingOverflow(by: Int(status.f_frsize))
  return overflows ? Int.max : bytes
}
