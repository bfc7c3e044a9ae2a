extension Network {
  /// The mean cross-entropy of a batch and the gradient of J = loss + λ Σ ‖W‖².
  ///
  /// Batch normalization uses the statistics of this batch, as in training. The gradient lies in
  /// the buffer as the parameters do (see ``layout``).
  ///
  /// - Parameters:
  ///   - inputs: Standardized rows one after the other, shape [n, d].
  ///   - labels: Shape [n].
  ///   - lambda: λ.
  ///   - threads: Threads that share the work; the result does not depend on it.
  ///   - kernels: The instruction set that computes.
  ///   - precision: The numbers that products multiply.
  ///   - dropout: The hidden activations that are left out.
  /// - Precondition: at least one row, d inputs for each, every label below K, and `kernels` supports
  ///   `precision`.
  public func gradient(
    inputs: [Float], labels: [UInt16], lambda: Double, threads: Int = 1,
    kernels: KernelSet = .best, precision: Precision = .float32,
    dropout: Dropout? = nil
  ) -> (loss: Double, gradient: FloatVector) {
    precondition(!labels.isEmpty, "no row to compute a gradient of")
    precondition(inputs.count == labels.count * architecture.inputs, "rows of d inputs are needed")
    precondition(labels.allSatisfy { $0 < architecture.classes }, "a label without an output")
    let engine = CPUTrainingEngine(
      self, capacity: labels.count, pool: ThreadPool(count: threads), kernels: kernels,
      precision: precision, fusesUpdates: false)
    let source = BatchSource(inputs: inputs, columns: architecture.inputs, labels: labels)
    engine.take(Batch(allOf: source))
    let result = engine.computeLoss(dropout: dropout)
    engine.backward(UpdateStep(lambda: Float(lambda)))
    return (result.lossSum / Double(labels.count), engine.gradient)
  }
}
