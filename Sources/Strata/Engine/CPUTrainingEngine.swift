/// Update steps on the processor: the parameters, and the threads that share the work.
///
/// The pieces of work are closures made once, so that a step allocates nothing.
final class CPUTrainingEngine: TrainingEngine {
  var network: Network
  private let core: TrainingCore
  private let pool: ThreadPool
  private let augmenter: BatchAugmenter?
  private let fusesUpdates: Bool
  private let augmentRows, projectInputHalves, addSquares, scaleGradient, updateParameters: Piece
  private let forwardPieces, backwardPieces: [Piece]

  /// A piece of work; a closure that stood in an array by itself would be wrapped, and the wrapper
  /// allocated, whenever it is read.
  private struct Piece {
    let run: @Sendable (Int) -> Void
  }

  /// Plans the memory for batches of up to `capacity` rows.
  ///
  /// - Parameter fusesUpdates: Whether a parameter may move as soon as its gradient is there, which
  ///   spares a way through memory; not where gradients are read or combined.
  init(
    _ network: Network, capacity: Int, pool: ThreadPool, kernels: KernelSet,
    precision: Precision = .float32, optimizer: Optimizer = .sgd,
    augmenter: BatchAugmenter? = nil, fusesUpdates: Bool = true
  ) {
    let core = TrainingCore(
      network.architecture, capacity: capacity, threads: pool.count, kernels: kernels,
      precision: precision, optimizer: optimizer)
    self.network = network
    self.core = core
    self.pool = pool
    self.augmenter = augmenter
    self.fusesUpdates = fusesUpdates
    augmentRows = Piece { thread in
      guard let augmenter else { return }
      core.inputs.augment(part(thread, of: core.threads, in: core.rows), by: augmenter)
    }
    projectInputHalves = Piece { core.projectInputHalves(thread: $0, of: core.threads) }
    addSquares = Piece { core.addSquares(thread: $0) }
    scaleGradient = Piece { core.scaleGradient(thread: $0) }
    updateParameters = Piece { core.updateParameters(thread: $0) }
    forwardPieces = (0..<network.architecture.depth).map { layer in
      Piece { core.forward(layer: layer, thread: $0, of: core.threads) }
    }
    backwardPieces = (0..<network.architecture.depth).map { layer in
      Piece { core.backward(layer: layer, thread: $0, of: core.threads) }
    }
  }

  var threads: Int { pool.count }

  var optimizerState: [FloatVector] {
    get { core.buffers.optimizerState.map { FloatVector(copying: $0) } }
    set {
      for (buffer, vector) in zip(core.buffers.optimizerState, newValue) { vector.copy(to: buffer) }
    }
  }

  /// The gradient of the last step, laid out like the parameters; weights have none where their
  /// update was fused.
  var gradient: FloatVector { FloatVector(copying: core.buffers.gradient) }

  func take(_ batch: Batch) {
    core.inputs.choose(batch.rows, next: batch.next, of: batch.source)
    guard let augmenter else { return }
    augmenter.choose(batch.rows, epoch: batch.epoch)
    pool.run(augmentRows.run)
    core.inputs.lookAhead()
  }

  func computeGradient(_ step: UpdateStep) throws(NonFiniteNumber) -> BatchResult {
    let result = computeLoss(dropout: step.dropout)
    guard result.lossSum.isFinite else { throw core.firstNonFiniteForward(network) }
    backward(step)
    return result
  }

  /// The loss of the batch, from which the way back starts.
  func computeLoss(dropout: Dropout?) -> BatchResult {
    forward(dropout: dropout)
    return core.computeLoss()
  }

  /// The way back after `computeLoss`.
  func backward(_ step: UpdateStep) {
    withParameters {
      core.step = step
      core.fusesUpdate = fuses(step)
      core.startBackward()
      for layer in backwardPieces.indices.reversed() {
        if core.threads(for: layer) == 1 {
          core.backward(layer: layer, thread: 0, of: 1)
        } else {
          pool.run(backwardPieces[layer].run)
        }
      }
    }
  }

  private func fuses(_ step: UpdateStep) -> Bool { fusesUpdates && step.clipNorm == nil }

  func forward() { forward(dropout: nil) }

  private func forward(dropout: Dropout?) {
    withParameters {
      core.dropout = dropout
      if core.sumsInputHalves {
        if core.threads(for: 0) == 1 {
          core.projectInputHalves(thread: 0, of: 1)
        } else {
          pool.run(projectInputHalves.run)
        }
      }
      for layer in forwardPieces.indices {
        let isSummed = layer == 0 && core.sumsInputHalves
        if (isSummed ? core.activationThreads : core.threads(for: layer)) == 1 {
          core.forward(layer: layer, thread: 0, of: 1)
        } else {
          pool.run(forwardPieces[layer].run)
        }
      }
    }
  }

  func clipGradient(_ step: UpdateStep) {
    guard let limit = step.clipNorm else { return }
    pool.run(addSquares.run)
    if core.plansClipping(to: limit) { pool.run(scaleGradient.run) }
  }

  func update(_ step: UpdateStep) throws(NonFiniteNumber) {
    if !fuses(step) { withParameters { pool.run(updateParameters.run) } }
    if core.hasNonFiniteUpdate { throw core.firstNonFiniteBackward(network) }
  }

  func blendStatistics() throws(NonFiniteNumber) {
    if let number = core.blendStatistics(into: &network.statistics) { throw number }
  }

  func batchMoments(of layer: Int) -> (means: [Double], variances: [Double]) {
    core.batchMoments(of: layer)
  }

  func markActiveUnits(in active: inout ActiveUnits) { core.markActiveUnits(in: &active) }

  func gradientNorm(of slice: Slice) -> Double { core.gradientNorm(of: slice) }

  private func withParameters(_ body: () -> Void) {
    network.parameters.withUnsafeMutableBuffer { parameters in
      core.parameters = parameters.baseAddress.unsafelyUnwrapped
      body()
    }
  }
}
