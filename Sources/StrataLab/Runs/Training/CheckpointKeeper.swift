import Strata

/// Saves the checkpoints of a run beside its training: a thread of its own writes them, one at a
/// time.
final class CheckpointKeeper {
  private let files: CheckpointFiles
  /// Seconds between two checkpoints.
  private let interval: Double
  private let stepsPerEpoch: Int
  private var isDue = false
  private var lastSave = ContinuousClock.now
  private var epochStart = ContinuousClock.now
  private var writing: Future<Result<Void, any Error>>?
  /// What the last writing that failed said.
  private var knownFailure: String?

  /// Begins to count the time.
  init(_ files: CheckpointFiles, interval: Double, stepsPerEpoch: Int) {
    self.files = files
    self.interval = interval
    self.stepsPerEpoch = stepsPerEpoch
  }

  /// Whether a checkpoint is due: the interval has passed since the last one, or an epoch has ended
  /// that took as long; and the last one is written.
  ///
  /// - Parameter step: The update steps made.
  func isDue(afterStep step: Int) -> Bool {
    let now = ContinuousClock.now
    if !isDue {
      let isEpochEnd = step.isMultiple(of: stepsPerEpoch)
      isDue =
        hasPassed(since: lastSave, until: now)
        || isEpochEnd && hasPassed(since: epochStart, until: now)
      if isEpochEnd { epochStart = now }
    }
    return isDue && writing?.isDone != false
  }

  private func hasPassed(
    since start: ContinuousClock.Instant, until now: ContinuousClock.Instant
  ) -> Bool {
    start.duration(to: now) / .seconds(1) >= interval
  }

  /// Begins to save a checkpoint, which the writing thread completes.
  ///
  /// - Returns: Why the one before could not be saved, where that is news.
  func save(_ checkpoint: @escaping @Sendable () -> Checkpoint) -> String? {
    let news = finish()
    isDue = false
    lastSave = .now
    writing = Future { [files] in Result { try files.save(checkpoint()) } }
    return news
  }

  /// Waits until the last checkpoint is written.
  ///
  /// - Returns: Why it could not be saved, where that is news.
  func finish() -> String? {
    guard let result = writing?.value else { return nil }
    writing = nil
    guard case .failure(let error) = result else {
      knownFailure = nil
      return nil
    }
    let text = "a checkpoint could not be saved: \(error)"
    defer { knownFailure = text }
    return text == knownFailure ? nil : text
  }
}
