import CLibrary

/// Files that are complete or absent, even if writing fails.
///
/// The bytes go to a temporary file in the same folder, which is synchronized and renamed; then
/// the folder is synchronized. Until the rename, the old file is untouched.
package enum DurableFile {
  /// Writes a file in place of the one that may be there.
  ///
  /// - Throws: `DataError` with the operating system's reason; the temporary file is removed.
  package static func write(
    _ bytes: [UInt8], to path: String, files: any FileSystem = SystemFiles()
  ) throws {
    try write(bytes, to: path, files: files) { try files.move($0, to: path) }
  }

  /// Writes text as UTF-8.
  ///
  /// - Throws: `DataError` with the operating system's reason; the temporary file is removed.
  package static func write(
    _ text: String, to path: String, files: any FileSystem = SystemFiles()
  ) throws {
    try write(Array(text.utf8), to: path, files: files)
  }

  /// Writes a file, to which `place` gives its name once its bytes have reached the disk.
  ///
  /// - Throws: `DataError` with the operating system's reason, and what `place` throws; the
  ///   temporary file is removed.
  package static func write(
    _ bytes: [UInt8], to path: String, files: any FileSystem,
    place: (_ temporary: String) throws -> Void
  ) throws {
    let folder = folder(of: path)
    let number = UInt64.random(in: 0 ... .max)
    let temporary = Strata.path(
      folder, ".\(lastComponent(of: path)).\(String(number, radix: 36))\(temporaryEnding)")
    do {
      let file = try OutputFile(path: temporary, .create, files: files)
      try bytes.withUnsafeBytes { try file.write($0) }
      try file.finish()
      try place(temporary)
    } catch let error as DataError {
      _ = files.remove(temporary)
      throw DataError(
        error.kind, path: path, expected: error.expected, found: error.found, hint: error.hint)
    }
    try files.synchronize(folder: folder)
  }

  private static let temporaryEnding = ".tmp"

  /// Whether a name is what a process that was killed while it wrote `original` left behind.
  package static func isTemporary(_ name: String, of original: String) -> Bool {
    name.hasPrefix(".\(original).") && name.hasSuffix(temporaryEnding)
  }

  /// The folder that a path lies in.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
