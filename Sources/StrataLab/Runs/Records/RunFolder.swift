import CLibrary
package import Strata

/// The folder of a run, locked by this process during the value's lifetime.
///
/// The folder is made, and locked, before training, so that a name that is taken or a place that
/// cannot be written costs no run. Its results appear one by one at the end, each whole, and
/// `summary.json` last: a folder without it holds no finished run. When anything fails, the results
/// are removed again, and so is the folder, unless a checkpoint of the run is in it.
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
  /// Where the run diverged, if it did.
  static let divergenceName = "divergence.json"
  /// The files of a run, checkpoints included.
  static let names = [
    recipeName, metricsName, modelName, curvesName, confusionName, summaryName, divergenceName,
    CheckpointFiles.lastName, CheckpointFiles.previousName,
  ]

  /// Where it is.
  package let path: String
  /// Its files.
  package let files: RunFiles
  private let lock: FolderLock
  private var isNew: Bool
  private var written: [String] = []

  /// Makes the folder, or takes an empty one, and locks it.
  ///
  /// - Parameter files: Writes the run's files.
  /// - Throws: `DataError` when the folder holds anything, is in use, or cannot be written.
  package init(claiming path: String, files: any FileSystem = SystemFiles()) throws {
    try Folder.create(DurableFile.folder(of: path))
    let isNew = mkdir(path, 0o777) == 0
    let number = errno
    if isNew { Self.keepName(of: path) }
    guard isNew || FileStatus(path: path) == .folder else {
      throw DataError(
        writing: path, errno: number == EEXIST ? ENOTDIR : number,
        expected: "a folder that can be made")
    }
    try self.init(locking: path, isNew: isNew, files: files)
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
    Self.keepName(of: path)
    try self.init(locking: path, isNew: true)
  }

  /// Makes and locks the folder of a run that may have been begun before; what is left of an
  /// unfinished run is removed.
  ///
  /// - Returns: `nil` while another process has it, and when the run in it is finished.
  /// - Throws: `DataError` when it cannot be had.
  package init?(claimingUnfinished path: String) throws {
    try Folder.create(path)
    guard let lock = try FolderLock(ifFree: path), RunFiles(in: path).state != .finished else {
      return nil
    }
    for name in Folder.names(in: path) { unlink(Strata.path(path, name)) }
    self.init(path, lock, isNew: true)
  }

  /// Locks the folder of a started run.
  ///
  /// - Throws: `DataError` when there is no run in it, or another process has it.
  package init(continuing path: String) throws {
    try RunFiles.requireFolder(path)
    let lock = try FolderLock(path)
    try Self.checkWritable(path)
    let files = RunFiles(in: path)
    guard files.state != .none else {
      throw DataError(
        .notFound, path: path, expected: "an unfinished run",
        found: files.foreignName.map { "a folder that holds \(printableLine($0))" }
          ?? "an empty folder")
    }
    files.removeTemporaryFiles()
    self.init(path, lock, isNew: false)
  }

  /// Removes what a process that was killed has left of the checkpoints of a finished run, unless
  /// another process has the folder or it cannot be written.
  package static func removeCheckpoints(ofFinished path: String) {
    let files = RunFiles(in: path)
    guard files.checkpoints.areThere, let lock = try? FolderLock(ifFree: path) else { return }
    // Before they go, the name of the summary has to be safe.
    guard (try? SystemFiles().synchronize(folder: path)) != nil else { return }
    withExtendedLifetime(lock) { files.checkpoints.remove() }
  }

  private init(
    locking path: String, isNew: Bool, files: any FileSystem = SystemFiles()
  ) throws {
    let lock = try FolderLock(path)
    do {
      try Self.checkEmpty(RunFiles(in: path))
      try Self.checkWritable(path)
    } catch {
      if isNew { rmdir(path) }
      throw error
    }
    self.init(path, lock, isNew: isNew, files: files)
    self.files.removeTemporaryFiles()
  }

  private init(
    _ path: String, _ lock: FolderLock, isNew: Bool, files: any FileSystem = SystemFiles()
  ) {
    self.path = path
    self.lock = lock
    self.isNew = isNew
    self.files = RunFiles(in: path, files: files)
  }

  /// Of a run without a checkpoint nothing is left behind; `rmdir` spares a folder with content.
  deinit {
    for name in written.reversed() { files.remove(name) }
    if isNew { rmdir(path) }
  }

  /// Checks that files of so many bytes will fit.
  ///
  /// - Throws: `DataError` when the file system has less free, or a file may not be as great.
  package func checkSpace(for needed: Int, greatestFile: Int) throws {
    if let free = freeSpace(at: path), free < needed {
      throw DataError(
        .inputOutput, path: path, expected: "\(bytesText(needed)) of free space",
        found: bytesText(free), hint: "free some" + (isNew ? " or choose another output" : ""))
    }
    if let limit = Machine.fileSizeLimit, limit < greatestFile {
      throw DataError(
        .inputOutput, path: path,
        expected: "permission to write files of up to \(bytesText(greatestFile))",
        found: "a limit of \(bytesText(limit)) (ulimit -f)", hint: "raise it")
    }
  }

  /// Writes a file, whole or not at all; one that was there stays when the run fails.
  package mutating func write(_ name: String, _ content: [UInt8]) throws {
    let isThere = FileStatus(path: Strata.path(path, name)) != .missing
    // A file may have its name although the system could not say that the name is safe.
    if !isThere { written.append(name) }
    try files.write(name, content)
  }

  /// Keeps the folder and its files from now on.
  package mutating func keep() {
    written = []
    isNew = false
  }

  /// Marks the run as complete: its files stay, and its checkpoints are removed.
  package mutating func finish() {
    keep()
    files.checkpoints.remove()
  }

  /// Lets the name of a new folder reach the disk, where the folder around it can be opened.
  private static func keepName(of path: String) {
    try? SystemFiles().synchronize(folder: DurableFile.folder(of: path))
  }

  private static func checkWritable(_ path: String) throws {
    guard access(path, W_OK | X_OK) == 0 else {
      throw DataError(writing: path, errno: errno, expected: "a folder that can be written")
    }
  }

  private static func checkEmpty(_ files: RunFiles) throws {
    guard let name = files.foreignName else { return }
    let (found, hint) =
      switch files.state {
      case .none:
        ("a folder that holds \(printableLine(name))", "choose another output or remove the folder")
      case .finished: ("another run", "choose another output or remove the folder")
      case .unfinished:
        files.divergence.map {
          ("a run that \($0.text)", "choose another output or remove the folder")
        } ?? (
          "an unfinished run",
          "strata resume \(shellWord(files.folder)) continues it; or choose another output"
        )
      }
    throw DataError(
      .inputOutput, path: files.folder, expected: "a new or empty folder", found: found, hint: hint)
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
