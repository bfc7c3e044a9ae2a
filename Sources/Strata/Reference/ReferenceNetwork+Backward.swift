extension ReferenceNetwork {
  /// ∂J/∂θ of every parameter, from the last operation to the first.
  ///
  /// G is ∂J/∂(the current quantity of the backward pass), one sample a column:
  ///
  ///     start          G = (P − Y) / n                    ∂J/∂s of the last layer, Y one-hot
  ///     linear         ∂J/∂W = G xᵀ + 2 λ W,  ∂J/∂b = G 1,  G ← Wᵀ G
  ///     normalization  ∂J/∂γ = (G ⊙ ŝ) 1,  ∂J/∂β = G 1,  G ← BN'(γ ⊙ G)
  ///     activation     G ← G ⊙ f′(z)
  ///     dropout        G ← m ⊙ G
  package func gradient(
    _ pass: ReferencePass, labels: [UInt16], lambda: Double
  ) -> [LayerParameters] {
    var gradients = layers
    var g = logitGradient(pass.logits, labels: labels)
    for index in layers.indices.reversed() {
      for operation in pass.layers[index].operations.reversed() {
        back(through: operation, layer: index, lambda: lambda, &g, into: &gradients[index])
      }
    }
    return gradients
  }

  /// G = (P − Y) / n.
  private func logitGradient(_ logits: Matrix, labels: [UInt16]) -> Matrix {
    var g = softmax(logits)
    for (column, label) in labels.enumerated() { g[Int(label), column] -= 1 }
    return g.mapRows { _, value in value / Double(logits.columns) }
  }

  /// From ∂J/∂(what an operation gave) to ∂J/∂(what it received) and ∂J/∂(its parameters).
  private func back(
    through pass: OperationPass, layer index: Int, lambda: Double, _ g: inout Matrix,
    into gradient: inout LayerParameters
  ) {
    let layer = layers[index]
    switch pass.operation {
    case .linear:
      gradient.weight = g * pass.input.transposed
      for (position, weight) in layer.weight.elements.enumerated() {
        gradient.weight.elements[position] += 2 * lambda * weight
      }
      gradient.bias = g.rowSums
      if index > 0 { g = layer.weight.transposed * g }
    case .normalization:
      guard let batch = pass.normalization else { return }
      gradient.scale = g.hadamard(batch.values).rowSums
      gradient.shift = g.rowSums
      g = batch.gradient(g.mapRows { row, value in layer.scale[row] * value })
    case .activation(let f):
      g = g.hadamard(pass.input.mapRows { _, z in f.slope(z) })
    case .dropout:
      if let mask = pass.mask { g = mask.hadamard(g) }
    }
  }
}
