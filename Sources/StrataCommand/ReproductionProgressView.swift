import StrataLab
import StrataReproduction

/// Shows how far a reproduction has come, on standard error.
struct ReproductionProgressView {
  private let output: ProgressLine.Output
  private var start = ContinuousClock.now
  private var doing = ""
  private var told = ""
  private var line = TerminalLine()

  init(isQuiet: Bool) {
    output = .chosen(isQuiet: isQuiet)
  }

  /// Draws what is new: on a terminal in one line, else a line whenever a tenth more has ended.
  mutating func show(_ progress: ReproductionProgress) {
    if progress.doing != doing {
      doing = progress.doing
      start = .now
    }
    let text = progress.line(after: start.duration(to: .now) / .seconds(1))
    switch output {
    case .quiet: break
    case .lines:
      let share = "\(doing) \(10 * progress.ended / max(1, progress.total))"
      if share != told { Console.note(text) }
      told = share
    case .terminal:
      line.draw(text)
    }
  }

  /// Wipes the line before something else is printed.
  mutating func clear() { line.clear() }
}
