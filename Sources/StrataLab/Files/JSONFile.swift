package import Strata

/// A small file of JSON.
package enum JSONFile {
  /// Reads a file.
  ///
  /// - Parameters:
  ///   - what: What the file is, as it follows "expected".
  ///   - hint: What helps where it is something else.
  /// - Throws: `DataError` when it cannot be read or is no JSON.
  package static func read(_ path: String, _ what: String, hint: String) throws -> JSONValue {
    // Another kind of file, such as a named pipe, might be waited for.
    let status = FileStatus(path: path)
    guard status.isFile || status == .missing else {
      throw DataError(
        .malformed, path: path, expected: what, found: "no regular file", hint: hint)
    }
    let bytes = try readStart(of: path, limit: 1 << 20, expected: what)
    func malformed(_ expected: String, found: String) -> DataError {
      DataError(.malformed, path: path, expected: expected, found: found, hint: hint)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw malformed("text in UTF-8", found: "other bytes")
    }
    do {
      return try JSONValue(parsing: text)
    } catch {
      throw malformed("\(error.expected) at byte \(error.offset)", found: "something else")
    }
  }
}
