#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension Checkpoint {
  /// Reads a checkpoint.
  ///
  /// - Throws: `DataError` when there is no such file or it is not a whole and sound checkpoint.
  public init(contentsOfFile path: String) throws {
    try self.init(Safetensors(contentsOfFile: path))
  }

  /// Reads a checkpoint.
  ///
  /// - Throws: `DataError` when there is no such file or it is not a whole and sound checkpoint.
  public init(contentsOf url: URL) throws {
    try self.init(contentsOfFile: url.requireFilePath())
  }

  /// Writes a checkpoint in place of the one that may be there.
  ///
  /// Whatever happens meanwhile, the path names the whole old file or the whole new one.
  ///
  /// - Throws: `DataError` when the file cannot be written.
  public func write(toFile path: String) throws {
    try DurableFile.write(safetensors(), to: path)
  }

  /// Writes a checkpoint in place of the one that may be there, as ``write(toFile:)`` does.
  ///
  /// - Throws: `DataError` when the file cannot be written.
  public func write(to url: URL) throws {
    try write(toFile: url.requireFilePath())
  }
}
