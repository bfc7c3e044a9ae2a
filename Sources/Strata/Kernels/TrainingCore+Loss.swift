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
    let space = workspace.layers[architecture.depth - 1]
    let logits = space.linear
    let classes = architecture.classes
    var result = BatchResult(lossSum: 0, correct: 0)
    let labelLogits = workspace.labelLogits
    for row in 0..<rows {
      let values = logits.base + row * logits.stride
      let label = Int(workspace.labels[row])
      if largestIndex(values, count: classes) == label { result.correct += 1 }
      labelLogits[row] = values[label]
    }
    kernels.table.pointee.softmax(
      rows, classes, logits.base, logits.stride, workspace.maximum, workspace.exponentialSum)
    for row in 0..<rows {
      let margin = Double(workspace.maximum[row]) - Double(labelLogits[row])
      result.lossSum += log(Double(workspace.exponentialSum[row])) + margin
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
      target[Int(workspace.labels[row])] -= share
    }
    let last = architecture.depth - 1
    let bias = layout.layers[last].bias
    kernels.table.pointee.column_sums(
      rows, space.gradient.columns, space.gradient.base, space.gradient.stride,
      gradient.base + bias.offset)
    descend(bias, columns: 0..<space.gradient.columns, layer: last, thread: 0)
  }
}

extension TrainingCore {
  /// The first layer whose output was not finite in the last forward pass.
  var firstNonFiniteOutput: Int? {
    workspace.layers.firstIndex { space in
      let output = space.output
      return (0..<rows).contains { row in
        (0..<output.columns).contains { !output.base[row * output.stride + $0].isFinite }
      }
    }
  }
}

/// The index of the largest of `count` numbers, the first of them where several are equal.
func largestIndex(_ values: UnsafePointer<Float>, count: Int) -> Int {
  var best = 0
  for index in 1..<max(1, count) where values[index] > values[best] { best = index }
  return best
}
