import CLibrary
import Strata
import StrataLab

/// The two streams of the command: results, and everything else.
enum Console {
  /// Whether standard output can be written to.
  static var hasOutput: Bool { fcntl(STDOUT_FILENO, F_GETFL) & O_ACCMODE != O_RDONLY }

  /// Writes results to standard output.
  ///
  /// - Throws: `DataError` if they cannot be written; a closed pipe or terminal is no error.
  static func write(_ text: String) throws {
    try check(send(text, to: STDOUT_FILENO))
  }

  /// Flushes buffered output.
  ///
  /// - Throws: `DataError` if it cannot be written.
  static func flush() throws {
    try check(fflush(nil) == 0 ? 0 : errno)
  }

  private static func check(_ number: Int32) throws {
    let isHarmless = number == EPIPE || number == EIO && isTerminal
    guard number == 0 || isHarmless else {
      throw DataError(
        writing: "standard output", errno: number, expected: "room for the results")
    }
  }

  /// Whether standard output is an open or closed terminal.
  private static var isTerminal: Bool {
    var status = stat()
    return fstat(STDOUT_FILENO, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR
  }

  /// Writes a line to standard error.
  static func note(_ line: String) {
    _ = send(line + "\n", to: STDERR_FILENO)
  }

  /// Writes a warning to standard error; the sentence may contain text from files.
  static func warn(_ sentence: String) {
    note("strata: warning: \(printableLine(sentence))")
  }

  /// Writes a piece of the progress line to standard error.
  static func draw(_ text: String?) {
    if let text { _ = send(text, to: STDERR_FILENO) }
  }

  /// Writes everything and returns 0, or the number of the error.
  private static func send(_ text: String, to descriptor: Int32) -> Int32 {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        bytes = bytes.dropFirst(count)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}
