/// The memory that a run is going to allocate, from what is planned: nothing is measured.
///
/// Data that is there already is not counted.
package struct TrainingMemory: Sendable, Hashable {
  /// Parameters, gradients, optimizer state, and the packing and rounding of each thread.
  package let network: Int
  /// Activations, their gradients, and the inputs of a batch.
  package let batch: Int
  /// Where each row begins, the order of an epoch, and what is known of each evaluation.
  package let rows: Int
  /// An evaluation of the largest part.
  package let evaluation: Int
  /// The pass that measures statistics at the end; 0 without.
  package let statistics: Int
  /// The greatest file before it is written, with the values that go into it: a checkpoint, of a copy
  /// of the state.
  package let file: Int

  /// What there is at once, in bytes.
  ///
  /// The measurement comes after the last checkpoint. Memory that was given back, such as an
  /// evaluation's, may stay with the allocator: a sixteenth is added for what lies between.
  package var peak: Int {
    let sum = network + batch + rows + evaluation + max(statistics, file)
    return sum + sum / 16
  }

  /// Plans the memory of a run.
  ///
  /// - Parameters:
  ///   - configuration: What the run depends on.
  ///   - architecture: The network's shape.
  ///   - length: How long the run is.
  ///   - data: The parts of the data.
  ///   - sample: The images on which statistics are measured at the end.
  ///   - threads: Threads that share the work.
  ///   - kernels: The instruction set that computes.
  package init(
    _ configuration: TrainingConfiguration, _ architecture: Architecture, length: TrainingLength,
    data: DataSplit, sample: StatisticsSample?, threads: Int, kernels: KernelSet
  ) {
    let isRounded = kernels.pairs(for: configuration.precision) != nil
    let vectors = ParameterLayout(architecture).count * MemoryLayout<Float>.size
    let shape = data.training.shape
    func core(capacity: Int) -> (network: Int, batch: Int) {
      TrainingCore.byteCounts(
        architecture, capacity: capacity, threads: threads, kernels: kernels, isRounded: isRounded)
    }
    let training = core(capacity: configuration.batchSize)
    network =
      (1 + configuration.optimizer.stateVectors) * vectors + training.network
    batch =
      training.batch
      + (configuration.augmentation == .none
        ? 0 : BatchAugmenter.byteCount(shape: shape, capacity: configuration.batchSize))
    let count = data.training.count
    let evaluations = length.updateSteps / length.evaluateEvery + 2
    rows = count * Self.bytesPerRow + evaluations * Self.bytesPerEvaluation
    let largest = max(count, data.test.count, data.validation?.count ?? 0)
    evaluation =
      InferenceNetwork.byteCount(architecture, isRounded: isRounded)
      + threads
      * InferenceCore.byteCount(
        architecture, capacity: min(largest, InferenceCore.blockRows), isRounded: isRounded,
        kernels: kernels) + largest * Self.bytesPerOutcome
    statistics =
      sample.map { sample in
        let capacity = StatisticsMeasurement.capacity(
          count: sample.count, batchSize: configuration.batchSize)
        let pass = core(capacity: capacity)
        return vectors + pass.network + pass.batch
          + BatchAugmenter.byteCount(shape: shape, capacity: capacity)
          + largest * Self.bytesPerOutcome
      } ?? 0
    file = 3 * (1 + configuration.optimizer.stateVectors) * vectors
  }

  /// A pointer, and a place in the order of an epoch.
  private static let bytesPerRow = 16
  /// A pointer, a loss and a prediction; or a pointer and two row numbers.
  private static let bytesPerOutcome = 24
  /// A point of the history, its row of the metrics, and its points in the curves.
  private static let bytesPerEvaluation = 1024
}

extension TrainingCore {
  /// Bytes that a core takes besides the parameters and what an optimizer keeps.
  static func byteCounts(
    _ architecture: Architecture, capacity: Int, threads: Int, kernels: KernelSet, isRounded: Bool
  ) -> (network: Int, batch: Int) {
    let parts = inputParts(architecture)
    let tiles = InputTiles(architecture, capacity: capacity, rounds: isRounded, kernels: kernels)
    let perThread =
      (packs(architecture) ? PackingScratch.count : 0)
      + (isRounded ? PairScratch.count(width: architecture.widestOutput) : 0)
      + architecture.depth * lineWidth
    let numbers = ParameterLayout(architecture).count + threads * perThread
    let inputs = BatchInputs.byteCount(
      capacity: capacity, inputs: architecture.inputs, threads: threads,
      keeps: parts > 1 && !isRounded, scratchCount: tiles.largest)
    return (
      numbers * MemoryLayout<Float>.size,
      inputs + Workspace.byteCount(architecture, capacity: capacity, inputParts: parts)
    )
  }
}
