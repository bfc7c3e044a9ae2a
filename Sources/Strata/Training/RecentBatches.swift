/// The batches since the last report.
struct RecentBatches {
  private var lossSum = 0.0
  private var correct = 0
  private var rows = 0
  /// Update steps since then.
  private(set) var batches = 0

  mutating func add(_ result: BatchResult, rows: Int) {
    lossSum += result.lossSum
    correct += result.correct
    self.rows += rows
    batches += 1
  }

  var loss: Double { lossSum / Double(max(1, rows)) }
  var accuracy: Double { Double(correct) / Double(max(1, rows)) }
}

extension ContinuousClock.Instant {
  /// Seconds from this instant to now.
  var secondsUntilNow: Double {
    let duration = duration(to: .now).components
    return Double(duration.seconds) + Double(duration.attoseconds) * 1e-18
  }
}
