extension ReferenceNetwork {
  /// One step of an optimizer on a batch, and of the running statistics.
  ///
  /// - Parameters:
  ///   - inputs: One sample a column, shape [d, n].
  ///   - clipNorm: c of g · min(1, c/‖g‖); `nil`: the gradient as it is.
  /// - Returns: The cost before the step.
  @discardableResult
  package mutating func step(
    _ inputs: Matrix, labels: [UInt16], lambda: Double, rate η: Double,
    clipNorm: Double? = nil, with optimizer: inout ReferenceOptimizer
  ) -> Double {
    let pass = trainingPass(inputs)
    var gradients = gradient(pass, labels: labels, lambda: lambda)
    if let clipNorm { gradients = gradients.clipped(toNorm: clipNorm) }
    let cost = crossEntropy(pass.logits, labels: labels) + penalty(lambda: lambda)
    optimizer.update(&layers, along: gradients, rate: η)
    statistics.update(with: pass, decay: Double(architecture.statisticsDecay))
    return cost
  }
}
