internal import Strata

/// The mean, the standard deviation and the intervals of a sample.
package struct SampleSummary: Sendable, Hashable {
  /// n, at least 1.
  package let count: Int
  /// x̄ = (1/n) Σ xᵢ.
  package let mean: Double
  /// s = √(Σ (xᵢ − x̄)² / (n − 1)); `nil` for a single number, which has no spread.
  package let standardDeviation: Double?
  /// The least number.
  package let minimum: Double
  /// The greatest number.
  package let maximum: Double
  /// The middle number, or halfway between the middle two.
  package let median: Double

  /// Summarizes numbers.
  ///
  /// The mean is corrected by what rounding left of the sum of the deviations from it, which should
  /// be 0, before the deviations are squared (Chan, Golub & LeVeque 1983, "Algorithms for computing
  /// the sample variance", on the two-pass algorithm).
  ///
  /// - Throws: `ConfigurationError` when there are none, or one is not finite or beyond ±10¹⁵⁰.
  package init(_ values: [Double]) throws {
    try checkSample(values, named: "sample", fewest: 1)
    let sorted = values.sorted()
    let number = Double(values.count)
    (count, minimum, maximum) = (values.count, sorted[0], sorted[sorted.count - 1])
    median = quantile(0.5, ofSorted: sorted) ?? minimum
    guard minimum < maximum else {
      mean = minimum
      standardDeviation = count > 1 ? 0 : nil
      return
    }
    let rough = values.reduce(0, +) / number
    let mean = rough + values.reduce(0) { $0 + ($1 - rough) } / number
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    standardDeviation = (squares / (number - 1)).squareRoot()
  }

  /// s / √n, the standard deviation of the mean; `nil` for a single number.
  package var standardError: Double? {
    standardDeviation.map { $0 / Double(count).squareRoot() }
  }

  /// Student's interval of the expected value: x̄ ± t s / √n.
  ///
  /// t is the quantile of n − 1 degrees of freedom that leaves (1 − level)/2 above it. The numbers are
  /// taken as drawn from a normal distribution (Student 1908, "The probable error of a mean").
  ///
  /// - Returns: `nil` for a single number, and unless 0 < `level` < 1.
  package func confidenceInterval(level: Double = 0.95) -> Interval? {
    interval(level: level, factor: (1 / Double(count)).squareRoot())
  }

  /// The interval in which one further number falls: x̄ ± t s √(1 + 1/n).
  ///
  /// It is wider than that of the expected value by the spread of a single number, and is the one
  /// to hold a single run of someone else against.
  ///
  /// - Returns: `nil` for a single number, and unless 0 < `level` < 1.
  /// - SeeAlso: Hahn & Meeker 1991, "Statistical intervals", chapter 4.
  package func predictionInterval(level: Double = 0.95) -> Interval? {
    interval(level: level, factor: (1 + 1 / Double(count)).squareRoot())
  }

  /// x̄ ± t s `factor`.
  private func interval(level: Double, factor: Double) -> Interval? {
    guard let standardDeviation, level > 0, level < 1,
      let student = StudentDistribution(degreesOfFreedom: Double(count - 1))
    else { return nil }
    let half = -student.quantile((1 - level) / 2) * standardDeviation * factor
    return Interval(lower: mean - half, upper: mean + half, level: level)
  }
}
