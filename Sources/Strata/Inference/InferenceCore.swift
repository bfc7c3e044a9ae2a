/// Takes images through a network at test time, a few at a time, on one thread.
///
/// `@unchecked Sendable`: a core is handed to one thread at a time.
final class InferenceCore: @unchecked Sendable {
  /// Rows of a large set that are taken through the network together.
  static let blockRows = 100

  /// The most rows that fit.
  let capacity: Int
  /// The pixels of each row that the next pass starts from, shape [capacity + lookahead].
  let pixels: PixelPointers
  private let network: InferenceNetwork
  private let kernels: KernelSet
  /// Rows that the processor fetches ahead.
  private let lookahead: Int
  /// A few rows of a block of inputs, standardized.
  private let tile: MatrixView
  /// Memory for some rows of a block of a layer's inputs, rounded.
  private let rounded: UnsafeMutablePointer<Float>
  private let outputs: [MatrixView]
  private let labels: UnsafeMutablePointer<Int32>
  private let outcome: ArenaBlock<RowOutcome>
  private let block: FlatBlock

  init(_ network: InferenceNetwork, capacity: Int) {
    self.network = network
    self.capacity = capacity
    kernels = network.kernels
    let sizes = Sizes(
      network.architecture, capacity: capacity, isRounded: network.isRounded, kernels: kernels)
    block = FlatBlock(count: sizes.all)
    var next = block.base
    func take(_ count: Int) -> UnsafeMutablePointer<Float> {
      defer { next += count }
      return next
    }
    tile = MatrixView(
      take(sizes.tile), rows: sizes.tileRows, columns: sizes.tileColumns)
    rounded = take(sizes.rounded)
    outputs = zip(sizes.widths, sizes.outputs).map { width, size in
      MatrixView(take(size), rows: capacity, columns: width)
    }
    labels = .allocate(capacity: capacity)
    outcome = ArenaBlock { RowOutcome(capacity: capacity, in: &$0) }
    lookahead = kernels.transposedTileRows
    pixels = .allocate(capacity: capacity + lookahead)
  }

  /// The numbers that each part of a core takes.
  private struct Sizes {
    let tileRows, tileColumns: Int
    let widths: [Int]
    let tile, rounded: Int
    let outputs: [Int]

    init(_ architecture: Architecture, capacity: Int, isRounded: Bool, kernels: KernelSet) {
      widths = (1...architecture.depth).map { architecture.width(of: $0) }
      tileRows = min(
        capacity,
        kernels.tileRows(
          depth: architecture.inputs, units: architecture.width(of: 1), all: capacity))
      tileColumns = min(paddedWidth(architecture.inputs), KernelSet.largestDepth)
      tile = tileRows * paddedStride(tileColumns)
      rounded = isRounded ? capacity * paddedStride(KernelSet.largestDepth / 2) : 0
      outputs = widths.map { capacity * paddedStride($0) }
    }

    var all: Int { tile + rounded + outputs.reduce(0, +) }
  }

  /// Bytes that a core for up to `capacity` rows takes.
  static func byteCount(
    _ architecture: Architecture, capacity: Int, isRounded: Bool, kernels: KernelSet
  ) -> Int {
    let sizes = Sizes(architecture, capacity: capacity, isRounded: isRounded, kernels: kernels)
    return sizes.all * MemoryLayout<Float>.size
      + Arena.byteCount { RowOutcome(capacity: capacity, in: &$0) }
      + capacity * (MemoryLayout<Int32>.size + MemoryLayout<UnsafePointer<UInt8>?>.size)
  }

  deinit {
    pixels.deallocate()
    labels.deallocate()
  }

  /// Fetches rows, takes them through the network and hands out loss and prediction of each.
  func classify(
    rows: Range<Int>, of source: BatchSource,
    _ receive: (_ row: Int, _ loss: Double, _ prediction: Int) -> Void
  ) {
    for (index, row) in rows.enumerated() {
      pixels[index] = source.pixels(row)
      labels[index] = source.label(row)
    }
    let logits = computeLogits(rows: rows.count, scaling: source.scaling.view)
    applySoftmax(to: logits, labels: labels)
    for (index, row) in rows.enumerated() {
      receive(row, outcome.layout.loss(index), Int(outcome.layout.predictions[index]))
    }
  }

  /// Takes some of many images through the network and writes the probabilities of each.
  ///
  /// - Parameters:
  ///   - images: The pixels of all images, shape [n, d].
  ///   - rows: At most `capacity` of them.
  ///   - target: The probabilities of all images, shape [n, K].
  func computeProbabilities(
    of images: UnsafePointer<UInt8>, rows: Range<Int>, scaling: InputScaling.View,
    into target: UnsafeMutablePointer<Float>
  ) {
    for (index, row) in rows.enumerated() { pixels[index] = images + row * scaling.count }
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
      logits, classes: network.architecture.classes, labels: labels, outcome.layout)
  }

  /// Takes the rows of the first `rows` pointers in `pixels` through the network, to their logits.
  func computeLogits(rows: Int, scaling: InputScaling.View) -> MatrixView {
    for index in 0..<lookahead { pixels[rows + index] = pixels[0] }
    for range in (0..<rows).split(into: tile.rows) {
      for columns in kernels.depthBlocks(of: 0..<paddedWidth(network.architecture.inputs)) {
        addProducts(
          of: standardized(range, columns, scaling), layer: 0, columns: columns,
          into: outputs[0].rows(range))
      }
    }
    return finishLogits(rows: rows)
  }

  /// Takes standardized inputs through the network, to their logits.
  ///
  /// - Parameter inputs: Shape [n, d].
  func computeLogits(of inputs: MatrixView) -> MatrixView {
    multiply(inputs, layer: 0, into: outputs[0].withRows(inputs.rows))
    return finishLogits(rows: inputs.rows)
  }

  /// Takes the first layer's products through the network.
  private func finishLogits(rows: Int) -> MatrixView {
    for (layer, parameters) in network.layers.enumerated() {
      let output = outputs[layer].withRows(rows)
      if layer > 0 { multiply(outputs[layer - 1].withRows(rows), layer: layer, into: output) }
      kernels.addBias(parameters.bias, toSumOf: 1, output.base, distance: 0, into: output)
      finish(output, layer: layer)
    }
    return outputs[network.architecture.depth - 1].withRows(rows)
  }

  /// Some columns of some rows, as a factor of the first layer's products.
  private func standardized(
    _ rows: Range<Int>, _ columns: Range<Int>, _ scaling: InputScaling.View
  ) -> MatrixView {
    let start = pixels + rows.lowerBound
    if case .rounded(_, let pairs) = network.layers[0].weights {
      let target = MatrixView(rounded, rows: rows.count, columns: columns.count / 2)
      scaling.write(
        .neighbours, rows: rows.count, start, next: start + lookahead, columns: columns,
        to: target, kernels: pairs)
      return target
    }
    scaling.write(
      rows: rows.count, start, next: start + lookahead, columns: columns, to: tile,
      kernels: kernels)
    return tile.withRows(rows.count).columns(0..<columns.count)
  }

  /// s = W x.
  private func multiply(_ inputs: MatrixView, layer: Int, into products: MatrixView) {
    let weights = network.layers[layer].weights
    if case .transposed(let transposed) = weights {
      return kernels.gemm(inputs, transposed, into: products)
    }
    for columns in kernels.depthBlocks(of: 0..<inputs.columns) {
      var factor = inputs.columns(columns)
      if case .rounded(_, let pairs) = weights { factor = pairs.neighbours(factor, in: rounded) }
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
