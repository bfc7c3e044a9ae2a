extension ReferenceNetwork {
  /// One step of gradient descent on a batch, θ ← θ − η ∂J/∂θ, and of the running statistics.
  ///
  /// - Parameter inputs: One sample a column, shape [d, n].
  /// - Returns: The cost before the step.
  @discardableResult
  package mutating func step(
    _ inputs: Matrix, labels: [UInt8], lambda: Double, rate η: Double
  ) -> Double {
    let pass = trainingPass(inputs)
    let gradients = gradient(pass, labels: labels, lambda: lambda)
    let cost = crossEntropy(pass.logits, labels: labels) + penalty(lambda: lambda)
    for index in layers.indices {
      for kind in ParameterKind.allCases {
        layers[index][kind] = zip(layers[index][kind], gradients[index][kind]).map { $0 - η * $1 }
      }
    }
    statistics.update(with: pass, decay: Double(architecture.statisticsDecay))
    return cost
  }
}
