/// The distribution of the number of successes in independent trials.
package struct BinomialDistribution: Sendable, Hashable {
  /// The number of trials.
  package let trials: Int
  /// The probability of a success in each.
  package let probability: Double

  /// Creates the distribution; `nil` unless there are 0 to 10⁹ trials and 0 ≤ `probability` ≤ 1.
  package init?(trials: Int, probability: Double) {
    let most = Int(IncompleteBeta.shapes.upperBound)
    guard (0...most).contains(trials), (0...1).contains(probability) else { return nil }
    (self.trials, self.probability) = (trials, probability)
  }

  /// P(X ≤ count) = I_{1−p}(n − count, count + 1) (Abramowitz & Stegun 1964, 26.5.24).
  package func cumulative(_ count: Int) -> Double {
    tails(count)?.lower ?? (count < 0 ? 0 : 1)
  }

  /// P(X > count), with all digits where it is small.
  package func upperTail(_ count: Int) -> Double {
    tails(count)?.upper ?? (count < 0 ? 1 : 0)
  }

  /// The least count with P(X ≤ count) ≥ `p`; `nil` unless 0 ≤ p ≤ 1.
  ///
  /// A probability that misses `p` by a 10¹² th part reaches it: rounding must not decide.
  package func quantile(_ p: Double) -> Int? {
    guard (0...1).contains(p) else { return nil }
    var (below, reaching) = (-1, trials)
    while reaching - below > 1 {
      let middle = below + (reaching - below) / 2
      if reaches(middle, p) { reaching = middle } else { below = middle }
    }
    return reaching
  }

  /// Whether P(X ≤ count) ≥ p, decided on the side where there are more digits.
  private func reaches(_ count: Int, _ p: Double) -> Bool {
    p <= 0.5
      ? cumulative(count) >= p * (1 - 1e-12) : upperTail(count) <= (1 - p) * (1 + 1e-12)
  }

  /// Both tails; `nil` where the count is no possible number but the last.
  private func tails(_ count: Int) -> IncompleteBeta? {
    guard (0..<trials).contains(count) else { return nil }
    return IncompleteBeta(
      1 - probability, complement: probability, Double(trials - count), Double(count) + 1)
  }
}
