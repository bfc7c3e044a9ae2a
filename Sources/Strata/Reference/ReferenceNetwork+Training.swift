extension ReferenceNetwork {
  /// One step of an optimizer on a batch, and of the running statistics.
  ///
  /// - Parameter inputs: One sample a column, shape [d, n].
  /// - Returns: The cost before the step.
  @discardableResult
  package mutating func step(
    _ inputs: Matrix, labels: [UInt16], lambda: Double, rate η: Double,
    with optimizer: inout ReferenceOptimizer
  ) -> Double {
    let pass = trainingPass(inputs)
    let gradients = gradient(pass, labels: labels, lambda: lambda)
    let cost = crossEntropy(pass.logits, labels: labels) + penalty(lambda: lambda)
    optimizer.update(&layers, along: gradients, rate: η)
    statistics.update(with: pass, decay: Double(architecture.statisticsDecay))
    return cost
  }
}
