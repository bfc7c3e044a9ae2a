/// A line on standard error that is redrawn in place.
struct TerminalLine {
  private var drawn = ""

  /// Replaces the last line.
  mutating func draw(_ line: String) {
    guard line != drawn else { return }
    Console.draw("\r\(line)\u{1b}[K")
    drawn = line
  }

  /// Clears the line before other output.
  mutating func clear() {
    if !drawn.isEmpty { Console.draw("\r\u{1b}[K") }
    drawn = ""
  }
}
