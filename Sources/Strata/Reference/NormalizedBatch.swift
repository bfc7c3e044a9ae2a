/// A batch normalized unit by unit (Ioffe & Szegedy 2015, algorithm 1,
/// <https://arxiv.org/abs/1502.03167>), before γ and β.
package struct NormalizedBatch: Sendable, Equatable {
  /// μ = (1/n) Σ s, shape [units].
  package let mean: [Double]
  /// v = (1/n) Σ (s − μ)², shape [units]: divided by n.
  package let variance: [Double]
  /// √(v + ε), shape [units].
  package let deviation: [Double]
  /// ŝ = (s − μ) / √(v + ε), shape [units, n].
  package let values: Matrix

  /// Normalizes `s`, shape [units, n], with its own mean and variance.
  package init(_ s: Matrix, epsilon: Double) {
    let mean = s.rowMeans
    let centred = s.mapRows { row, value in value - mean[row] }
    let variance = centred.hadamard(centred).rowMeans
    let deviation = variance.map { ($0 + epsilon).squareRoot() }
    self.mean = mean
    self.variance = variance
    self.deviation = deviation
    values = centred.mapRows { row, value in value / deviation[row] }
  }

  /// ∂J/∂s from Ĝ = ∂J/∂ŝ, both of shape [units, n].
  ///
  /// μ and v depend on every sample of the batch (ibid., section 3; the three terms are the paths
  /// through s itself, through μ and through v):
  ///
  ///     ∂J/∂s = ( Ĝ − mean(Ĝ) − ŝ · mean(Ĝ ⊙ ŝ) ) / √(v + ε)
  package func gradient(_ upstream: Matrix) -> Matrix {
    let throughMean = upstream.rowMeans
    let throughVariance = upstream.hadamard(values).rowMeans
    var result = upstream
    for row in 0..<upstream.rows {
      for column in 0..<upstream.columns {
        result[row, column] =
          (upstream[row, column] - throughMean[row] - values[row, column] * throughVariance[row])
          / deviation[row]
      }
    }
    return result
  }
}
