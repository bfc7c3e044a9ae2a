import CLibrary

extension DataError {
  /// The operating system's error for a file to read; a missing file is
  /// `notFound`, all else `inputOutput`.
  package init(reading path: String, errno number: Int32, expected: String) {
    let isMissing = number == ENOENT || number == ENOTDIR
    self.init(
      isMissing ? .notFound : .inputOutput, path: path, expected: expected,
      found: Self.text(of: number), hint: isMissing ? "check the path" : "")
    systemNumber = number
  }

  /// The operating system's error for a file to write.
  package init(writing path: String, errno number: Int32, expected: String) {
    let hint = number == ENOSPC || number == EDQUOT ? "make room and try again" : ""
    self.init(
      .inputOutput, path: path, expected: expected, found: Self.text(of: number), hint: hint)
    systemNumber = number
  }

  private static func text(of number: Int32) -> String {
    "“\(String(cString: strerror(number)))” (errno \(number))"
  }
}
