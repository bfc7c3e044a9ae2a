/// A line on standard error that is drawn over again.
struct TerminalLine {
  private var drawn = ""

  /// Draws a line in the place of the last one.
  mutating func draw(_ line: String) {
    guard line != drawn else { return }
    Console.draw("\r\(line)\u{1b}[K")
    drawn = line
  }

  /// Wipes the line before something else is printed.
  mutating func clear() {
    if !drawn.isEmpty { Console.draw("\r\u{1b}[K") }
    drawn = ""
  }
}
