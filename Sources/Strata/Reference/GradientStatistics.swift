/// The statistics of a gradient a and of its differences a − g from another, over the entries of a
/// tensor; deviations are those of the population, divided by the number of entries.
package struct GradientStatistics: Sendable, Hashable {
  /// The mean of a.
  package let mean: Double
  /// The standard deviation of a.
  package let std: Double
  /// The mean of a − g.
  package let meanDifference: Double
  /// The standard deviation of a − g.
  package let stdDifference: Double
  /// The largest a − g with its sign, so below 0 where a is below g throughout.
  package let maxDifference: Double

  /// Takes numbers that were computed before.
  package init(
    mean: Double, std: Double, meanDifference: Double, stdDifference: Double,
    maxDifference: Double
  ) {
    self.mean = mean
    self.std = std
    self.meanDifference = meanDifference
    self.stdDifference = stdDifference
    self.maxDifference = maxDifference
  }

  /// Summarizes pairs (a, g); `nil` when there are none, NaN where one is among them.
  package init?(_ pairs: [(Double, Double)]) {
    let differences = pairs.map { $0 - $1 }
    guard let largest = differences.max() else { return nil }
    (mean, std) = moments(pairs.map(\.0))
    (meanDifference, stdDifference) = moments(differences)
    maxDifference = differences.contains(where: \.isNaN) ? .nan : largest
  }
}

/// The mean, and √((1/n) Σ (x − mean)²).
private func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (mean, (squares / count).squareRoot())
}
