import Strata
import StrataLab

/// Shows the progress of a search on standard error.
struct SearchProgressView {
  private let start = ContinuousClock.now
  private let output: ProgressLine.Output
  private var toldTrials = 0
  private var toldReasons = 0
  private var line = TerminalLine()

  init(isQuiet: Bool) {
    output = .chosen(isQuiet: isQuiet)
  }

  /// Draws new progress.
  mutating func show(_ progress: SearchProgress) {
    let time = start.duration(to: .now) / .seconds(1)
    switch output {
    case .quiet: break
    case .lines:
      for ended in progress.endedHere.dropFirst(toldTrials) {
        tell(ended.progress.reasons)
        Console.note(ended.progress.line(about: ended.trial, after: time))
      }
      toldTrials = progress.endedHere.count
    case .terminal:
      tell(progress.reasons)
      line.draw(progress.line(after: time, columns: Terminal.columns()))
    }
  }

  /// Explains each later stage once.
  mutating func tell(_ reasons: [String]) {
    let news = reasons.dropFirst(toldReasons)
    guard !news.isEmpty, output != .quiet else { return }
    toldReasons = reasons.count
    clear()
    news.forEach(Console.note)
  }

  /// Clears the line before other output.
  mutating func clear() { line.clear() }
}
