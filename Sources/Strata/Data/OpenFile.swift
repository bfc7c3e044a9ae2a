import CLibrary

/// A regular file that is open for reading, a piece at a time.
///
/// Unlike a mapped file, it may be made shorter meanwhile: reading then throws.
final class OpenFile: Sendable {
  /// The path that the file was opened by.
  let path: String
  /// The bytes that it had when it was opened; at least one.
  let count: Int
  private let descriptor: Int32

  /// Opens a file.
  ///
  /// - Throws: `DataError` when there is no such file, it cannot be read, or it is empty or no
  ///   regular file.
  init(path: String) throws {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw DataError(reading: path, errno: errno, expected: "a readable file")
    }
    self.path = path
    do {
      count = try Self.size(of: descriptor, path: path)
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }

  /// Maps the whole file into memory, for reading.
  ///
  /// - Throws: `DataError` when the operating system refuses.
  func map() throws -> UnsafeRawBufferPointer {
    let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let start, start != MAP_FAILED else {
      throw DataError(reading: path, errno: errno, expected: "a file that can be mapped")
    }
    return UnsafeRawBufferPointer(start: start, count: count)
  }

  /// Reads the bytes of a range.
  ///
  /// - Throws: `DataError` when they need too much memory, the operating system refuses, or the
  ///   file ends before.
  func read(_ range: Range<Int>) throws -> ByteBlock {
    try PhysicalMemory.require(range.count, of: path)
    return try ByteBlock(count: range.count) { block in
      var filled = 0
      while filled < range.count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: block[filled...])
        let read = pread(descriptor, rest.baseAddress, rest.count, range.lowerBound + filled)
        if read < 0, errno == EINTR { continue }
        guard read > 0 else { throw failure(errno: read < 0 ? errno : nil, at: range.upperBound) }
        filled += read
      }
    }
  }

  private func failure(errno number: Int32?, at end: Int) -> DataError {
    let expected = "\(end) bytes that can be read"
    if let number { return DataError(reading: path, errno: number, expected: expected) }
    return DataError(
      .inputOutput, path: path, expected: expected,
      found: "a file that was truncated during the read", hint: "try again")
  }

  private static func size(of descriptor: Int32, path: String) throws -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw DataError(reading: path, errno: errno, expected: "a readable file")
    }
    let type = status.st_mode & S_IFMT
    guard type == S_IFREG else {
      throw DataError(
        .malformed, path: path, expected: "a file",
        found: type == S_IFDIR ? "a folder" : "something that is neither file nor folder")
    }
    guard status.st_size > 0 else {
      throw DataError(.malformed, path: path, expected: "a file with content", found: "0 bytes")
    }
    return Int(status.st_size)
  }
}
