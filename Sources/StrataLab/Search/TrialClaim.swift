import Glibc
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
  private let descriptor: Int32

  /// Claims the first of `numbers` that nobody else has; `nil` when all are taken.
  ///
  /// - Throws: `DataError` when the file of claims cannot be opened.
  package init?(firstFreeOf numbers: [Int], study path: String) throws {
    let file = Self.file(ofStudy: path)
    let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw DataError(writing: file, errno: errno, expected: "a file of claims that can be opened")
    }
    for number in numbers {
      if try Self.lock(number, of: descriptor, path: file) {
        self.number = number
        self.descriptor = descriptor
        return
      }
    }
    close(descriptor)
    return nil
  }

  /// Gives the trial up; closing the file ends the lock.
  deinit { close(descriptor) }

  /// The file whose bytes are locked.
  package static func file(ofStudy path: String) -> String { path + ".claims" }

  /// Removes the file of claims of a study whose trials have all ended, which nobody needs then.
  static func removeFile(ofStudy path: String) { unlink(file(ofStudy: path)) }

  private static func lock(_ number: Int, of descriptor: Int32, path: String) throws -> Bool {
    var range = Glibc.flock()
    range.l_type = Int16(F_WRLCK)
    range.l_whence = Int16(SEEK_SET)
    range.l_start = number
    range.l_len = 1
    if fcntl(descriptor, setLockOfOpenFile, &range) == 0 { return true }
    guard errno == EAGAIN || errno == EACCES else {
      let number = errno
      close(descriptor)
      throw DataError(
        writing: path, errno: number, expected: "a file system that can lock parts of a file")
    }
    return false
  }
}

/// `F_OFD_SETLK` of fcntl.h, which shows it to programs in C alone.
private let setLockOfOpenFile: Int32 = 37
