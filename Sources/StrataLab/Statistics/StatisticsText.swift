/// A fraction in percent with two decimals, without the sign, which stands in the header: 0.535 as
/// `53.50`.
package func accuracyText(_ fraction: Double) -> String {
  fixedText(100 * fraction, decimals: 2)
}

/// A difference of fractions in percentage points, with its sign unless it is written as 0: `+0.12`,
/// `-0.30`, `0.00`.
package func pointsText(_ difference: Double) -> String {
  let text = accuracyText(difference)
  let isZero = text == accuracyText(0)
  return difference > 0 && !isZero ? "+" + text : text
}

/// The mean and the standard deviation of fractions: `53.50 ± 0.31 (n = 10)`, `53.50 (n = 1)`.
package func meanText(_ summary: SampleSummary) -> String {
  let deviation = summary.standardDeviation.map { " ± " + accuracyText($0) } ?? ""
  return accuracyText(summary.mean) + deviation + " (n = \(countText(summary.count)))"
}

/// The ends of an interval of fractions, as far as fractions can be: `53.28 to 53.72`, and `98.92 to
/// 100.00` where the upper end is beyond 1.
package func intervalText(_ interval: Interval) -> String {
  let ends = [interval.lower, interval.upper].map { accuracyText(min(max($0, 0), 1)) }
  return ends.joined(separator: " to ")
}

/// The ends of an interval of differences: `-0.03 to +0.27`.
package func pointsText(_ interval: Interval) -> String {
  pointsText(interval.lower) + " to " + pointsText(interval.upper)
}

/// A p-value with three decimals, `p = 0.032`; one that they cannot show is `p < 0.001`.
package func pValueText(_ pValue: Double) -> String {
  pValue < 0.001 ? "p < 0.001" : "p = " + fixedText(pValue, decimals: 3)
}
