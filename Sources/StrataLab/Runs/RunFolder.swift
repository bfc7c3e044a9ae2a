import Glibc
import Strata

/// The folder of a run, held by this process until the value is gone.
///
/// The folder is made, and locked, before training, so that a name that is taken or a place that
/// cannot be written costs no run. Its files appear one by one at the end, each whole, and
/// `summary.json` last: a folder without it holds no finished run. When anything fails, the files
/// and the folder are removed again, and so they are when a signal ends the process that called
/// `removeOnSignal`.
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
  private var isWatched = false
  private var written: [String]

  /// Makes the folder, or takes an empty one, and locks it.
  ///
  /// - Throws: `DataError` when the folder holds anything, is in use, or cannot be written.
  package init(claiming path: String) throws {
    try Folder.create(DurableFile.folder(of: path))
    let isNew = mkdir(path, 0o777) == 0
    let number = errno
    guard isNew || FileStatus(path: path) == .folder else {
      throw DataError(
        writing: path, errno: number == EEXIST ? ENOTDIR : number,
        expected: "a folder that can be made")
    }
    try self.init(locking: path, isNew: isNew)
  }

  /// Makes the folder `name`, or the first of `name-2`, `name-3`, … that is not taken, and locks it.
  ///
  /// - Throws: `DataError` when it cannot be made.
  package init(claimingFirstFree name: String) throws {
    try Folder.create(DurableFile.folder(of: name))
    var path = name
    var number = 1
    while mkdir(path, 0o777) != 0 {
      guard errno == EEXIST else {
        throw DataError(writing: path, errno: errno, expected: "a folder that can be made")
      }
      number += 1
      path = "\(name)-\(number)"
    }
    try self.init(locking: path, isNew: true)
  }

  /// Makes and locks the folder of a run that may have been begun before; what is left of an
  /// unfinished run is removed.
  ///
  /// - Returns: `nil` while another process has it, and when the run in it is finished.
  /// - Throws: `DataError` when it cannot be had.
  package init?(claimingUnfinished path: String) throws {
    try Folder.create(path)
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT { return nil }
    guard descriptor >= 0 else {
      throw DataError(writing: path, errno: errno, expected: "a folder that can be opened")
    }
    let isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0
    let number = errno
    let isOurs = isLocked && Self.isFolder(descriptor, at: path)
    if !isOurs || FileStatus(path: Strata.path(path, Self.summaryName)).isFile {
      close(descriptor)
      guard isLocked || number == EWOULDBLOCK else {
        throw DataError(writing: path, errno: number, expected: "a folder that can be locked")
      }
      return nil
    }
    for name in Folder.names(in: path) { unlink(Strata.path(path, name)) }
    self.path = path
    self.descriptor = descriptor
    isNew = true
    written = []
  }

  /// Whether the folder at the path is the opened one, and not one that was made since.
  private static func isFolder(_ descriptor: Int32, at path: String) -> Bool {
    var (opened, found) = (stat(), stat())
    return fstat(descriptor, &opened) == 0 && stat(path, &found) == 0
      && opened.st_ino == found.st_ino && opened.st_dev == found.st_dev
  }

  private init(locking path: String, isNew: Bool) throws {
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
    if isWatched { Interruption.release() }
  }

  /// Lets nothing stay behind when a signal such as that of Ctrl-C ends the process.
  ///
  /// While files are written, the signal waits until they are all there, or removed again.
  package mutating func removeOnSignal() {
    isWatched = true
    Interruption.watch(emptyFolder: isNew ? path : nil)
  }

  /// Checks that files of so many bytes will fit.
  ///
  /// - Throws: `DataError` when the file system has less free.
  package func checkSpace(for needed: Int) throws {
    guard let free = freeSpace(at: path), free < needed else { return }
    throw DataError(
      .inputOutput, path: path, expected: "\(bytesText(needed)) of free space",
      found: bytesText(free), hint: "free some or choose another output")
  }

  /// Writes a file, whole or not at all.
  package mutating func write(_ name: String, _ content: [UInt8]) throws {
    if isWatched { Interruption.hold() }
    let file = Strata.path(path, name)
    try DurableFile.write(content, to: file)
    written.append(file)
  }

  /// Says that the run is complete: from here on, nothing is removed.
  package mutating func finish() {
    written = []
    isNew = false
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
          .inputOutput, path: path, expected: "a folder of its own",
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
      .inputOutput, path: path, expected: "a new or empty folder",
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
