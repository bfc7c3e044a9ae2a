import Glibc
import Strata

/// Files that are whole or absent, whatever happens while they are written.
///
/// The bytes go to a temporary file in the same folder, which is synchronized and renamed; then
/// the folder is synchronized. Until the rename, the old file is untouched.
package enum DurableFile {
  /// Writes a file in place of the one that may be there.
  ///
  /// - Throws: `DataError` with the operating system's reason; the temporary file is removed.
  package static func write(_ bytes: [UInt8], to path: String) throws {
    try write(bytes, to: path, calls: .system)
  }

  /// Writes text as UTF-8.
  ///
  /// - Throws: `DataError` with the operating system's reason; the temporary file is removed.
  package static func write(_ text: String, to path: String) throws {
    try write(Array(text.utf8), to: path)
  }

  package static func write(_ bytes: [UInt8], to path: String, calls: FileCalls) throws {
    let folder = folder(of: path)
    let number = UInt64.random(in: 0 ... .max)
    let temporary = Strata.path(
      folder, ".\(lastComponent(of: path)).\(String(number, radix: 36)).tmp")
    do {
      let file = try OutputFile(path: temporary, mode: .create, calls: calls)
      try bytes.withUnsafeBytes { try file.write($0) }
      try file.finish()
      try calls.move(temporary, to: path)
    } catch let error as DataError {
      unlink(temporary)
      throw DataError(
        error.kind, path: path, expected: error.expected, found: error.found, hint: error.hint)
    }
    try calls.synchronize(folder: folder)
  }

  /// The folder that a path lies in.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
