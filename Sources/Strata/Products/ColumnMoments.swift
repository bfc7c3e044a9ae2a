/// What a batch is normalized with: μ and v of each column, and ε.
struct ColumnMoments {
  let mean, variance: UnsafeMutablePointer<Double>
  let epsilon: Float

  /// The moments from a column on.
  func from(_ column: Int) -> ColumnMoments {
    ColumnMoments(mean: mean + column, variance: variance + column, epsilon: epsilon)
  }
}
