#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension Model {
  /// Reads a model file.
  ///
  /// - Throws: `DataError` when there is no such file or it is not a whole and sound model.
  public init(contentsOfFile path: String) throws {
    try self.init(Safetensors(contentsOfFile: path))
  }

  /// Reads a model file.
  ///
  /// - Throws: `DataError` when there is no such file or it is not a whole and sound model.
  public init(contentsOf url: URL) throws {
    try self.init(contentsOfFile: url.requireFilePath())
  }

  /// Writes a model file in place of the one that may be there.
  ///
  /// Whatever happens meanwhile, the path names the whole old file or the whole new one.
  ///
  /// - Throws: `DataError` when the model is not sound or the file cannot be written.
  public func write(toFile path: String) throws {
    try DurableFile.write(safetensors(), to: path)
  }

  /// Writes a model file in place of the one that may be there, as ``write(toFile:)`` does.
  ///
  /// - Throws: `DataError` when the model is not sound or the file cannot be written.
  public func write(to url: URL) throws {
    try write(toFile: url.requireFilePath())
  }
}

extension URL {
  /// The path of a file.
  ///
  /// - Throws: `DataError` when the URL is not that of a file.
  func requireFilePath() throws -> String {
    guard isFileURL else {
      throw DataError(
        .notFound, path: absoluteString, expected: "the URL of a file", found: "another URL")
    }
    return path(percentEncoded: false)
  }
}
