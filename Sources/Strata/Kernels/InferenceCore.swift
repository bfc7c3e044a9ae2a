internal import CStrataKernels

/// The network at test time: a layer's normalization is a fixed scale and shift.
///
/// y = γ (s − μ_av)/√(v_av + ε) + β = s · scale + shift. One core serves one thread.
///
/// `@unchecked Sendable`: a core is handed to one thread at a time.
final class InferenceCore: @unchecked Sendable {
  /// Rows of a large set that are taken through the network together.
  static let blockRows = 100

  /// The most rows that fit.
  let capacity: Int
  /// The pixels of each row that the next pass starts from, shape [capacity + lookahead].
  let pixels: PixelPointers
  private let network: Network
  private let kernels: KernelSet
  /// Rows that the processor fetches ahead.
  private let lookahead: Int
  /// A few rows of a block of inputs, standardized.
  private let tile: MatrixView
  private let outputs: [MatrixView]
  /// Wᵀ of the layers after the first where the products are faster with it; else without rows.
  private let transposedWeights: [MatrixView]
  private let scales: [UnsafeMutablePointer<Float>]
  private let shifts: [UnsafeMutablePointer<Float>]
  private let labels: UnsafeMutablePointer<Int32>
  private let outcome: RowOutcome
  private let block: FlatBlock

  init(_ network: Network, capacity: Int, kernels: KernelSet) {
    self.network = network
    self.capacity = capacity
    self.kernels = kernels
    let architecture = network.architecture
    let widths = (1...architecture.depth).map { architecture.width(of: $0) }
    let tileRows = min(
      capacity,
      kernels.tileRows(
        depth: architecture.inputs, units: architecture.width(of: 1), all: capacity))
    let tileColumns = min(paddedWidth(architecture.inputs), KernelSet.largestDepth)
    let tileSize = tileRows * paddedStride(tileColumns)
    let matrixSizes = widths.map { capacity * paddedStride($0) }
    let transposedRows = (0..<architecture.depth).map { layer in
      let (inputs, units) = (architecture.width(of: layer), architecture.width(of: layer + 1))
      return layer > 0 && KernelSet.prefersTransposedWeights(inputs: inputs, units: units)
        ? inputs : 0
    }
    let transposedSizes = zip(transposedRows, widths).map { $0 * paddedStride($1) }
    let vectorSizes = architecture.hidden.map { paddedStride($0) }
    block = FlatBlock(
      count: tileSize + matrixSizes.reduce(0, +) + transposedSizes.reduce(0, +)
        + 2 * vectorSizes.reduce(0, +))
    var next = block.base
    func take(_ count: Int) -> UnsafeMutablePointer<Float> {
      defer { next += count }
      return next
    }
    tile = MatrixView(take(tileSize), rows: tileRows, columns: tileColumns)
    outputs = zip(widths, matrixSizes).map { width, size in
      MatrixView(take(size), rows: capacity, columns: width)
    }
    transposedWeights = transposedRows.indices.map {
      MatrixView(take(transposedSizes[$0]), rows: transposedRows[$0], columns: widths[$0])
    }
    scales = vectorSizes.map { take($0) }
    shifts = vectorSizes.map { take($0) }
    labels = .allocate(capacity: capacity)
    outcome = RowOutcome(capacity: capacity)
    lookahead = kernels.table.pointee.dot_rows
    pixels = .allocate(capacity: capacity + lookahead)
    foldStatistics()
    transposeWeights()
  }

  private func transposeWeights() {
    withParameters { parameters in
      for (layer, transposed) in transposedWeights.enumerated() where transposed.rows > 0 {
        let weight = MatrixView(network.layout.layers[layer].weight, in: parameters)
        kernels.transpose(weight, columns: transposed.rows, into: transposed)
      }
    }
  }

  deinit {
    pixels.deallocate()
    labels.deallocate()
    outcome.deallocate()
  }

