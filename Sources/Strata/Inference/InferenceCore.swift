/// Takes rows through a network at test time, a few at a time, on one thread.
///
/// `@unchecked Sendable`: a core is handed to one thread at a time.
final class InferenceCore: @unchecked Sendable {
  /// Rows of a large set that are taken through the network together.
  static let blockRows = 100

  private let network: InferenceNetwork
  private let kernels: KernelSet
  private let block: ArenaBlock<InferenceBuffers>

  /// Allocates the memory for up to `capacity` rows.
  init(_ network: InferenceNetwork, capacity: Int) {
    self.network = network
    kernels = network.kernels
    block = ArenaBlock {
      InferenceBuffers(
        network.architecture, capacity: capacity, isRounded: network.isRounded,
        kernels: network.kernels, in: &$0)
    }
  }

  private var buffers: InferenceBuffers { block.layout }

  /// Takes rows through the network and hands out loss and prediction of each.
  func classify(
    rows: Range<Int>, of source: BatchSource,
    _ receive: (_ row: Int, _ loss: Double, _ prediction: Int) -> Void
  ) {
    for (index, row) in rows.enumerated() { buffers.labels[index] = source.label(row) }
    applySoftmax(to: computeLogits(rows: rows, of: source), labels: buffers.labels)
    for (index, row) in rows.enumerated() {
      receive(row, buffers.outcome.loss(index), Int(buffers.outcome.predictions[index]))
    }
  }

  /// Takes rows through the network, to their logits.
  func computeLogits(rows: Range<Int>, of source: BatchSource) -> MatrixView {
    for (index, row) in rows.enumerated() { buffers.addresses[index] = source.address(row) }
    return computeLogits(rows: rows.count, scaling: source.scaling.view)
  }

  /// Takes some of many rows through the network and writes the probabilities of each.
  ///
  /// - Parameters:
  ///   - rows: At most `capacity` of them.
  ///   - target: The probabilities of all rows, shape [n, K].
  ///   - address: Where a row begins.
  func computeProbabilities(
    rows: Range<Int>, scaling: InputScaling.View, into target: UnsafeMutablePointer<Float>,
    address: (_ row: Int) -> UnsafeRawPointer
  ) {
    for (index, row) in rows.enumerated() { buffers.addresses[index] = address(row) }
    let result = computeLogits(rows: rows.count, scaling: scaling)
    applySoftmax(to: result)
    let classes = network.architecture.classes
    for (index, row) in rows.enumerated() {
      (target + row * classes).initialize(from: result.base + index * result.stride, count: classes)
    }
  }

  /// Puts p = softmax(s) in the place of each row s.
  private func applySoftmax(to logits: MatrixView, labels: UnsafePointer<Int32>? = nil) {
    kernels.softmax(
      logits, classes: network.architecture.classes, labels: labels, buffers.outcome)
  }

  /// Takes the rows of the first `rows` buffers.addresses through the network, to their logits.
  private func computeLogits(rows: Int, scaling: InputScaling.View) -> MatrixView {
    for index in 0..<buffers.lookahead { buffers.addresses[rows + index] = buffers.addresses[0] }
    for range in (0..<rows).split(into: buffers.tile.rows) {
      for columns in kernels.depthBlocks(of: 0..<paddedWidth(network.architecture.inputs)) {
        addProducts(
          of: standardized(range, columns, scaling), layer: 0, columns: columns,
          into: buffers.outputs[0].rows(range))
      }
    }
    return finishLogits(rows: rows)
  }

  /// Takes the first layer's products through the network.
  private func finishLogits(rows: Int) -> MatrixView {
    for (layer, parameters) in network.layers.enumerated() {
      let output = buffers.outputs[layer].withRows(rows)
      if layer > 0 {
        multiply(buffers.outputs[layer - 1].withRows(rows), layer: layer, into: output)
      }
      kernels.addBias(parameters.bias, toSumOf: 1, output.base, distance: 0, into: output)
      finish(output, layer: layer)
    }
    return buffers.outputs[network.architecture.depth - 1].withRows(rows)
  }

  /// Some columns of some rows, as a factor of the first layer's products.
  private func standardized(
    _ rows: Range<Int>, _ columns: Range<Int>, _ scaling: InputScaling.View
  ) -> MatrixView {
    let start = buffers.addresses + rows.lowerBound
    if case .rounded(_, let pairs) = network.layers[0].weights {
      let target = MatrixView(buffers.rounded, rows: rows.count, columns: columns.count / 2)
      scaling.write(
        .neighbours, rows: rows.count, start, next: start + buffers.lookahead, columns: columns,
        to: target, kernels: pairs)
      return target
    }
    scaling.write(
      rows: rows.count, start, next: start + buffers.lookahead, columns: columns, to: buffers.tile,
      kernels: kernels)
    return buffers.tile.withRows(rows.count).columns(0..<columns.count)
  }

  /// s = W x.
  private func multiply(_ inputs: MatrixView, layer: Int, into products: MatrixView) {
    let weights = network.layers[layer].weights
    if case .transposed(let transposed) = weights {
      return kernels.gemm(inputs, transposed, into: products)
    }
    for columns in kernels.depthBlocks(of: 0..<inputs.columns) {
      var factor = inputs.columns(columns)
      if case .rounded(_, let pairs) = weights {
        factor = pairs.neighbours(factor, in: buffers.rounded)
      }
      addProducts(of: factor, layer: layer, columns: columns, into: products)
    }
  }

  /// The share of some inputs in s = W x; the first come first.
  ///
  /// - Parameter factor: The numbers, or pairs of them where the weights are pairs.
  private func addProducts(
    of factor: MatrixView, layer: Int, columns: Range<Int>, into products: MatrixView
  ) {
    let accumulates = columns.lowerBound > 0
    switch network.layers[layer].weights {
    case .rows(let weights):
      kernels.gemm(
        factor, transposed: weights.columns(columns), into: products, accumulating: accumulates)
    case .rounded(let weights, let pairs):
      let half = columns.lowerBound / 2..<columns.upperBound / 2
      pairs.gemm(
        factor, transposed: weights.columns(half), into: products, accumulating: accumulates)
    case .transposed: preconditionFailure("transposed weights are read whole")
    }
  }

  /// The operations of a layer after its products, in place.
  private func finish(_ output: MatrixView, layer: Int) {
    let operations = network.operations[layer]
    for (index, operation) in operations.enumerated() {
      switch operation {
      case .linear, .dropout: break
      case .normalization:
        guard let (scale, shift) = network.layers[layer].normalization else { break }
        let isRectified =
          index + 1 < operations.count && operations[index + 1] == .activation(.relu)
        kernels.scaleAndShift(output, by: scale, shift, rectifies: isRectified)
      case .activation(.relu) where operations[index - 1] == .normalization: break
      case .activation(let activation): kernels.activate(activation, output, into: output)
      }
    }
  }
}
