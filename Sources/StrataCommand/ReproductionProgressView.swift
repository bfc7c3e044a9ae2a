import StrataLab

/// Shows how far a reproduction has come, on standard error.
struct ReproductionProgressView {
  private let output: ProgressLine.Output
  private var start = ContinuousClock.now
  private var doing = ""
  private var told = ""
  private var drawn = ""

  init(isQuiet: Bool) {
    output = isQuiet ? .quiet : Terminal.isTerminal() ? .terminal : .lines
  }

  /// Draws what is new: on a terminal in one line, else a line whenever a tenth more has ended.
  mutating func show(_ progress: ReproductionProgress) {
    if progress.doing != doing {
      doing = progress.doing
      start = .now
    }
    let line = progress.line(after: start.duration(to: .now) / .seconds(1))
    switch output {
    case .quiet: break
    case .lines:
      let share = "\(doing) \(10 * progress.ended / max(1, progress.total))"
      if share != told { Console.note(line) }
      told = share
    case .terminal:
      if line != drawn { Console.draw("\r\(line)\u{1b}[K") }
      drawn = line
    }
  }

  /// Wipes the line before something else is printed.
  mutating func clear() {
    if !drawn.isEmpty { Console.draw("\r\u{1b}[K") }
    drawn = ""
  }
}
