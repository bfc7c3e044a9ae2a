internal import CStrataKernels

/// Runs training steps: a core that does the work and the threads that share it.
///
/// The pieces of work are closures made once, so that a step allocates nothing.
final class TrainingEngine {
  let core: TrainingCore
  private let pool: ThreadPool
  private let takeInputs: Piece
  private let forward: [Piece]
  private let backward: [Piece]

  /// A piece of work; a closure that stood in an array by itself would be wrapped, and the wrapper
  /// allocated, whenever it is read.
  private struct Piece {
    let run: @Sendable (Int) -> Void
  }

  init(_ architecture: Architecture, capacity: Int, pool: ThreadPool, kernels: KernelSet) {
    let core = TrainingCore(
      architecture, capacity: capacity, threads: pool.count, kernels: kernels)
    self.core = core
    self.pool = pool
    if core.sumsInputGroups {
      takeInputs = Piece { core.projectInputs(thread: $0) }
    } else {
      takeInputs = Piece { core.fetchInputs(thread: $0) }
    }
    forward = (0..<architecture.depth).map { layer in
      Piece { core.forward(layer: layer, thread: $0, of: core.threads) }
    }
    backward = (0..<architecture.depth).map { layer in
      Piece { core.backward(layer: layer, thread: $0, of: core.threads) }
    }
  }

  /// Chooses the rows of the next batch.
  func setRows(_ rows: some Collection<Int32>, of source: BatchSource) {
    core.source = source
    core.rows = rows.count
    var index = 0
    for row in rows {
      core.workspace.sourceRows[index] = row
      core.workspace.labels[index] = source.label(Int(row))
      index += 1
    }
  }

  /// Takes standardized numbers instead of rows of a data set.
  ///
  /// - Parameter inputs: Shape [n, d], row by row.
  func setInputs(_ inputs: [Float], labels: [UInt8]) {
    precondition(inputs.count == labels.count * core.architecture.inputs)
    core.source = nil
    core.rows = labels.count
    let view = core.workspace.input
    for row in labels.indices {
      core.workspace.labels[row] = Int32(labels[row])
      for column in 0..<core.architecture.inputs {
        view.base[row * view.stride + column] = inputs[row * core.architecture.inputs + column]
      }
    }
  }

  /// Forward, the running statistics, backward, and what `goal` asks for, on the chosen rows.
  func step(_ network: inout Network, goal: TrainingCore.Goal) -> TrainingCore.BatchResult {
    core.goal = goal
    return network.parameters.withUnsafeMutableBuffer { parameters in
      core.parameters = parameters.baseAddress.unsafelyUnwrapped
      runForward()
      let result = core.computeLoss()
      core.startBackward()
      runBackward()
      return result
    }
  }

  private func runForward() {
    pool.run(takeInputs.run)
    for layer in forward.indices {
      let isSummed = layer == 0 && core.sumsInputGroups
      if isSummed || core.threads(for: layer) == 1 {
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
  func updateStatistics(of network: inout Network) {
    let decay = network.statistics.batches == 0 ? 0 : network.architecture.statisticsDecay
    network.statistics.batches += 1
    let layers = network.statistics.layers
    network.statistics.means.withUnsafeMutableBuffer { means in
      for (slice, space) in zip(layers, core.workspace.layers) {
        blend(slice, of: means, with: space.mean, decay: decay)
      }
    }
    network.statistics.variances.withUnsafeMutableBuffer { variances in
      for (slice, space) in zip(layers, core.workspace.layers) {
        blend(slice, of: variances, with: space.variance, decay: decay)
      }
    }
  }

  private func blend(
    _ slice: Slice, of running: UnsafeMutableBufferPointer<Float>,
    with batch: UnsafeMutablePointer<Double>, decay: Float
  ) {
    for unit in 0..<slice.columns {
      let old = Double(decay) * Double(running[slice.offset + unit])
      running[slice.offset + unit] = Float(old + (1 - Double(decay)) * batch[unit])
    }
  }
}
