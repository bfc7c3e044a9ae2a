/// What one layer computes on the way forward and back.
///
/// Trivial to copy: threads that share a layer would otherwise count references to the same memory.
struct LayerBuffers {
  /// What a row passes through; `nil` after the last.
  let operations: InlineArray<4, LayerOperation?>
  /// The result of each operation, shape [n, m].
  ///
  /// ReLU and dropout write over what they read: the way back needs no more than their result.
  let values: InlineArray<4, MatrixView>
  /// What the next layer reads; for the last layer the probabilities.
  let output: MatrixView
  /// ∂J/∂output, and after the layer's own backward pass ∂J/∂s.
  let gradient: MatrixView
  /// μ and v of the batch.
  let moments: ColumnMoments
  /// Wᵀ, where the way forward is faster with it; without rows elsewhere.
  let transposedWeight: MatrixView

  /// Lays out the memory of a layer for batches of up to `capacity` rows.
  init(_ architecture: Architecture, layer: Int, capacity: Int, in arena: inout Arena) {
    let (inputs, width) = (architecture.width(of: layer), architecture.width(of: layer + 1))
    var value = arena.matrix(rows: capacity, columns: width)
    var operations = InlineArray<4, LayerOperation?>(repeating: nil)
    var values = InlineArray<4, MatrixView>(repeating: value)
    for (index, operation) in architecture.operations(of: layer).enumerated() {
      if index > 0, !operation.isInPlace { value = arena.matrix(rows: capacity, columns: width) }
      operations[index] = operation
      values[index] = value
    }
    self.operations = operations
    self.values = values
    output = value
    gradient = arena.matrix(rows: capacity, columns: width)
    moments = ColumnMoments(
      mean: arena.take(paddedStride(width), of: Double.self),
      variance: arena.take(paddedStride(width), of: Double.self),
      epsilon: architecture.normalizationEpsilon)
    let isTransposed = KernelSet.prefersTransposedWeights(inputs: inputs, units: width)
    transposedWeight = arena.matrix(rows: isTransposed ? inputs : 0, columns: width)
  }

  /// Whether ReLU follows an operation, which normalization then applies itself.
  func isRectified(after index: Int) -> Bool { operations[index + 1] == .activation(.relu) }

  /// Whether normalization comes right before an operation.
  func isNormalized(before index: Int) -> Bool { operations[index - 1] == .normalization }

  /// Whether a unit's bias changes nothing, since the mean of the batch takes it away.
  var ignoresBias: Bool { operations[1] == .normalization }
}

extension LayerOperation {
  /// Whether the result takes the place of what was read.
  fileprivate var isInPlace: Bool { self == .activation(.relu) || self == .dropout }
}
