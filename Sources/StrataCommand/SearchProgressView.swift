import Strata
import StrataLab

/// Shows how far a search has come, on standard error.
struct SearchProgressView {
  private let start = ContinuousClock.now
  private let output: ProgressLine.Output
  private var toldTrials = 0
  private var toldReasons = 0
  private var line = TerminalLine()

  init(isQuiet: Bool) {
    output = .chosen(isQuiet: isQuiet)
  }

  /// Draws what is new.
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

  /// Says once how each later stage came about.
  mutating func tell(_ reasons: [String]) {
    let news = reasons.dropFirst(toldReasons)
    guard !news.isEmpty, output != .quiet else { return }
    toldReasons = reasons.count
    clear()
    news.forEach(Console.note)
  }

  /// Wipes the line before something else is printed.
  mutating func clear() { line.clear() }
}
