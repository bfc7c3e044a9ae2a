import Strata
import StrataLab

/// Shows how far a search has come, on standard error.
struct SearchProgressView {
  private let start = ContinuousClock.now
  private let output: ProgressLine.Output
  private var toldTrials = 0
  private var isReasonTold = false
  private var line = TerminalLine()

  init(isQuiet: Bool) {
    output = isQuiet ? .quiet : Terminal.isTerminal() ? .terminal : .lines
  }

  /// Draws what is new.
  mutating func show(_ progress: SearchProgress) {
    let time = start.duration(to: .now) / .seconds(1)
    switch output {
    case .quiet: break
    case .lines:
      for ended in progress.endedHere.dropFirst(toldTrials) {
        tell(reason: ended.progress.fineReason)
        Console.note(ended.progress.line(about: ended.trial, after: time))
      }
      toldTrials = progress.endedHere.count
    case .terminal:
      tell(reason: progress.fineReason)
      line.draw(progress.line(after: time, columns: Terminal.columns()))
    }
  }

  /// Says once how the fine stage came about.
  mutating func tell(reason: String?) {
    guard let reason, !isReasonTold, output != .quiet else { return }
    isReasonTold = true
    clear()
    Console.note(reason)
  }

  /// Wipes the line before something else is printed.
  mutating func clear() { line.clear() }
}
