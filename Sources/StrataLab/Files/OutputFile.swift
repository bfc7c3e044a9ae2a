import Glibc
import Strata

/// The calls to the operating system by which files are written, so that a test can let any of
/// them fail.
package struct FileCalls: Sendable {
  /// Writes some of the bytes; the number written, or −1.
  package var write: @Sendable (Int32, UnsafeRawBufferPointer) -> Int = {
    Glibc.write($0, $1.baseAddress, $1.count)
  }
  /// Waits until everything written has reached the disk.
  package var synchronize: @Sendable (Int32) -> Int32 = { fsync($0) }
  /// Closes a file.
  package var close: @Sendable (Int32) -> Int32 = { Glibc.close($0) }
  /// Gives a file or folder another name, in place of what has that name.
  package var rename: @Sendable (String, String) -> Int32 = { Glibc.rename($0, $1) }

  /// The operating system's own calls.
  package static let system = FileCalls()

  /// Waits until the names in a folder have reached the disk.
  package func synchronize(folder: String) throws {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw DataError(writing: folder, errno: errno, expected: "a folder that can be opened")
    }
    defer { _ = close(descriptor) }
    // Some file systems cannot synchronize a folder and answer EINVAL.
    guard synchronize(descriptor) == 0 || errno == EINVAL else {
      throw DataError(writing: folder, errno: errno, expected: "a folder that can be synchronized")
    }
  }

  /// Renames, or says why not.
  package func move(_ old: String, to new: String) throws {
    guard rename(old, new) == 0 else {
      throw DataError(writing: new, errno: errno, expected: "a name that can be taken")
    }
  }
}

/// A file that is being written.
package final class OutputFile {
  /// How a file is opened.
  package enum Mode {
    /// A new file; it is an error when there is one.
    case create
    /// Behind what the file has, if it is there.
    case append
  }

  /// The path that the file was opened by.
  package let path: String
  private let calls: FileCalls
  private var descriptor: Int32

  /// Opens a file.
  ///
  /// - Throws: `DataError` when the operating system refuses.
  package init(path: String, mode: Mode, calls: FileCalls = .system) throws {
    self.path = path
    self.calls = calls
    let flags = mode == .create ? O_CREAT | O_EXCL : O_CREAT | O_APPEND
    descriptor = open(path, O_WRONLY | O_CLOEXEC | flags, 0o666)
    guard descriptor >= 0 else {
      throw DataError(writing: path, errno: errno, expected: "a file that can be written")
    }
  }

  deinit {
    if descriptor >= 0 { _ = calls.close(descriptor) }
  }

  /// Writes all of the bytes.
  ///
  /// - Throws: `DataError` when some of them cannot be written.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    var written = 0
    while written < bytes.count {
      let count = calls.write(descriptor, UnsafeRawBufferPointer(rebasing: bytes[written...]))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        throw DataError(
          writing: path, errno: count == 0 ? ENOSPC : errno,
          expected: "room for \(bytes.count) bytes more")
      }
      written += count
    }
  }

  /// Takes the file for this process alone until it is closed; `false` when another one has it.
  package func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

  /// Makes the file empty.
  package func truncate() throws {
    guard ftruncate(descriptor, 0) == 0 else {
      throw DataError(writing: path, errno: errno, expected: "a file that can be emptied")
    }
  }

  /// Waits until the bytes have reached the disk.
  package func synchronize() throws {
    guard calls.synchronize(descriptor) == 0 else {
      throw DataError(writing: path, errno: errno, expected: "a file that reaches the disk")
    }
  }

  /// Waits until the bytes have reached the disk, and closes the file.
  package func finish() throws {
    try synchronize()
    let closing = descriptor
    descriptor = -1
    guard calls.close(closing) == 0 else {
      throw DataError(writing: path, errno: errno, expected: "a file that can be closed")
    }
  }
}
