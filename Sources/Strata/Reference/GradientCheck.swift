/// Two gradients of the same cost, compared tensor by tensor.
package struct GradientComparison: Sendable, Hashable {
  /// The floor of the denominator in |a − g| / max(eps, |a| + |g|).
  package let epsilon: Double
  /// The largest relative error that passes.
  package let bound: Double
  /// Every tensor, in the order of the layers: W, b, γ, β.
  package let tensors: [TensorComparison]
  /// For each tensor the relative error that rounding to `Float` excuses; 0 in `Double`.
  package let allowances: [Double]

  /// The largest relative error of a tensor that passes.
  package func bound(of index: Int) -> Double { max(bound, allowances[index]) }

  /// Whether a tensor stays within its bound.
  package func passes(_ index: Int) -> Bool {
    tensors[index].isWithin(bound(of: index), epsilon: epsilon)
  }

  /// The positions of the tensors that exceed their bounds.
  package var failures: [Int] { tensors.indices.filter { !passes($0) } }
}

/// Proves the gradient of a network on one batch.
///
/// First the reference's analytic gradient against central differences of its cost, then any other
/// gradient, such as the production path's, against the reference's. Both start from the same
/// `Float` numbers; only the reference continues in `Double`.
package struct GradientCheck: Sendable {
  /// Computes a flat gradient of layout `Network.layout` from a network, rows of inputs, labels, λ.
  package typealias FlatGradient = (Network, [Float], [UInt16], Double) throws -> FloatVector

  private let network: Network
  private let inputs: [Float]
  private let labels: [UInt16]
  private let lambda: Double
  private let dropout: Dropout?
  private let reference: ReferenceNetwork
  private let columns: Matrix
  private let analytic: [LayerParameters]

  /// Computes the analytic gradient of a batch.
  ///
  /// - Parameters:
  ///   - inputs: One sample after another, shape [n, d].
  ///   - dropout: The hidden activations that are left out of every pass.
  /// - Precondition: one label a sample, each below the number of classes.
  package init(
    _ network: Network, inputs: [Float], labels: [UInt16], lambda: Double,
    dropout: Dropout? = nil
  ) {
    precondition(inputs.count == labels.count * network.architecture.inputs)
    precondition(labels.allSatisfy { $0 < network.architecture.classes })
    self.network = network
    self.inputs = inputs
    self.labels = labels
    self.lambda = lambda
    self.dropout = dropout
    reference = ReferenceNetwork(network)
    columns = Matrix(columnsFrom: inputs, length: network.architecture.inputs)
    analytic = reference.gradient(
      reference.trainingPass(columns, dropout: dropout), labels: labels, lambda: lambda)
  }

  /// The analytic gradient against (J(θ + h e) − J(θ − h e)) / 2h, for every single parameter.
  ///
  /// How large h and eps should be:
  ///
  /// - The differences carry no rounding error of the cost (see `CostPerturbation`), so h may be
  ///   small, and it should be. Where the variance of a unit is near 0, the third derivative of
  ///   the normalization is 3/ε times the first, so the truncation error is up to (h δ)² / 2ε of
  ///   the gradient, δ being how far s moves for a step of 1; a unit like that before this one
  ///   makes δ as large as 1/√ε = 316. For that to stay below 1e-7, h has to be near 1e-9.
  /// - The rounding of the analytic gradient itself remains, about 1e-16/√ε, or 1e-13, for
  ///   sums of terms that cancel. With eps = 1e-5 a bound of 1e-6 asks for 1e-11 of those.
  package func againstDifferences(
    step h: Double, epsilon: Double, bound: Double
  ) -> GradientComparison {
    let cost = CostPerturbation(
      reference, columns, labels: labels, lambda: lambda, dropout: dropout)
    return compare(analytic, epsilon: epsilon, bound: bound) { tensor in
      self.analytic[tensor.layer][tensor.kind].indices.map { index -> Double? in
        let up = cost.change(layer: tensor.layer, kind: tensor.kind, index: index, by: h)
        let down = cost.change(layer: tensor.layer, kind: tensor.kind, index: index, by: -h)
        return up.crossesKink || down.crossesKink ? nil : (up.value - down.value) / (2 * h)
      }
    }
  }

  /// Another gradient of the same batch, computed in `Float`, against the analytic one.
  ///
  /// Where a batch is badly conditioned, as two rows that a unit hardly tells apart, no computation
  /// in `Float` comes near the exact gradient. How far off rounding alone may be is therefore
  /// measured (see `RoundingSensitivity`), and where it is more than `bound` it is the bound.
  package func comparing(
    epsilon: Double, bound: Double, _ gradient: FlatGradient
  ) rethrows -> GradientComparison {
    let flat = try gradient(network, inputs, labels, lambda)
    let other = [LayerParameters](flat, layout: network.layout)
    let sensitivity = RoundingSensitivity(
      network, inputs: inputs, labels: labels, lambda: lambda, dropout: dropout)
    return compare(
      other, epsilon: epsilon, bound: bound,
      allowances: sensitivity.relativeErrors(from: analytic, epsilon: epsilon)
    ) { tensor in
      self.analytic[tensor.layer][tensor.kind]
    }
  }

  private func compare(
    _ checked: [LayerParameters], epsilon: Double, bound: Double, allowances: [Double]? = nil,
    with expected: (ParameterTensor) -> [Double?]
  ) -> GradientComparison {
    let tensors = network.layout.tensors.map { tensor in
      TensorComparison(
        layer: tensor.layer, kind: tensor.kind, isZero: isZero(tensor),
        checked: checked[tensor.layer][tensor.kind], expected: expected(tensor), epsilon: epsilon)
    }
    return GradientComparison(
      epsilon: epsilon, bound: bound, tensors: tensors,
      allowances: allowances ?? tensors.map { _ in 0 })
  }

  /// Whether a gradient is always zero: a bias that the batch's mean cancels.
  private func isZero(_ tensor: ParameterTensor) -> Bool {
    tensor.kind == .bias
      && network.architecture.operations(of: tensor.layer).prefix(2) == [.linear, .normalization]
  }
}
