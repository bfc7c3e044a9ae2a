import Strata

/// What the numbers of a tensor look like.
package struct TensorSummary: Sendable, Hashable {
  /// The smallest of the finite numbers; `nil` when there are none.
  package let minimum: Double?
  /// The mean of the finite numbers.
  package let mean: Double?
  /// The largest of the finite numbers.
  package let maximum: Double?
  /// The standard deviation of the finite numbers, dividing by their count.
  package let standardDeviation: Double?
  /// How many numbers are infinite or not numbers.
  package let nonFiniteCount: Int

  /// Looks at numbers twice: for the mean, then for the deviation from it.
  package init(_ numbers: [Double]) {
    let finite = numbers.lazy.filter(\.isFinite)
    let finiteCount = numbers.count(where: \.isFinite)
    nonFiniteCount = numbers.count - finiteCount
    minimum = finite.min()
    maximum = finite.max()
    guard finiteCount > 0 else {
      mean = nil
      standardDeviation = nil
      return
    }
    let count = Double(finiteCount)
    let sum = finite.reduce(0, +)
    let mean = sum.isFinite ? sum / count : finite.reduce(0) { $0 + $1 / count }
    self.mean = mean
    standardDeviation = (finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
  }
}
