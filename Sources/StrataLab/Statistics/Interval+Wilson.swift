internal import Strata

extension Interval {
  /// Wilson's score interval of a probability, such as the accuracy on a test set of n images.
  ///
  ///     (p̂ + z²/2n ± z √(p̂ (1 − p̂)/n + z²/4n²)) / (1 + z²/n)    p̂ = successes / n
  ///
  /// It says how far the accuracy of *one trained network* is known from so many images; how much
  /// networks of other seeds differ is what a sample of runs tells.
  ///
  /// - Throws: `ConfigurationError` unless 0 ≤ `successes` ≤ `count`, 1 ≤ `count` and 0 < `level` < 1.
  /// - SeeAlso: Wilson 1927, "Probable inference, the law of succession, and statistical inference".
  package init(wilson successes: Int, of count: Int, level: Double = 0.95) throws {
    try checkLevel(level)
    guard count > 0 else {
      throw ConfigurationError(setting: "count", expected: "1 or more", found: "\(count)")
    }
    guard (0...count).contains(successes) else {
      throw ConfigurationError(
        setting: "successes", expected: "0 to \(count)", found: "\(successes)")
    }
    let n = Double(count)
    let share = Double(successes) / n
    let z = -NormalDistribution.quantile((1 - level) / 2)
    let center = share + z * z / (2 * n)
    let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    self.init(
      lower: successes == 0 ? 0 : (center - half) / scale,
      upper: successes == count ? 1 : (center + half) / scale, level: level)
  }
}
