internal import CStrataKernels
internal import Glibc

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
  /// The rows that the next pass starts from, shape [capacity, d].
  let input: MatrixView
  private let network: Network
  private let kernels: KernelSet
  private let outputs: [MatrixView]
  private let scales: [UnsafeMutablePointer<Float>]
  private let shifts: [UnsafeMutablePointer<Float>]
  private let rowValues: UnsafeMutablePointer<Float>
  private let block: FlatBlock

  init(_ network: Network, capacity: Int, kernels: KernelSet) {
    self.network = network
    self.capacity = capacity
    self.kernels = kernels
    let architecture = network.architecture
    let widths = (0...architecture.depth).map { architecture.width(of: $0) }
    let matrixSizes = widths.map { capacity * paddedStride($0) }
    let vectorSizes = architecture.hidden.map { paddedStride($0) }
    block = FlatBlock(
      count: matrixSizes.reduce(0, +) + 2 * vectorSizes.reduce(0, +)
        + 2 * paddedStride(capacity))
    var next = block.base
    func take(_ count: Int) -> UnsafeMutablePointer<Float> {
      defer { next += count }
      return next
    }
    let views = zip(widths, matrixSizes).map { width, size in
      MatrixView(take(size), rows: capacity, columns: width)
    }
    input = views[0]
    outputs = Array(views.dropFirst())
    scales = vectorSizes.map { take($0) }
    shifts = vectorSizes.map { take($0) }
    rowValues = take(2 * paddedStride(capacity))
    foldStatistics()
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
      source.write(
        row: row, next: min(row + 2, source.count - 1), columns: 0..<input.columns,
        to: input.base + index * input.stride, kernels: kernels)
    }
    let logits = computeLogits(rows: rows.count)
    var predictions: [Int] = []
    var losses: [Double] = []
    predictions.reserveCapacity(rows.count)
    losses.reserveCapacity(rows.count)
    for (index, row) in rows.enumerated() {
      let values = logits.base + index * logits.stride
      predictions.append(largestIndex(values, count: network.architecture.classes))
      losses.append(-Double(values[Int(source.label(row))]))
    }
    let sums = applySoftmax(to: logits)
    for (index, row) in rows.enumerated() {
      let logSum = log(Double(sums[index])) + Double(rowValues[index])
      receive(row, losses[index] + logSum, predictions[index])
    }
  }

  /// Puts p = softmax(s) in the place of each row s.
  ///
  /// - Returns: Σ exp(s − max) of each row; its maximum is in `rowValues`.
  @discardableResult
  func applySoftmax(to logits: MatrixView) -> UnsafeMutablePointer<Float> {
    let sums = rowValues + paddedStride(capacity)
    kernels.table.pointee.softmax(
      logits.rows, network.architecture.classes, logits.base, logits.stride, rowValues, sums)
    return sums
  }

  /// Takes the first `rows` rows of `input` through the network, to their logits.
  func computeLogits(rows: Int) -> MatrixView {
    let architecture = network.architecture
    network.parameters.withUnsafeBuffer { parameters in
      guard let constant = parameters.baseAddress else { return }
      let base = UnsafeMutablePointer(mutating: constant)  // Views are mutable; this is only read.
      for layer in 0..<architecture.depth {
        let slices = network.layout.layers[layer]
        let output = outputs[layer].withRows(rows)
        let source = (layer == 0 ? input : outputs[layer - 1]).withRows(rows)
        kernels.multiplyTransposed(source, MatrixView(slices.weight, in: base), into: output)
        kernels.table.pointee.combine(
          rows, output.columns, 1, output.base, 0, base + slices.bias.offset, output.base,
          output.stride)
        if layer < architecture.depth - 1 { activate(output, layer: layer) }
      }
    }
    return outputs[architecture.depth - 1].withRows(rows)
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
