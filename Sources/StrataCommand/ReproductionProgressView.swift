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

  /// Draws new progress: on a terminal in one line, else a new line for each tenth.
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

  /// Clears the line before other output.
  mutating func clear() { line.clear() }
}
