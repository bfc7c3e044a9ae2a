import Strata

/// The numbers that a box plot shows of a sample.
///
/// The whiskers are quantiles, not 1.5 times the length of the box (Tukey 1977): unlike those, they
/// mean the same on a logarithmic axis as on a linear one.
package struct BoxSummary: Sendable, Hashable {
  /// The quantiles at 5, 25, 50, 75 and 95 %.
  package let lowWhisker: Double
  package let lowerQuartile: Double
  package let median: Double
  package let upperQuartile: Double
  package let highWhisker: Double
  /// The most extreme values beyond the whiskers, ascending.
  package let outliers: [Double]

  /// At most this many values are kept beyond each whisker.
  package static let mostOutliers = 15

  /// Summarizes the finite values; `nil` where there are none.
  package init?(_ values: [Double]) {
    let sorted = values.filter(\.isFinite).sorted()
    let numbers = [0.05, 0.25, 0.5, 0.75, 0.95].compactMap { quantile($0, ofSorted: sorted) }
    guard numbers.count == 5 else { return nil }
    (lowWhisker, lowerQuartile, median) = (numbers[0], numbers[1], numbers[2])
    (upperQuartile, highWhisker) = (numbers[3], numbers[4])
    let low = sorted.prefix { $0 < numbers[0] }.prefix(Self.mostOutliers)
    let high = sorted.suffix(Self.mostOutliers).drop { $0 <= numbers[4] }
    outliers = Array(low) + Array(high)
  }
}
