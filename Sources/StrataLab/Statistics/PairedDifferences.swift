internal import Strata

/// The differences between two settings, run by run: the runs of a pair differ only in the setting.
package struct PairedDifferences: Sendable, Hashable {
  /// Value minus baseline, pair by pair.
  package let differences: [Double]
  /// Below this, two sums of differences differ by rounding: 10⁻¹² Σ (|value| + |baseline|).
  ///
  /// A decimal fraction is off by a 10¹⁶ th part, and a sum of n of them by n such parts.
  let rounding: Double

  /// Subtracts numbers of the same seeds.
  ///
  /// - Throws: `ConfigurationError` when there are none, their counts differ, or one is not finite.
  package init(of values: [Double], from baseline: [Double]) throws {
    try checkSample(values, named: "values", fewest: 1)
    try checkSample(baseline, named: "baseline", fewest: 1)
    guard values.count == baseline.count else {
      throw ConfigurationError(
        setting: "baseline", expected: "as many numbers as there are values, \(values.count)",
        found: "\(baseline.count)", hint: "pair the runs by their seeds")
    }
    differences = zip(values, baseline).map { $0 - $1 }
    rounding = 1e-12 * zip(values, baseline).reduce(0) { $0 + abs($1.0) + abs($1.1) }
  }

  /// Whether all differences are the same but for rounding.
  var isConstant: Bool {
    guard let least = differences.min(), let greatest = differences.max() else { return true }
    return greatest - least <= rounding
  }
}
