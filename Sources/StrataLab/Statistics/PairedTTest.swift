internal import Strata

/// Student's test of whether the mean of paired differences is 0.
///
/// t = d̄ / (s / √n) is compared with Student's distribution of n − 1 degrees of freedom. The
/// differences are taken as drawn from a normal distribution (Student 1908).
package struct PairedTTest: Sendable, Hashable {
  /// The differences: their number, mean d̄ and standard deviation s.
  package let summary: SampleSummary
  /// t; `nil` for differences that are all the same, about which the test says nothing.
  package let statistic: Double?
  /// P(|T| ≥ |t|) if the expected difference is 0; `nil` where `statistic` is.
  package let pValue: Double?
  /// The interval of the expected difference.
  package let interval: Interval

  /// Tests differences.
  ///
  /// - Throws: `ConfigurationError` for fewer than two pairs and unless 0 < `level` < 1.
  package init(_ pairs: PairedDifferences, level: Double = 0.95) throws {
    try checkSample(pairs.differences, named: "pairs", fewest: 2)
    try checkLevel(level)
    summary = try SampleSummary(pairs.differences)
    interval =
      summary.confidenceInterval(level: level)
      ?? Interval(lower: -.infinity, upper: .infinity, level: level)
    guard !pairs.isConstant, let error = summary.standardError else {
      (statistic, pValue) = (nil, nil)
      return
    }
    let t = summary.mean / error
    statistic = t
    pValue = StudentDistribution(degreesOfFreedom: Double(summary.count - 1))?.twoTails(t)
  }
}
