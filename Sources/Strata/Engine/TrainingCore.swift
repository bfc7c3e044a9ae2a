internal import CStrataKernels

/// One forward and backward pass over a mini-batch, with the update fused into it.
///
/// Threads share the work by columns. A thread that owns some units of a layer computes their
/// products, their normalization and their activations without asking another thread; on the way
/// back, a thread that owns some inputs of a layer computes their gradient, updates the weights
/// that they meet, and takes the gradient through their own activation. So there is one meeting
/// of the threads a layer and direction, and layers too small for it are left to one thread.
/// Every element is summed in the same order whoever owns it.
///
/// `@unchecked Sendable`: the members are changed between the pieces of work alone, and inside a
/// piece the threads write disjoint columns.
final class TrainingCore: @unchecked Sendable {
  let kernels: KernelSet
  let architecture: Architecture
  let layout: ParameterLayout
  let statisticsLayout: [Slice]
  /// The batch at hand.
  let inputs: BatchInputs
  let inputTiles: InputTiles
  let workspace: Workspace
  let threads: Int

  /// What the backward pass does with a gradient.
  var goal = Goal.gradient(lambda: 0)
  /// What the step at hand leaves out of the hidden layers' outputs.
  var dropout: Dropout?
  /// The flat parameters; valid during a step.
  var parameters: UnsafeMutablePointer<Float>
  /// The flat gradient.
  let gradient: FlatBlock
  /// The rule by which parameters move.
  let optimizer: Optimizer
  /// What the optimizer remembers of earlier gradients, each vector laid out like the parameters.
  let optimizerState: [FlatBlock]
  /// For each layer and thread, 0 while all is finite and NaN from then on; a cache line each.
  let checks: FlatBlock
  /// Memory for packing, of each thread; none where no layer needs it.
  private let packing: FlatBlock?
  /// The loops that multiply rounded factors; `nil` where none are rounded.
  private let pairs: KernelSet?
  /// Memory for rounded factors, of each thread.
  private let rounding: FlatBlock
  private let roundingCount: Int

  /// What happens with a gradient.
  enum Goal {
    /// W ← W − η (∂loss/∂W + 2λW) at once; the same for b, γ and β without λ.
    case descend(rate: Float, lambda: Float)
    /// Parameters move as an optimizer's rule says, weights with λ.
    case update(UpdateRule, lambda: Float)
    /// It is written into `gradient`.
    case gradient(lambda: Float)

    /// Whether parameters change.
    var movesParameters: Bool {
      if case .gradient = self { false } else { true }
    }
  }

  init(
    _ architecture: Architecture, capacity: Int, threads: Int, kernels: KernelSet,
    precision: Precision, optimizer: Optimizer
  ) {
    self.kernels = kernels
    pairs = kernels.pairs(for: precision)
    self.architecture = architecture
    self.optimizer = optimizer
    self.threads = threads
    layout = ParameterLayout(architecture)
    statisticsLayout = RunningStatistics(architecture).layers
    inputTiles = InputTiles(
      architecture, capacity: capacity, rounds: pairs != nil, kernels: kernels)
    let parts = Self.inputParts(architecture)
    inputs = BatchInputs(
      capacity: capacity, inputs: architecture.inputs, threads: threads,
      keeps: parts > 1 && pairs == nil, scratchCount: inputTiles.largest, kernels: kernels)
    workspace = Workspace(
      architecture, capacity: capacity, inputParts: parts)
    let count = layout.count
    gradient = FlatBlock(count: count)
    optimizerState = (0..<optimizer.stateVectors).map { _ in FlatBlock(count: count) }
    checks = FlatBlock(count: architecture.depth * threads * lineWidth)
    packing =
      Self.packs(architecture) ? FlatBlock(count: threads * PackingScratch.count) : nil
    roundingCount =
      pairs == nil ? 0 : PairScratch.count(width: architecture.widestOutput)
    rounding = FlatBlock(count: threads * roundingCount)
    parameters = gradient.base
  }

  /// How a thread hands a layer's factors to the kernels.
  func factors(of layer: Int, thread: Int) -> Factors {
    guard let pairs, workspace.layers[layer].transposedWeight.rows == 0 else {
      let turns = PackingScratch.turningPays(
        rows: rows, inputs: architecture.width(of: layer), units: architecture.width(of: layer + 1))
      return Factors(kernels, packing: packing(thread), turns: turns)
    }
    return Factors(
      pairs: pairs, scratch: PairScratch(rounding.base + thread * roundingCount),
      packing: packing(thread))
  }

  /// A thread's memory for packing.
  private func packing(_ thread: Int) -> PackingScratch? {
    packing.map { PackingScratch($0.base + thread * PackingScratch.count) }
  }

  /// Long input rows that meet few units are summed in two halves, whatever the number of threads:
  /// each of two threads can keep a half of the batch and of the weights in its own cache.
  static func inputParts(_ architecture: Architecture) -> Int {
    architecture.inputs >= 1024 && 4 * architecture.width(of: 1) <= architecture.inputs ? 2 : 1
  }

  /// Whether a layer's weight gradient is worth packing.
  static func packs(_ architecture: Architecture) -> Bool {
    (0..<architecture.depth).contains {
      PackingScratch.pays(units: architecture.width(of: $0 + 1), inputs: architecture.width(of: $0))
    }
  }

  /// The rows of the batch at hand.
  var rows: Int { inputs.rows }

  /// What a hidden layer hands to the next.
  func output(of layer: Int) -> MatrixView { workspace.layers[layer].output.withRows(rows) }

  /// The weights of a layer.
  func weight(_ layer: Int) -> MatrixView {
    MatrixView(layout.layers[layer].weight, in: parameters)
  }

  /// Where batch normalization stands in a layer.
  func placement(_ layer: Int) -> BatchNormalizationPlacement {
    layer == architecture.depth - 1 ? .none : architecture.batchNormalization
  }

  /// The threads that share a layer: one where meeting would cost more than it saves.
  func threads(for layer: Int) -> Int {
    let products =
      rows * paddedWidth(architecture.width(of: layer))
      * paddedWidth(architecture.width(of: layer + 1))
    return products < Self.smallestSharedProduct ? 1 : threads
  }

  /// The threads that share what happens to the first layer's sums after its halves were added.
  var activationThreads: Int {
    rows * architecture.width(of: 1) < Self.smallestSharedActivation ? 1 : threads
  }

  /// Activations below which one thread is faster than two, about 10 µs of one core.
  private static let smallestSharedActivation = 32_768

  /// Multiplications below which one thread is faster than two, about 10 µs of one core.
  private static let smallestSharedProduct = 1_000_000
}

/// A block of numbers that starts on a cache line and lives as long as its owner.
final class FlatBlock {
  let base: UnsafeMutablePointer<Float>
  let count: Int

  init(count: Int) {
    self.count = count
    let block = UnsafeMutableBufferPointer<Float>.allocateAligned(count: count)
    block.initialize(repeating: 0)
    base = block.baseAddress.unsafelyUnwrapped
  }

  deinit { base.deallocate() }

  /// A copy of the numbers.
  var vector: FloatVector {
    var vector = FloatVector(count: count)
    vector.withUnsafeMutableBuffer {
      $0.baseAddress?.update(from: base, count: count)
    }
    return vector
  }

  /// Takes the numbers of a vector of the same length.
  func copy(_ vector: FloatVector) {
    precondition(vector.count == count, "a vector of another length")
    vector.withUnsafeBuffer {
      if let start = $0.baseAddress { base.update(from: start, count: count) }
    }
  }
}
