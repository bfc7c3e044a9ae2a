import Glibc

extension DataError {
  /// What the operating system said about a file; a missing file is `notFound`, all else
  /// `inputOutput`.
  package init(system number: Int32, path: String, expected: String, hint: String = "") {
    let text = "“\(String(cString: strerror(number)))” (errno \(number))"
    let isMissing = number == ENOENT || number == ENOTDIR
    self.init(
      isMissing ? .notFound : .inputOutput, path: path, expected: expected, found: text, hint: hint)
  }
}
