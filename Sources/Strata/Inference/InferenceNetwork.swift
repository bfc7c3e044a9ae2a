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
  private let block: ArenaBlock<[InferenceLayer.Memory]>

  init(_ network: Network, kernels: KernelSet, precision: Precision) {
    self.network = network
    self.kernels = kernels
    architecture = network.architecture
    operations = (0..<architecture.depth).map(network.architecture.operations)
    let pairs = kernels.pairs(for: precision)
    isRounded = pairs != nil
    block = ArenaBlock {
      Self.memory(network.architecture, isRounded: pairs != nil, in: &$0)
    }
    let memory = block.layout
    layers = network.parameters.withUnsafeBuffer { parameters in
      // The vector keeps its memory where it is, and copies it before it is written.
      let base = UnsafeMutablePointer(mutating: parameters.baseAddress.unsafelyUnwrapped)
      return memory.indices.map { layer in
        InferenceLayer(
          layer, of: network, parameters: base, kernels: kernels, pairs: pairs, at: memory[layer])
      }
    }
  }

  /// What each layer needs besides its parameters.
  static func memory(
    _ architecture: Architecture, isRounded: Bool, in arena: inout Arena
  ) -> [InferenceLayer.Memory] {
    (0..<architecture.depth).map {
      InferenceLayer.Memory($0, of: architecture, isRounded: isRounded, in: &arena)
    }
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

  /// What a layer needs besides its parameters.
  struct Memory {
    /// What normalization multiplies and adds.
    let scale, shift: UnsafeMutablePointer<Float>
    /// Wᵀ, or W rounded; without rows where W is read as it is.
    let matrix: MatrixView

    fileprivate init(
      _ layer: Int, of architecture: Architecture, isRounded: Bool, in arena: inout Arena
    ) {
      let (inputs, units) = (architecture.width(of: layer), architecture.width(of: layer + 1))
      scale = arena.take(paddedStride(units))
      shift = arena.take(paddedStride(units))
      if InferenceLayer.isNarrow(layer, of: architecture) {
        matrix = arena.matrix(rows: layer > 0 ? inputs : 0, columns: units)
      } else {
        matrix = arena.matrix(rows: isRounded ? units : 0, columns: paddedWidth(inputs) / 2)
      }
    }
  }

  /// Whether a layer is transposed, or the first one left as it is, but not rounded.
  fileprivate static func isNarrow(_ layer: Int, of architecture: Architecture) -> Bool {
    KernelSet.prefersTransposedWeights(
      inputs: architecture.width(of: layer), units: architecture.width(of: layer + 1))
  }

  fileprivate init(
    _ layer: Int, of network: Network, parameters: UnsafeMutablePointer<Float>, kernels: KernelSet,
    pairs: KernelSet?, at memory: Memory
  ) {
    let slices = network.layout.layers[layer]
    let weight = MatrixView(slices.weight, in: parameters)
    bias = parameters + slices.bias.offset
    let isNarrow = Self.isNarrow(layer, of: network.architecture)
    if isNarrow, layer > 0 {
      kernels.transpose(
        weight, columns: memory.matrix.rows, into: memory.matrix.base, stride: memory.matrix.stride)
      weights = .transposed(memory.matrix)
    } else if let pairs, !isNarrow {
      weights = .rounded(pairs.neighbours(weight, in: memory.matrix.base), by: pairs)
    } else {
      weights = .rows(weight)
    }
    guard slices.scale != nil else {
      normalization = nil
      return
    }
    network.foldStatistics(layer: layer, scale: memory.scale, shift: memory.shift)
    normalization = (memory.scale, memory.shift)
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
