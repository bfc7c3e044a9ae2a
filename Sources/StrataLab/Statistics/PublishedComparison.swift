/// The comparison of a published number with a sample of ours.
///
/// Most published numbers come from one run, so each is compared with the 95 % prediction interval of
/// our sample, not with the interval of its mean.
package struct PublishedComparison: Sendable, Hashable {
  /// The result of a comparison.
  package enum Verdict: Sendable, Hashable {
    /// The published number could be one of ours.
    case inside(Interval)
    /// One run in twenty of ours would be as far away by chance.
    case outside(Interval)
    /// A comparison is impossible, for this reason.
    case notComparable(reason: String)

    /// One or two words for a table.
    package var name: String {
      switch self {
      case .inside: "inside"
      case .outside: "outside"
      case .notComparable: "not comparable"
      }
    }
  }

  /// The published number.
  package let published: Double
  /// Our mean minus the published number.
  package let difference: Double
  /// The verdict.
  package let verdict: Verdict

  /// Compares a published number.
  ///
  /// - Parameters:
  ///   - rounding: How far the number that was measured may lie from the one that was printed: half
  ///     a unit of its last digit. A number inside the interval by that much is inside.
  ///   - obstacle: Why the settings cannot be said to be the same, if so; a clause.
  package init(
    published: Double, rounding: Double = 0, sample: SampleSummary, obstacle: String? = nil
  ) {
    self.published = published
    difference = sample.mean - published
    let isSame = sample.standardDeviation == 0 && abs(difference) <= max(rounding, 1e-12)
    if isSame, obstacle == nil, let interval = sample.predictionInterval() {
      verdict = .inside(interval)
    } else if let reason = obstacle ?? Self.obstacle(published, rounding, sample) {
      verdict = .notComparable(reason: reason)
    } else if let interval = sample.predictionInterval() {
      let isInside =
        published + rounding >= interval.lower && published - rounding <= interval.upper
      verdict = isInside ? .inside(interval) : .outside(interval)
    } else {
      verdict = .notComparable(reason: "our runs have no interval")
    }
  }

  /// The reason why the numbers cannot be compared.
  private static func obstacle(
    _ published: Double, _ rounding: Double, _ sample: SampleSummary
  ) -> String? {
    guard published.isFinite, rounding.isFinite else { return "the published value is no number" }
    guard let deviation = sample.standardDeviation else {
      return "fewer than two seeds of ours, so their spread is unknown"
    }
    return deviation > 0 ? nil : "all \(sample.count) runs of ours gave the same number"
  }
}
