/// The memory that update steps write besides the parameters, laid out once.
///
/// Rows are padded like the parameters' rows; the padding is zero and stays zero.
struct TrainingBuffers {
  /// The batch at hand.
  let inputs: BatchInputs
  /// In which pieces the first layer's products take it.
  let inputTiles: InputTiles
  /// What each layer computes.
  let layers: [LayerBuffers]
  /// The first layer's products, one for each part of the inputs, each of shape [n, m₁].
  let partials: [MatrixView]
  /// What the softmax says of each row.
  let outcome: RowOutcome
  /// ∂J/∂θ, laid out like the parameters.
  let gradient: UnsafeMutableBufferPointer<Float>
  /// What the optimizer remembers of earlier gradients, each vector laid out like the parameters.
  let optimizerState: [UnsafeMutableBufferPointer<Float>]
  /// Σ g² of each block of the gradient.
  let squares: UnsafeMutableBufferPointer<Double>
  /// For each layer and thread, 0 while all is finite and NaN from then on; a cache line each.
  let checks: UnsafeMutableBufferPointer<Float>
  /// Memory for packing, of each thread; empty where no layer needs it.
  let packing: [PackingScratch]
  /// Memory for rounded factors, of each thread; empty where none are rounded.
  let rounding: [PairScratch]

  /// Numbers of a block of the gradient whose squares are summed by themselves.
  static let blockOfSquares = 16_384

  /// Lays out the memory for batches of up to `capacity` rows.
  init(
    _ architecture: Architecture, capacity: Int, threads: Int, kernels: KernelSet,
    isRounded: Bool, optimizer: Optimizer, in arena: inout Arena
  ) {
    inputTiles = InputTiles(architecture, capacity: capacity, rounds: isRounded, kernels: kernels)
    inputs = BatchInputs(
      capacity: capacity, inputs: architecture.inputs, threads: threads,
      keeps: architecture.inputParts > 1 && !isRounded, scratchCount: inputTiles.largest,
      kernels: kernels, in: &arena)
    layers = (0..<architecture.depth).map {
      LayerBuffers(architecture, layer: $0, capacity: capacity, in: &arena)
    }
    partials = (0..<architecture.inputParts).map { _ in
      arena.matrix(rows: capacity, columns: architecture.width(of: 1))
    }
    outcome = RowOutcome(capacity: capacity, in: &arena)
    let count = ParameterLayout(architecture).count
    gradient = arena.buffer(count)
    optimizerState = (0..<optimizer.stateVectors).map { _ in arena.buffer(count) }
    squares = arena.buffer(
      (count + Self.blockOfSquares - 1) / Self.blockOfSquares, of: Double.self)
    checks = arena.buffer(architecture.depth * threads * lineWidth)
    packing =
      architecture.packsGradients
      ? (0..<threads).map { _ in PackingScratch(arena.take(PackingScratch.count)) } : []
    let pairs = PairScratch.count(width: architecture.widestOutput)
    rounding = isRounded ? (0..<threads).map { _ in PairScratch(arena.take(pairs)) } : []
  }
}

extension Architecture {
  /// Parts of the inputs that the first layer sums by themselves.
  ///
  /// Long input rows that meet few units are summed in two halves, whatever the number of threads:
  /// each of two threads can keep a half of the batch and of the weights in its own cache.
  var inputParts: Int { inputs >= 1024 && 4 * width(of: 1) <= inputs ? 2 : 1 }

  /// Whether a layer's weight gradient is worth packing.
  fileprivate var packsGradients: Bool {
    (0..<depth).contains { PackingScratch.pays(units: width(of: $0 + 1), inputs: width(of: $0)) }
  }

  /// The most units of a layer, the last one's classes included.
  var widestOutput: Int { max(classes, hidden.max() ?? 0) }
}
