import CLibrary

/// A file whose bytes are read from its own pages, without a copy.
///
/// The file may be replaced while it is mapped, as the atomic writes of this package do, but not
/// made shorter: a thread that reads the bytes that are gone, or that their disk does not give, is sent
/// the signal SIGBUS.
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
    bytes = try OpenFile(path: path).map()
    self.path = path
  }

  deinit {
    munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
  }
}
