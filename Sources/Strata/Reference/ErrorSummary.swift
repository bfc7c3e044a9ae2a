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
    guard !errors.isEmpty else { return nil }
    let sorted = errors.sorted()
    mean = errors.reduce(0, +) / Double(errors.count)
    median = Self.quantile(0.5, of: sorted)
    percentile90 = Self.quantile(0.9, of: sorted)
    maximum = errors.contains(where: \.isNaN) ? .nan : sorted[sorted.count - 1]
  }

  /// Interpolates between the two nearest of the sorted errors (Hyndman & Fan 1996, definition 7).
  private static func quantile(_ fraction: Double, of sorted: [Double]) -> Double {
    let position = fraction * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
  }
}
