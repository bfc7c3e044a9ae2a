extension ReferenceNetwork {
  /// ∂J/∂θ of every parameter, from the last layer to the first.
  ///
  /// G is ∂J/∂(whatever the pass has come back to), one sample a column:
  ///
  ///     (1)  G = (P − Y) / n                   ∂J/∂s of the last layer, Y one-hot
  ///     (2)  ∂J/∂W = G xᵀ + 2 λ W
  ///     (3)  ∂J/∂b = G 1
  ///     (4)  G ← Wᵀ G                          ∂J/∂(output of the layer before)
  ///     (5)  G ← G ⊙ [z > 0]                   through the ReLU
  ///     (6)  ∂J/∂γ = (G ⊙ ŝ) 1,  ∂J/∂β = G 1
  ///     (7)  G ← γ ⊙ G                         ∂J/∂ŝ
  ///     (8)  G ← BN'(G)                        `NormalizedBatch.gradient`
  ///
  /// then (2) to (8) again for each hidden layer; (5) and (6)–(8) trade places where the batch is
  /// normalized after the ReLU. Where dropout multiplied the layer's result by a mask m, G ← m ⊙ G
  /// comes before both.
  package func gradient(
    _ pass: ReferencePass, labels: [UInt16], lambda: Double
  ) -> [LayerParameters] {
    var gradients = layers
    var g = logitGradient(pass.logits, labels: labels)  // (1)
    let inputs = pass.hidden.map(\.input) + [pass.lastInput]
    for index in layers.indices.reversed() {
      if index < pass.hidden.count {
        backThroughHidden(index, pass.hidden[index], &g, into: &gradients[index])  // (5)–(8)
      }
      gradients[index].weight = weightGradient(index, g, input: inputs[index], lambda: lambda)
      gradients[index].bias = g.rowSums  // (3)
      if index > 0 { g = layers[index].weight.transposed * g }  // (4)
    }
    return gradients
  }

  /// (1) G = (P − Y) / n.
  private func logitGradient(_ logits: Matrix, labels: [UInt16]) -> Matrix {
    var g = softmax(logits)
    for (column, label) in labels.enumerated() { g[Int(label), column] -= 1 }
    return g.mapRows { _, value in value / Double(logits.columns) }
  }

  /// (2) ∂J/∂W = G xᵀ + 2 λ W.
  private func weightGradient(
    _ index: Int, _ g: Matrix, input x: Matrix, lambda: Double
  ) -> Matrix {
    var gradient = g * x.transposed
    for (position, weight) in layers[index].weight.elements.enumerated() {
      gradient.elements[position] += 2 * lambda * weight
    }
    return gradient
  }

  /// (5) to (8), in the order of the placement, from the layer's output to its s.
  private func backThroughHidden(
    _ index: Int, _ layer: HiddenActivations, _ g: inout Matrix,
    into gradient: inout LayerParameters
  ) {
    if let mask = layer.mask { g = mask.hadamard(g) }
    switch architecture.batchNormalization {
    case .none:
      backThroughRelu(layer, &g)
    case .before:
      backThroughRelu(layer, &g)
      backThroughNormalization(index, layer, &g, into: &gradient)
    case .after:
      backThroughNormalization(index, layer, &g, into: &gradient)
      backThroughRelu(layer, &g)
    }
  }

  /// (5) G ← G ⊙ [z > 0].
  private func backThroughRelu(_ layer: HiddenActivations, _ g: inout Matrix) {
    g = g.hadamard(layer.reluInput.mapRows { _, z in z > 0 ? 1 : 0 })
  }

  /// (6), (7) and (8).
  private func backThroughNormalization(
    _ index: Int, _ layer: HiddenActivations, _ g: inout Matrix,
    into gradient: inout LayerParameters
  ) {
    guard let batch = layer.normalization else { return }
    gradient.scale = g.hadamard(batch.values).rowSums  // (6)
    gradient.shift = g.rowSums
    let scale = layers[index].scale
    g = batch.gradient(g.mapRows { row, value in scale[row] * value })  // (7), (8)
  }
}
