import CLibrary
import Strata

/// A trial that this process, and no other, is running.
///
/// The claim is a lock on one byte, that of the trial's number, of an empty file beside the study.
/// The kernel keeps such locks: the claim of a process that dies in any way is free at that moment,
/// and the claim of one that lives is never taken from it. It is a lock of the opened file and not of
/// the process (`F_OFD_SETLK`, fcntl(2)), so that threads of one process exclude each other too.
package struct TrialClaim: ~Copyable {
  /// The trial.
  package let number: Int
  private let file: ClaimFile

  /// Claims the first free one of `numbers`; `nil` if all are taken.
  ///
  /// - Throws: `DataError` when the file of claims cannot be opened.
  package init?(firstFreeOf numbers: [Int], study path: String) throws {
    while true {
      let file = try ClaimFile(Self.file(ofStudy: path))
      guard let number = try numbers.first(where: { try file.lock($0, count: 1) }) else {
        return nil
      }
      // A claim on a removed file excludes no process.
      if file.isInPlace {
        self.number = number
        self.file = file
        return
      }
    }
  }

  /// The file whose bytes are locked.
  package static func file(ofStudy path: String) -> String { path + ".claims" }

  /// Removes the file of claims, unless a process has a claim.
  ///
  /// - Parameter isUseless: Whether all trials have ended, evaluated while no process can claim.
  package static func removeFile(
    ofStudy path: String, if isUseless: () throws -> Bool
  ) throws {
    let file = try ClaimFile(file(ofStudy: path))
    // A count of 0 is every byte.
    guard try file.lock(0, count: 0), file.isInPlace, try isUseless() else { return }
    unlink(file.path)
  }
}

/// The opened file of claims; closing it ends its locks.
struct ClaimFile: ~Copyable {
  let path: String
  private let descriptor: Int32

  init(_ path: String) throws {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw DataError(writing: path, errno: errno, expected: "a file of claims that can be opened")
    }
  }

  deinit { close(descriptor) }

  /// Whether the path still leads to this file.
  var isInPlace: Bool {
    var opened = stat()
    var found = stat()
    return fstat(descriptor, &opened) == 0 && stat(path, &found) == 0
      && opened.st_ino == found.st_ino && opened.st_dev == found.st_dev
  }

  /// Locks bytes if all of them are free.
  func lock(_ start: Int, count: Int) throws -> Bool {
    var range = Glibc.flock()
    range.l_type = Int16(F_WRLCK)
    range.l_whence = Int16(SEEK_SET)
    range.l_start = start
    range.l_len = count
    if fcntl(descriptor, setLockOfOpenFile, &range) == 0 { return true }
    guard errno == EAGAIN || errno == EACCES else {
      throw DataError(
        writing: path, errno: errno, expected: "a file system that can lock parts of a file")
    }
    return false
  }
}

/// `F_OFD_SETLK` of fcntl.h, which shows it to programs in C alone.
private let setLockOfOpenFile: Int32 = 37
