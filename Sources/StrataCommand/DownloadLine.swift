import Glibc
import StrataLab

/// Shows on standard error how far a download is: a bar on a terminal, else a line now and then.
final class DownloadLine: Sendable {
  private struct State {
    var shownAt: ContinuousClock.Instant?
    var isOpen = false
  }

  private let isQuiet: Bool
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let state = Guarded(State())

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  func show(_ progress: DownloadProgress) {
    if isQuiet { return }
    let now = ContinuousClock.now
    let interval: Duration = isTerminal ? .milliseconds(100) : .seconds(10)
    let isLast = progress.received == progress.total
    state.withLock { state in
      if let shownAt = state.shownAt, now - shownAt < interval && !isLast { return }
      state.shownAt = now
      state.isOpen = isTerminal
      Self.write(isTerminal ? "\r\(Self.bar(progress))\u{1b}[K" : Self.text(progress) + "\n")
    }
  }

  /// Ends the bar's line.
  func finish() {
    state.withLock { state in
      if state.isOpen { Self.write("\n") }
      state.isOpen = false
    }
  }

  static func text(_ progress: DownloadProgress) -> String {
    guard let total = progress.total, total > 0 else { return megabytes(progress.received) }
    let percent = 100 * progress.received / total
    return "\(percent) % (\(megabytes(progress.received)) of \(megabytes(total)))"
  }

  static func bar(_ progress: DownloadProgress) -> String {
    guard let total = progress.total, total > 0 else { return text(progress) }
    let width = 30
    let filled = min(width, width * progress.received / total)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    return "\(bar) \(text(progress))"
  }

  private static func megabytes(_ bytes: Int) -> String {
    "\(bytes / 1_000_000).\(bytes / 100_000 % 10) MB"
  }

  private static func write(_ text: String) {
    var text = text
    text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
