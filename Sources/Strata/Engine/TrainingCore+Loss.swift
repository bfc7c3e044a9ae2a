internal import CStrataKernels
internal import Glibc

/// Where forward turns into backward.
extension TrainingCore {
  /// The sums over the rows of a batch.
  struct BatchResult {
    /// Σ cross-entropy, in nats.
    var lossSum: Double
    /// Rows whose most probable class is the label.
    var correct: Int
  }

  /// Turns the logits into probabilities and the probabilities into ∂loss/∂s = (p − y)/n.
  ///
  /// The cross-entropy of a row is log Σ exp(s − max) + max − s_label, which cannot overflow.
  func computeLoss() -> BatchResult {
    let logits = workspace.layers[architecture.depth - 1].linear
    let outcome = workspace.outcome
    kernels.table.pointee.softmax(
      rows, architecture.classes, logits.base, logits.stride, inputs.labels, outcome.margins,
      outcome.sums, outcome.predictions)
    var result = BatchResult(lossSum: 0, correct: 0)
    for row in 0..<rows {
      result.lossSum += outcome.loss(row)
      if outcome.predictions[row] == inputs.labels[row] { result.correct += 1 }
    }
    return result
  }

  /// ∂loss/∂s = (p − y)/n.
  func startBackward() {
    let space = workspace.layers[architecture.depth - 1]
    let probabilities = space.output
    let share = 1 / Float(rows)
    for row in 0..<rows {
      let source = probabilities.base + row * probabilities.stride
      let target = space.gradient.base + row * probabilities.stride
      for column in 0..<architecture.classes { target[column] = source[column] * share }
      target[Int(inputs.labels[row])] -= share
    }
    let last = architecture.depth - 1
    let bias = layout.layers[last].bias
    kernels.table.pointee.column_sums(
      rows, space.gradient.columns, space.gradient.base, space.gradient.stride,
      gradient.base + bias.offset)
    descend(bias, columns: 0..<space.gradient.columns, layer: last, thread: 0)
  }
}
