import CLibrary
import Strata

/// A folder locked for this process during the object's lifetime.
package final class FolderLock {
  private let descriptor: Int32

  /// Locks a folder.
  ///
  /// - Throws: `DataError` when it cannot be opened or another process has it.
  package init(_ path: String) throws {
    descriptor = Self.opened(path)
    guard descriptor >= 0 else { throw Self.cannotOpen(path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      guard errno == EWOULDBLOCK else { throw Self.cannotLock(path) }
      throw DataError(
        .inputOutput, path: path, expected: "a folder of its own",
        found: "one that another process is using", hint: "wait until that has ended")
    }
    guard isStill(at: path) else {
      throw DataError(
        .inputOutput, path: path, expected: "a folder that stays",
        found: "one that another process has removed", hint: "try again")
    }
  }

  /// Locks a folder, unless another process has it or has just removed it.
  ///
  /// - Throws: `DataError` when it cannot be opened or locked at all.
  init?(ifFree path: String) throws {
    descriptor = Self.opened(path)
    if descriptor < 0 && errno == ENOENT { return nil }
    guard descriptor >= 0 else { throw Self.cannotOpen(path) }
    let isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0
    guard isLocked || errno == EWOULDBLOCK else { throw Self.cannotLock(path) }
    if !isLocked || !isStill(at: path) { return nil }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private static func opened(_ path: String) -> Int32 {
    open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  }

  private static func cannotOpen(_ path: String) -> DataError {
    DataError(writing: path, errno: errno, expected: "a folder that can be opened")
  }

  private static func cannotLock(_ path: String) -> DataError {
    DataError(writing: path, errno: errno, expected: "a folder that can be locked")
  }

  /// Whether the folder at the path is the locked one, and not one that was made since.
  private func isStill(at path: String) -> Bool {
    var (opened, found) = (stat(), stat())
    return fstat(descriptor, &opened) == 0 && stat(path, &found) == 0
      && opened.st_ino == found.st_ino && opened.st_dev == found.st_dev
  }
}
