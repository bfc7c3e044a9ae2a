/// Where forward turns into backward.
extension TrainingCore {
  /// Turns the logits into probabilities; sums the cross-entropy and the right predictions.
  ///
  /// The cross-entropy of a row is log Σ exp(s − max) + max − s_label, which cannot overflow.
  func computeLoss() -> BatchResult {
    let outcome = buffers.outcome
    kernels.softmax(
      output(of: architecture.depth - 1), classes: architecture.classes, labels: inputs.labels,
      outcome)
    var result = BatchResult(lossSum: 0, correct: 0)
    for row in 0..<rows {
      result.lossSum += outcome.loss(row)
      if outcome.predictions[row] == inputs.labels[row] { result.correct += 1 }
    }
    return result
  }
}
