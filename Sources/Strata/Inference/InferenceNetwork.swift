/// A network ready for use at test time: normalizations folded to a scale and a shift, and weights
/// laid out as the products read them.
///
/// y = γ (s − μ_av)/√(v_av + ε) + β = s · scale + shift. Threads share one.
///
/// `@unchecked Sendable`: it is not written after the initializer.
final class InferenceNetwork: @unchecked Sendable {
  let architecture: Architecture
  /// The loops for everything but products of rounded factors.
  let kernels: KernelSet
  let layers: [InferenceLayer]
  /// What a row passes through in each layer.
  let operations: [[LayerOperation]]
  /// Whether factors of wide layers are rounded.
  let isRounded: Bool
  /// Holds the parameters that the layers point to.
  private let network: Network
  private let block: FlatBlock

  init(_ network: Network, kernels: KernelSet, precision: Precision) {
    self.network = network
    self.kernels = kernels
    architecture = network.architecture
    operations = (0..<architecture.depth).map(network.architecture.operations)
    let pairs = kernels.pairs(for: precision)
    isRounded = pairs != nil
    let sizes = Self.sizes(network.architecture, isRounded: pairs != nil)
    block = FlatBlock(count: sizes.reduce(0, +))
    var next = block.base
    layers = network.parameters.withUnsafeBuffer { parameters in
      // The vector keeps its memory where it is, and copies it before it is written.
      let base = UnsafeMutablePointer(mutating: parameters.baseAddress.unsafelyUnwrapped)
      return sizes.indices.map { layer in
        defer { next += sizes[layer] }
        return InferenceLayer(
          layer, of: network, parameters: base, kernels: kernels, pairs: pairs, at: next)
      }
    }
  }

  /// The numbers that each layer needs besides its parameters.
  private static func sizes(_ architecture: Architecture, isRounded: Bool) -> [Int] {
    (0..<architecture.depth).map {
      InferenceLayer.size($0, of: architecture, isRounded: isRounded)
    }
  }

  /// Bytes that it takes besides the network.
  static func byteCount(_ architecture: Architecture, isRounded: Bool) -> Int {
    sizes(architecture, isRounded: isRounded).reduce(0, +) * MemoryLayout<Float>.size
  }
}

/// One layer of such a network.
struct InferenceLayer {
  /// W as the products read it.
  let weights: Weights
  /// b.
  let bias: UnsafeMutablePointer<Float>
  /// What normalization multiplies and adds; `nil` without.
  let normalization: (scale: UnsafeMutablePointer<Float>, shift: UnsafeMutablePointer<Float>)?

  /// A layout of weights.
  enum Weights {
    /// W, shape [m, d].
    case rows(MatrixView)
    /// Wᵀ, shape [d, m].
    case transposed(MatrixView)
    /// W rounded, as pairs of neighbours in a row, shape [m, d/2], and the loops that multiply them.
    case rounded(MatrixView, by: KernelSet)
  }

  /// The numbers that a layer needs besides its parameters.
  fileprivate static func size(_ layer: Int, of architecture: Architecture, isRounded: Bool) -> Int
  {
    let (inputs, units) = (architecture.width(of: layer), architecture.width(of: layer + 1))
    let vectors = 2 * paddedStride(units)
    if isNarrow(layer, of: architecture) {
      return vectors + (layer > 0 ? inputs * paddedStride(units) : 0)
    }
    return isRounded ? vectors + units * paddedStride(paddedWidth(inputs) / 2) : vectors
  }

  /// Whether a layer is turned, or the first one left as it is, but not rounded.
  private static func isNarrow(_ layer: Int, of architecture: Architecture) -> Bool {
    KernelSet.prefersTransposedWeights(
      inputs: architecture.width(of: layer), units: architecture.width(of: layer + 1))
  }

  fileprivate init(
    _ layer: Int, of network: Network, parameters: UnsafeMutablePointer<Float>, kernels: KernelSet,
    pairs: KernelSet?, at memory: UnsafeMutablePointer<Float>
  ) {
    let slices = network.layout.layers[layer]
    let weight = MatrixView(slices.weight, in: parameters)
    bias = parameters + slices.bias.offset
    let vector = paddedStride(weight.rows)
    let matrix = memory + 2 * vector
    let isNarrow = Self.isNarrow(layer, of: network.architecture)
    if isNarrow, layer > 0 {
      let transposed = MatrixView(
        matrix, rows: network.architecture.width(of: layer), columns: weight.rows)
      kernels.transpose(
        weight, columns: transposed.rows, into: transposed.base, stride: transposed.stride)
      weights = .transposed(transposed)
    } else if let pairs, !isNarrow {
      weights = .rounded(pairs.neighbours(weight, in: matrix), by: pairs)
    } else {
      weights = .rows(weight)
    }
    guard slices.scale != nil else {
      normalization = nil
      return
    }
    let (scale, shift) = (memory, memory + vector)
    network.foldStatistics(layer: layer, scale: scale, shift: shift)
    normalization = (scale, shift)
  }
}

extension Network {
  /// scale = γ/√(v_av + ε), shift = β − μ_av · scale.
  fileprivate func foldStatistics(
    layer: Int, scale: UnsafeMutablePointer<Float>, shift: UnsafeMutablePointer<Float>
  ) {
    let slices = layout.layers[layer]
    guard let gamma = slices.scale, let beta = slices.shift else { return }
    let running = statistics.layers[layer]
    for unit in 0..<running.columns {
      let variance = statistics.variances[running.offset + unit]
      let inverse = 1 / (variance + architecture.normalizationEpsilon).squareRoot()
      scale[unit] = parameters[gamma.offset + unit] * inverse
      let mean = statistics.means[running.offset + unit]
      shift[unit] = parameters[beta.offset + unit] - mean * scale[unit]
    }
  }
}
