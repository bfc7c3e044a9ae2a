/// The memory that a run is going to allocate, from what is planned: nothing is measured.
///
/// Data that is there already is not counted.
package struct TrainingMemory: Sendable, Hashable {
  /// The parameters, and what an update step writes.
  package let engine: Int
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
    let sum = engine + rows + evaluation + max(statistics, file)
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
    func engine(capacity: Int, optimizer: Optimizer, isAugmented: Bool) -> Int {
      let augmenter = data.training.features.imageShape.map { shape in
        Arena.byteCount { BatchAugmenter.Memory(shape: shape, capacity: capacity, in: &$0) }
      }
      return vectors
        + Arena.byteCount {
          TrainingBuffers(
            architecture, capacity: capacity, threads: threads, kernels: kernels,
            isRounded: isRounded, optimizer: optimizer, in: &$0)
        }
        + (isAugmented ? augmenter ?? 0 : 0)
    }
    self.engine = engine(
      capacity: configuration.batchSize, optimizer: configuration.optimizer,
      isAugmented: configuration.augmentation != .none)
    let count = data.training.count
    let evaluations = length.updateSteps / length.evaluateEvery + 2
    rows = count * Self.bytesPerRow + evaluations * Self.bytesPerEvaluation
    let largest = max(count, data.test?.count ?? 0, data.validation?.count ?? 0)
    evaluation = Self.evaluation(
      of: largest, architecture, isRounded: isRounded, threads: threads, kernels: kernels)
    statistics =
      sample.map { sample in
        let capacity = StatisticsMeasurement.capacity(
          count: sample.count, batchSize: configuration.batchSize)
        return engine(capacity: capacity, optimizer: .sgd, isAugmented: true)
          + largest * Self.bytesPerOutcome
      } ?? 0
    file = 3 * (1 + configuration.optimizer.stateVectors) * vectors
  }

  /// An evaluation of so many rows.
  private static func evaluation(
    of rows: Int, _ architecture: Architecture, isRounded: Bool, threads: Int, kernels: KernelSet
  ) -> Int {
    let network = Arena.byteCount {
      InferenceNetwork.memory(architecture, isRounded: isRounded, in: &$0)
    }
    let buffers = Arena.byteCount {
      InferenceBuffers(
        architecture, capacity: min(rows, InferenceCore.blockRows), isRounded: isRounded,
        kernels: kernels, in: &$0)
    }
    return network + threads * buffers + rows * bytesPerOutcome
  }

  /// A pointer, and a place in the order of an epoch.
  private static let bytesPerRow = 16
  /// A pointer, a loss and a prediction; or a pointer and two row numbers.
  private static let bytesPerOutcome = 24
  /// A point of the history, its row of the metrics, and its points in the curves.
  private static let bytesPerEvaluation = 1024
}
