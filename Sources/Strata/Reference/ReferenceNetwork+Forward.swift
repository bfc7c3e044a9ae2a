/// What an operation did with a batch.
package struct OperationPass: Sendable, Equatable {
  /// The operation.
  package let operation: LayerOperation
  /// What it received, shape [units, n]; of the linear map x, shape [in, n].
  package let input: Matrix
  /// What it gave, shape [units, n].
  package let output: Matrix
  /// The normalized batch; `nil` for other operations, and at test time.
  package let normalization: NormalizedBatch?
  /// What dropout multiplied by, shape [units, n]; `nil` for other operations and without dropout.
  package let mask: Matrix?
}

/// What a layer did with a batch.
package struct LayerPass: Sendable, Equatable {
  /// One pass an operation, in order.
  package let operations: [OperationPass]

  /// x, shape [in, n].
  package var input: Matrix { operations[0].input }
  /// The input of the next layer or, of the last, the logits; shape [units, n].
  package var output: Matrix { operations[operations.count - 1].output }
  /// The normalized batch; `nil` without batch normalization, and at test time.
  package var normalization: NormalizedBatch? { operations.lazy.compactMap(\.normalization).first }

  /// The activation; `nil` in the last layer.
  package var activation: OperationPass? {
    operations.first { if case .activation = $0.operation { true } else { false } }
  }
}

/// The values of a forward pass.
package struct ReferencePass: Sendable, Equatable {
  /// Every layer.
  package let layers: [LayerPass]

  /// Every layer but the last.
  package var hidden: ArraySlice<LayerPass> { layers.dropLast() }
  /// s of the last layer, shape [K, n].
  package var logits: Matrix { layers[layers.count - 1].output }
}

extension ReferenceNetwork {
  /// The training pass: every batch normalization uses the mean and variance of this batch.
  ///
  /// - Parameters:
  ///   - inputs: One sample a column, shape [d, n].
  ///   - dropout: The dropout of the hidden layers' outputs.
  package func trainingPass(_ inputs: Matrix, dropout: Dropout? = nil) -> ReferencePass {
    pass(inputs, dropout: dropout, isTraining: true)
  }

  /// The pass at test time, where the running statistics stand for those of the batch.
  ///
  /// - Parameter inputs: One sample a column, shape [d, n].
  package func testPass(_ inputs: Matrix) -> ReferencePass {
    pass(inputs, dropout: nil, isTraining: false)
  }

  /// The logits of the pass at test time.
  package func testLogits(_ inputs: Matrix) -> Matrix { testPass(inputs).logits }

  /// The operations of every layer, one after the other.
  private func pass(_ inputs: Matrix, dropout: Dropout?, isTraining: Bool) -> ReferencePass {
    var x = inputs
    return ReferencePass(
      layers: layers.indices.map { layer in
        LayerPass(
          operations: architecture.operations(of: layer).map { operation in
            let pass = pass(operation, x, layer: layer, dropout, isTraining: isTraining)
            x = pass.output
            return pass
          })
      })
  }

  /// One operation of a layer.
  private func pass(
    _ operation: LayerOperation, _ x: Matrix, layer index: Int, _ dropout: Dropout?,
    isTraining: Bool
  ) -> OperationPass {
    let layer = layers[index]
    var batch: NormalizedBatch?
    var mask: Matrix?
    let output: Matrix
    switch operation {
    case .linear:
      output = (layer.weight * x).adding(layer.bias)
    case .normalization:
      batch = isTraining ? NormalizedBatch(x, epsilon: epsilon) : nil
      output = (batch?.values ?? testNormalized(x, layer: index))
        .mapRows { row, value in layer.scale[row] * value + layer.shift[row] }
    case .activation(let f):
      output = x.mapRows { _, z in f.value(z) }
    case .dropout:
      mask = dropout?.mask(layer: index, units: x.rows, rows: x.columns)
      output = mask.map(x.hadamard) ?? x
    }
    return OperationPass(
      operation: operation, input: x, output: output, normalization: batch, mask: mask)
  }

  /// (s − μ_av) / √(v_av + ε).
  private func testNormalized(_ s: Matrix, layer: Int) -> Matrix {
    let (mean, variance) = (statistics.means[layer], statistics.variances[layer])
    return s.mapRows { row, value in (value - mean[row]) / (variance[row] + epsilon).squareRoot() }
  }
}
