import StrataLab

/// Shows on standard error how far a download is: a bar on a terminal, else a line now and then.
struct DownloadLine {
  private let output: ProgressLine.Output
  private var shownAt: ContinuousClock.Instant?
  private var line = TerminalLine()

  init(isQuiet: Bool) { output = .chosen(isQuiet: isQuiet) }

  mutating func show(_ progress: DownloadProgress) {
    let now = ContinuousClock.now
    let interval: Duration = output == .terminal ? .milliseconds(100) : .seconds(10)
    if let shownAt, now - shownAt < interval && progress.received != progress.total { return }
    shownAt = now
    switch output {
    case .quiet: break
    case .lines: Console.note(Self.text(progress))
    case .terminal: line.draw(Self.bar(progress))
    }
  }

  /// Ends the bar's line.
  func finish() {
    if output == .terminal && shownAt != nil { Console.note("") }
  }

  static func text(_ progress: DownloadProgress) -> String {
    guard let total = progress.total, total > 0 else { return megabytes(progress.received) }
    let percent = 100 * progress.received / total
    return "\(percent) % (\(megabytes(progress.received)) of \(megabytes(total)))"
  }

  static func bar(_ progress: DownloadProgress) -> String {
    guard let total = progress.total, total > 0 else { return text(progress) }
    let share = min(1, Double(progress.received) / Double(total))
    return progressBar(share, width: 30) + " " + text(progress)
  }

  private static func megabytes(_ bytes: Int) -> String {
    "\(bytes / 1_000_000).\(bytes / 100_000 % 10) MB"
  }
}