  /// scale = γ/√(v_av + ε), shift = β − μ_av · scale.
  private func foldStatistics() {
    let architecture = network.architecture
    guard architecture.isNormalized else { return }
    for (layer, slice) in network.statistics.layers.enumerated() {
      let slices = network.layout.layers[layer]
      guard let scale = slices.scale, let shift = slices.shift else { continue }
      for unit in 0..<slice.columns {
        let variance = network.statistics.variances[slice.offset + unit]
        let inverse = 1 / (variance + architecture.normalizationEpsilon).squareRoot()
        let factor = network.parameters[scale.offset + unit] * inverse
        let mean = network.statistics.means[slice.offset + unit]
        scales[layer][unit] = factor
        shifts[layer][unit] = network.parameters[shift.offset + unit] - mean * factor
      }
    }
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
      receive(row, outcome.loss(index), Int(outcome.predictions[index]))
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
    kernels.table.pointee.softmax(
      logits.rows, network.architecture.classes, logits.base, logits.stride, labels,
      outcome.margins, outcome.sums, outcome.predictions)
  }

  /// Takes the rows of the first `rows` pointers in `pixels` through the network, to their logits.
  func computeLogits(rows: Int, scaling: InputScaling.View) -> MatrixView {
    for index in 0..<lookahead { pixels[rows + index] = pixels[0] }
    return withParameters { parameters in
      let weight = MatrixView(network.layout.layers[0].weight, in: parameters)
      for range in (0..<rows).split(into: tile.rows) {
        let start = range.lowerBound
        for columns in kernels.depthBlocks(of: 0..<weight.columns) {
          let tile = tile.withRows(range.count)
          scaling.write(
            pixels + start, next: pixels + start + lookahead, columns: columns, to: tile,
            kernels: kernels)
          kernels.multiplyTransposed(
            tile.columns(0..<columns.count), weight.columns(columns),
            into: outputs[0].rows(range), accumulating: columns.lowerBound > 0)
        }
      }
      return finishLogits(rows: rows, parameters)
    }
  }

  /// Takes standardized inputs through the network, to their logits.
  ///
  /// - Parameter inputs: Shape [n, d].
  func computeLogits(of inputs: MatrixView) -> MatrixView {
    withParameters { parameters in
      kernels.multiplyTransposed(
        inputs, MatrixView(network.layout.layers[0].weight, in: parameters),
        into: outputs[0].withRows(inputs.rows))
      return finishLogits(rows: inputs.rows, parameters)
    }
  }

  /// Takes the first layer's products through the network.
  private func finishLogits(rows: Int, _ parameters: UnsafeMutablePointer<Float>) -> MatrixView {
    for layer in 0..<network.architecture.depth {
      let slices = network.layout.layers[layer]
      let output = outputs[layer].withRows(rows)
      if layer > 0 { multiply(layer: layer, rows: rows, parameters) }
      kernels.table.pointee.combine(
        rows, output.columns, 1, output.base, 0, parameters + slices.bias.offset, output.base,
        output.stride)
      if layer < network.architecture.depth - 1 { activate(output, layer: layer) }
    }
    return outputs[network.architecture.depth - 1].withRows(rows)
  }

  /// s = W x.
  private func multiply(layer: Int, rows: Int, _ parameters: UnsafeMutablePointer<Float>) {
    let inputs = outputs[layer - 1].withRows(rows)
    let products = outputs[layer].withRows(rows)
    if transposedWeights[layer].rows > 0 {
      kernels.multiply(inputs, transposedWeights[layer], into: products)
    } else {
      let weight = MatrixView(network.layout.layers[layer].weight, in: parameters)
      kernels.multiplyTransposed(inputs, weight, into: products)
    }
  }

  /// Views are mutable; the parameters are only read.
  private func withParameters<Result>(
    _ body: (UnsafeMutablePointer<Float>) -> Result
  ) -> Result {
    network.parameters.withUnsafeBuffer { parameters in
      body(UnsafeMutablePointer(mutating: parameters.baseAddress.unsafelyUnwrapped))
    }
  }

  private func activate(_ output: MatrixView, layer: Int) {
    let placement = network.architecture.batchNormalization
    if placement != .before {
      kernels.table.pointee.relu(
        output.rows, output.columns, output.base, output.base, output.stride)
    }
    if placement != .none {
      kernels.table.pointee.affine(
        output.rows, output.columns, output.base, scales[layer], shifts[layer],
        placement == .before ? 1 : 0, output.base, output.stride)
    }
  }
}
