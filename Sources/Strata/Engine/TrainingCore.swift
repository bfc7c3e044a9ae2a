/// The work of an update step, share by share.
///
/// Threads share it by columns. A thread that owns some units of a layer computes their products,
/// their normalization and their activations without asking another thread; on the way back, a thread
/// that owns some inputs of a layer computes their gradient, the gradient of the weights that they
/// meet, and takes the gradient through their own activation. So there is one meeting of the threads a
/// layer and direction, and layers too small for it are left to one thread. Every element is summed in
/// the same order whatever thread owns it.
///
/// `@unchecked Sendable`: the members are changed between the pieces of work alone, and inside a
/// piece the threads write disjoint columns.
final class TrainingCore: @unchecked Sendable {
  let kernels: KernelSet
  let architecture: Architecture
  let layout: ParameterLayout
  let optimizer: Optimizer
  let threads: Int
  /// The memory that a step writes.
  let buffers: TrainingBuffers
  private let block: ArenaBlock<TrainingBuffers>
  /// The loops that multiply rounded factors; `nil` where none are rounded.
  private let pairs: KernelSet?

  /// The step at hand.
  var step = UpdateStep(lambda: 0)
  /// Whether a parameter moves as soon as its gradient is there.
  var fusesUpdate = false
  /// What the pass at hand leaves out of the hidden layers' outputs.
  var dropout: Dropout?
  /// What shortens the gradient.
  var clipFactor: Float = 1
  /// The flat parameters; valid during a step.
  var parameters: UnsafeMutablePointer<Float>

  init(
    _ architecture: Architecture, capacity: Int, threads: Int, kernels: KernelSet,
    precision: Precision, optimizer: Optimizer
  ) {
    self.kernels = kernels
    pairs = kernels.pairs(for: precision)
    let isRounded = pairs != nil
    self.architecture = architecture
    self.optimizer = optimizer
    self.threads = threads
    layout = ParameterLayout(architecture)
    block = ArenaBlock {
      TrainingBuffers(
        architecture, capacity: capacity, threads: threads, kernels: kernels,
        isRounded: isRounded, optimizer: optimizer, in: &$0)
    }
    buffers = block.layout
    parameters = buffers.gradient.baseAddress.unsafelyUnwrapped
  }

  /// How a thread hands a layer's factors to the kernels.
  func factors(of layer: Int, thread: Int) -> Factors {
    let packing = buffers.packing.isEmpty ? nil : buffers.packing[thread]
    guard let pairs, buffers.layers[layer].transposedWeight.rows == 0 else {
      let transposes = PackingScratch.transposingPays(
        rows: rows, inputs: architecture.width(of: layer), units: architecture.width(of: layer + 1))
      return Factors(kernels, packing: packing, transposes: transposes)
    }
    return Factors(pairs: pairs, scratch: buffers.rounding[thread], packing: packing)
  }

  /// The batch at hand.
  var inputs: BatchInputs { buffers.inputs }

  /// The rows of the batch at hand.
  var rows: Int { inputs.rows }

  /// What a layer hands to the next.
  func output(of layer: Int) -> MatrixView { buffers.layers[layer].output.withRows(rows) }

  /// The gradient of what a layer hands to the next.
  func outputGradient(of layer: Int) -> MatrixView {
    buffers.layers[layer].gradient.withRows(rows)
  }

  /// The weights of a layer.
  func weight(_ layer: Int) -> MatrixView {
    MatrixView(layout.layers[layer].weight, in: parameters)
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
