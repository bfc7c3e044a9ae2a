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
    let engine = TrainingEngine(
      architecture, capacity: labels.count, pool: ThreadPool(count: threads), kernels: kernels,
      precision: precision)
    engine.core.inputs.take(inputs, labels: labels)
    engine.core.dropout = dropout
    var copy = self
    let result = engine.step(&copy, goal: .gradient(lambda: Float(lambda)))
    var gradient = FloatVector(count: layout.count)
    gradient.withUnsafeMutableBuffer { buffer in
      for index in buffer.indices { buffer[index] = engine.core.gradient.base[index] }
    }
    return (result.lossSum / Double(labels.count), gradient)
  }
}
