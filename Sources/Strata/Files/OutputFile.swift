import CLibrary

/// A file that is being written.
package final class OutputFile {
  /// The path that the file was opened by.
  package let path: String
  private let files: any FileSystem
  private var descriptor: Int32

  /// Opens a file.
  ///
  /// - Throws: `DataError` when the operating system refuses.
  package init(
    path: String, _ access: FileAccess, files: any FileSystem = SystemFiles()
  ) throws {
    self.path = path
    self.files = files
    descriptor = files.open(path, access)
    guard descriptor >= 0 else {
      throw DataError(writing: path, errno: errno, expected: "a file that can be written")
    }
  }

  deinit {
    if descriptor >= 0 { _ = files.close(descriptor) }
  }

  /// Writes all of the bytes.
  ///
  /// - Throws: `DataError` when some of them cannot be written.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    var written = 0
    while written < bytes.count {
      let count = files.write(UnsafeRawBufferPointer(rebasing: bytes[written...]), to: descriptor)
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
    guard files.synchronize(descriptor) == 0 else {
      throw DataError(writing: path, errno: errno, expected: "a file that reaches the disk")
    }
  }

  /// Waits until the bytes have reached the disk, and closes the file.
  package func finish() throws {
    try synchronize()
    let closing = descriptor
    descriptor = -1
    guard files.close(closing) == 0 else {
      throw DataError(writing: path, errno: errno, expected: "a file that can be closed")
    }
  }
}
