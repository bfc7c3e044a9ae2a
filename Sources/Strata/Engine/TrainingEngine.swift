internal import CStrataKernels

/// Runs training steps: a core that does the work and the threads that share it.
///
/// The pieces of work are closures made once, so that a step allocates nothing.
final class TrainingEngine {
  /// The work; its `inputs` are chosen before a step.
  let core: TrainingCore
  private let pool: ThreadPool
  /// Threads that share the work.
  var threads: Int { pool.count }
  private let projectInputHalves: Piece
  private let forward: [Piece]
  private let backward: [Piece]
  private let augmenter: BatchAugmenter?
  private let augmentRows: Piece

  /// A piece of work; a closure that stood in an array by itself would be wrapped, and the wrapper
  /// allocated, whenever it is read.
  private struct Piece {
    let run: @Sendable (Int) -> Void
  }

  init(
    _ architecture: Architecture, capacity: Int, pool: ThreadPool, kernels: KernelSet,
    precision: Precision = .float32, optimizer: Optimizer = .sgd,
    augmenter: BatchAugmenter? = nil
  ) {
    let core = TrainingCore(
      architecture, capacity: capacity, threads: pool.count, kernels: kernels,
      precision: precision, optimizer: optimizer)
    self.core = core
    self.pool = pool
    self.augmenter = augmenter
    augmentRows = Piece { thread in
      guard let augmenter else { return }
      core.inputs.augment(part(thread, of: core.threads, in: core.rows), by: augmenter)
    }
    projectInputHalves = Piece { core.projectInputHalves(thread: $0, of: core.threads) }
    forward = (0..<architecture.depth).map { layer in
      Piece { core.forward(layer: layer, thread: $0, of: core.threads) }
    }
    backward = (0..<architecture.depth).map { layer in
      Piece { core.backward(layer: layer, thread: $0, of: core.threads) }
    }
  }

  /// Chooses the rows of a batch, and changes their images where an augmenter was given.
  ///
  /// - Parameters:
  ///   - next: The rows of the batch thereafter; may be empty.
  ///   - source: Where the rows are; outlives their use.
  func choose(
    _ rows: ArraySlice<Int32>, next: ArraySlice<Int32>, epoch: Int, of source: BatchSource
  ) {
    core.inputs.choose(rows, next: next, of: source)
    guard let augmenter else { return }
    augmenter.choose(rows, epoch: epoch)
    pool.run(augmentRows.run)
    core.inputs.lookAhead()
  }

  /// What the optimizer remembers of earlier gradients, each vector laid out like the parameters.
  var optimizerState: [FloatVector] {
    get { core.optimizerState.map(\.vector) }
    set { for (block, vector) in zip(core.optimizerState, newValue) { block.copy(vector) } }
  }

  /// Forward alone, as in training: each batch is normalized with its own statistics.
  func pass(_ network: inout Network) {
    network.parameters.withUnsafeMutableBuffer { parameters in
      core.parameters = parameters.baseAddress.unsafelyUnwrapped
      runForward()
    }
  }

  /// Forward, backward, and what `goal` asks for, on the chosen rows.
  ///
  /// A batch whose loss is not finite has no direction to descend in: the parameters stay.
  func step(_ network: inout Network, goal: TrainingCore.Goal) -> TrainingCore.BatchResult {
    core.goal = goal
    return network.parameters.withUnsafeMutableBuffer { parameters in
      core.parameters = parameters.baseAddress.unsafelyUnwrapped
      runForward()
      let result = core.computeLoss()
      if !result.lossSum.isFinite, goal.movesParameters { return result }
      core.startBackward()
      runBackward()
      return result
    }
  }

  private func runForward() {
    if core.sumsInputHalves {
      if core.threads(for: 0) == 1 {
        core.projectInputHalves(thread: 0, of: 1)
      } else {
        pool.run(projectInputHalves.run)
      }
    }
    for layer in forward.indices {
      let isSummed = layer == 0 && core.sumsInputHalves
      if (isSummed ? core.activationThreads : core.threads(for: layer)) == 1 {
        core.forward(layer: layer, thread: 0, of: 1)
      } else {
        pool.run(forward[layer].run)
      }
    }
  }

  private func runBackward() {
    for layer in backward.indices.reversed() {
      if core.threads(for: layer) == 1 {
        core.backward(layer: layer, thread: 0, of: 1)
      } else {
        pool.run(backward[layer].run)
      }
    }
  }

  /// μ_av ← α μ_av + (1 − α) μ and v_av ← α v_av + (1 − α) v with the statistics of the last
  /// batch, which also are the first values.
  ///
  /// - Returns: The first statistic that is not finite in `Float`.
  func updateStatistics(of network: inout Network) -> TrainingCore.Place? {
    let decay = network.statistics.batches == 0 ? 0 : Double(network.architecture.statisticsDecay)
    network.statistics.batches += 1
    var failed: TrainingCore.Place?
    for (layer, slice) in network.statistics.layers.enumerated() {
      let space = core.workspace.layers[layer]
      if !blend(slice, of: &network.statistics.means, with: space.mean, decay: decay) {
        failed = failed ?? .init(layer: layer, tensor: "norm.running_mean")
      }
      if !blend(slice, of: &network.statistics.variances, with: space.variance, decay: decay) {
        failed = failed ?? .init(layer: layer, tensor: "norm.running_var")
      }
    }
    return failed
  }

  /// Returns whether every new value is finite.
  private func blend(
    _ slice: Slice, of running: inout FloatVector, with batch: UnsafeMutablePointer<Double>,
    decay: Double
  ) -> Bool {
    running.withUnsafeMutableBuffer { running in
      var isFinite = true
      for unit in 0..<slice.columns {
        let value = Float(decay * Double(running[slice.offset + unit]) + (1 - decay) * batch[unit])
        running[slice.offset + unit] = value
        isFinite = isFinite && value.isFinite
      }
      return isFinite
    }
  }
}
