internal import CLibrary

/// p = softmax(s), column by column, shape [K, n].
///
/// The largest logit is subtracted first, which changes nothing (numerator and denominator both
/// lose the factor e^max) and keeps e^s finite.
package func softmax(_ logits: Matrix) -> Matrix {
  var result = logits
  for column in 0..<logits.columns {
    let largest = (0..<logits.rows).reduce(-Double.infinity) { max($0, logits[$1, column]) }
    var sum = 0.0
    for row in 0..<logits.rows {
      result[row, column] = exp(logits[row, column] - largest)
      sum += result[row, column]
    }
    for row in 0..<logits.rows { result[row, column] /= sum }
  }
  return result
}

/// The mean cross-entropy, (1/n) Σ −log p_y, in nats.
///
/// −log p_y = log Σ e^(s − max) − (s_y − max) needs no logarithm of a number that may be 0.
package func crossEntropy(_ logits: Matrix, labels: [UInt16]) -> Double {
  precondition(labels.count == logits.columns, "one label a column")
  var total = 0.0
  for column in 0..<logits.columns {
    let largest = (0..<logits.rows).reduce(-Double.infinity) { max($0, logits[$1, column]) }
    let sum = (0..<logits.rows).reduce(0) { $0 + exp(logits[$1, column] - largest) }
    total += log(sum) - (logits[Int(labels[column]), column] - largest)
  }
  return total / Double(logits.columns)
}

extension ReferenceNetwork {
  /// λ Σ_l ‖W_l‖²: λ, not λ/2; biases, γ and β are not regularized.
  package func penalty(lambda: Double) -> Double {
    lambda * layers.reduce(0) { $0 + $1.weight.elements.reduce(0) { $0 + $1 * $1 } }
  }

  /// J = the mean cross-entropy of a training batch + λ Σ_l ‖W_l‖².
  package func cost(
    _ inputs: Matrix, labels: [UInt16], lambda: Double, dropout: Dropout? = nil
  ) -> Double {
    let pass = trainingPass(inputs, dropout: dropout)
    return crossEntropy(pass.logits, labels: labels) + penalty(lambda: lambda)
  }
}
