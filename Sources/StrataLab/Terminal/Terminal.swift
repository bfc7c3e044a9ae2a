import CLibrary

/// Facts about the terminal that a file descriptor leads to.
package enum Terminal {
  /// Columns where the terminal does not say.
  package static let defaultColumns = 80

  /// Whether a person may be watching: the descriptor is a terminal.
  package static func isTerminal(_ descriptor: Int32 = STDERR_FILENO) -> Bool {
    isatty(descriptor) == 1
  }

  /// The terminal's width in columns, or `defaultColumns` where it is unknown.
  package static func columns(_ descriptor: Int32 = STDERR_FILENO) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return defaultColumns
    }
    return Int(size.ws_col)
  }
}
