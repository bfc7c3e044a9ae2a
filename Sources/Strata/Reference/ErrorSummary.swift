/// The distribution of the errors of one tensor.
package struct ErrorSummary: Sendable, Hashable, Codable {
  /// The arithmetic mean.
  package let mean: Double
  /// The value that half of the errors do not exceed.
  package let median: Double
  /// The value that nine in ten errors do not exceed.
  package let percentile90: Double
  /// The largest error.
  package let maximum: Double

  /// Summarizes errors, or returns `nil` when there are none.
  ///
  /// A NaN makes the mean and the maximum NaN.
  package init?(_ errors: [Double]) {
    let sorted = errors.sorted()
    guard let half = quantile(0.5, ofSorted: sorted), let most = quantile(0.9, ofSorted: sorted)
    else { return nil }
    mean = errors.reduce(0, +) / Double(errors.count)
    median = half
    percentile90 = most
    maximum = errors.contains(where: \.isNaN) ? .nan : sorted[sorted.count - 1]
  }
}
