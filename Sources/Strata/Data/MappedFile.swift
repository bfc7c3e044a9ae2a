import Glibc

/// A file whose bytes are read from its own pages, without a copy.
///
/// The file may be replaced while it is mapped, as the atomic writes of this package do, but not
/// made shorter.
///
/// `@unchecked Sendable`: nothing changes after the initializer, and the mapping is read-only.
public final class MappedFile: ByteSource, @unchecked Sendable {
  /// The path that the file was opened by.
  public let path: String
  /// The bytes of the whole file; valid while the object lives.
  public let bytes: UnsafeRawBufferPointer

  /// Maps a regular file that is not empty.
  ///
  /// - Throws: `DataError` when there is no such file, it cannot be read, or it is empty or a
  ///   folder.
  public init(path: String) throws {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw DataError(reading: path, errno: errno, expected: "a readable file")
    }
    defer { close(descriptor) }
    let size = try Self.size(of: descriptor, path: path)
    let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let start, start != MAP_FAILED else {
      throw DataError(reading: path, errno: errno, expected: "a file that can be mapped")
    }
    self.path = path
    bytes = UnsafeRawBufferPointer(start: start, count: size)
  }

  deinit {
    munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
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
