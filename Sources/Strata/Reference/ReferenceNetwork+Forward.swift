/// What a hidden layer computed for a batch.
package struct HiddenActivations: Sendable, Equatable {
  /// x, shape [in, n].
  package let input: Matrix
  /// What the ReLU received, shape [out, n].
  package let reluInput: Matrix
  /// The normalized batch; `nil` without batch normalization, and at test time.
  package let normalization: NormalizedBatch?
  /// What dropout multiplied the layer's result by, shape [out, n]; `nil` without dropout.
  package let mask: Matrix?
  /// The input of the next layer, shape [out, n].
  package let output: Matrix
}

/// What a forward pass computed.
package struct ReferencePass: Sendable, Equatable {
  /// Each hidden layer.
  package let hidden: [HiddenActivations]
  /// The input of the last layer, shape [in, n].
  package let lastInput: Matrix
  /// s of the last layer, shape [K, n].
  package let logits: Matrix
}

/// max(0, z); a NaN stays one.
func relu(_ z: Matrix) -> Matrix {
  z.mapRows { _, value in value < 0 ? 0 : value }
}

extension ReferenceNetwork {
  /// The training pass: every batch normalization uses the mean and variance of this batch.
  ///
  /// - Parameters:
  ///   - inputs: One sample a column, shape [d, n].
  ///   - dropout: What is left out of the hidden layers' outputs.
  package func trainingPass(_ inputs: Matrix, dropout: Dropout? = nil) -> ReferencePass {
    var hidden: [HiddenActivations] = []
    var x = inputs
    for (index, layer) in layers.dropLast().enumerated() {
      let mask = dropout?.mask(layer: index, units: layer.bias.count, rows: inputs.columns)
      let activations = activations(of: layer, input: x, mask: mask)
      x = activations.output
      hidden.append(activations)
    }
    return ReferencePass(hidden: hidden, lastInput: x, logits: linear(layers[hidden.count], x))
  }

  /// The pass at test time, where the running statistics stand for those of the batch.
  ///
  /// - Parameter inputs: One sample a column, shape [d, n].
  package func testPass(_ inputs: Matrix) -> ReferencePass {
    var hidden: [HiddenActivations] = []
    var x = inputs
    for (index, layer) in layers.dropLast().enumerated() {
      let activations = testActivations(of: layer, index, input: x)
      x = activations.output
      hidden.append(activations)
    }
    return ReferencePass(hidden: hidden, lastInput: x, logits: linear(layers[hidden.count], x))
  }

  /// The logits of the pass at test time.
  package func testLogits(_ inputs: Matrix) -> Matrix { testPass(inputs).logits }

  /// s = W x + b.
  private func linear(_ layer: LayerParameters, _ x: Matrix) -> Matrix {
    (layer.weight * x).adding(layer.bias)
  }

  /// s̃ = γ ⊙ ŝ + β.
  private func scaledAndShifted(_ normalized: Matrix, _ layer: LayerParameters) -> Matrix {
    normalized.mapRows { row, value in layer.scale[row] * value + layer.shift[row] }
  }

  /// One hidden layer: ReLU(s), ReLU(BN(s)) or BN(ReLU(s)), then m ⊙ that.
  private func activations(
    of layer: LayerParameters, input x: Matrix, mask: Matrix?
  ) -> HiddenActivations {
    func kept(_ output: Matrix) -> Matrix { mask.map(output.hadamard) ?? output }
    let s = linear(layer, x)
    switch architecture.batchNormalization {
    case .none:
      return HiddenActivations(
        input: x, reluInput: s, normalization: nil, mask: mask, output: kept(relu(s)))
    case .before:
      let batch = NormalizedBatch(s, epsilon: epsilon)
      let z = scaledAndShifted(batch.values, layer)
      return HiddenActivations(
        input: x, reluInput: z, normalization: batch, mask: mask, output: kept(relu(z)))
    case .after:
      let batch = NormalizedBatch(relu(s), epsilon: epsilon)
      return HiddenActivations(
        input: x, reluInput: s, normalization: batch, mask: mask,
        output: kept(scaledAndShifted(batch.values, layer)))
    }
  }

  /// One hidden layer at test time.
  private func testActivations(
    of layer: LayerParameters, _ index: Int, input x: Matrix
  ) -> HiddenActivations {
    let s = linear(layer, x)
    let isBefore = architecture.batchNormalization == .before
    let z = isBefore ? testNormalized(s, layer: index) : s
    let isAfter = architecture.batchNormalization == .after
    let output = isAfter ? testNormalized(relu(z), layer: index) : relu(z)
    return HiddenActivations(input: x, reluInput: z, normalization: nil, mask: nil, output: output)
  }

  /// γ ⊙ (s − μ_av) / √(v_av + ε) + β.
  private func testNormalized(_ s: Matrix, layer index: Int) -> Matrix {
    let mean = statistics.means[index]
    let variance = statistics.variances[index]
    let normalized = s.mapRows { row, value in
      (value - mean[row]) / (variance[row] + epsilon).squareRoot()
    }
    return scaledAndShifted(normalized, layers[index])
  }
}
