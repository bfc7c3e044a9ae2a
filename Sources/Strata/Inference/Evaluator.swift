/// What a network does on a data set.
public struct Evaluation: Sendable, Hashable {
  /// Loss, cost and accuracy.
  public let metrics: Metrics
  /// Which classes are taken for which.
  public let confusion: ConfusionMatrix
}

/// Measures networks on data sets, with the running statistics.
public struct Evaluator: Sendable {
  private let pool: ThreadPool
  private let kernels: KernelSet
  private let precision: Precision

  /// Creates an evaluator that works on `threads` threads.
  public init(threads: Int, kernels: KernelSet = .best) {
    self.init(pool: ThreadPool(count: threads), kernels: kernels, precision: .float32)
  }

  /// Creates an evaluator whose products are of another precision.
  ///
  /// - Throws: `ConfigurationError` where the kernels lack it.
  public init(threads: Int, kernels: KernelSet = .best, precision: Precision) throws {
    try kernels.check(precision)
    self.init(pool: ThreadPool(count: threads), kernels: kernels, precision: precision)
  }

  package init(pool: ThreadPool, kernels: KernelSet, precision: Precision) {
    self.pool = pool
    self.kernels = kernels
    self.precision = precision
  }

  /// Loss, cost J = loss + λ Σ ‖W‖², accuracy and confusion matrix.
  ///
  /// - Precondition: there is an image, each has as many pixels as the network has inputs and the
  ///   standardization means, and the network has an output for every class of the data set.
  public func evaluate(
    _ network: Network, standardization: Standardization, on dataset: Dataset, lambda: Double
  ) -> Evaluation {
    precondition(dataset.count > 0, "no image to evaluate on")
    precondition(
      dataset.shape.count == network.architecture.inputs, "as many pixels as inputs are needed")
    precondition(
      dataset.classNames.count <= network.architecture.classes, "a class without an output")
    let source = BatchSource(dataset, standardization: standardization)
    let outcome = outcomes(of: network, on: source)
    var confusion = ConfusionMatrix(classes: network.architecture.classes)
    var lossSum = 0.0
    for row in 0..<dataset.count {
      lossSum += outcome.losses[row]
      confusion.record(label: Int(dataset.labels[row]), prediction: Int(outcome.predictions[row]))
    }
    let loss = lossSum / Double(dataset.count)
    return Evaluation(
      metrics: Metrics(
        loss: loss, cost: loss + lambda * network.squaredWeightNorm,
        accuracy: confusion.accuracy ?? 0),
      confusion: confusion)
  }

  /// The mean and the variance of every normalized unit over images of a data set.
  ///
  /// They are measured in one pass and pooled exactly.
  ///
  /// - Parameters:
  ///   - network: The network whose units are measured.
  ///   - standardization: How pixels become inputs.
  ///   - dataset: Where the images are from; labels are not looked at.
  ///   - count: The images, drawn without repetition.
  ///   - flips: Whether each is mirrored with probability 1/2.
  ///   - batchSize: About how many images are normalized together in that pass.
  ///   - seed: What is drawn from.
  /// - Precondition: `count` is from 2 to the number of images.
  public func statistics(
    of network: Network, standardization: Standardization, on dataset: Dataset, count: Int,
    flips: Bool, batchSize: Int, seed: UInt64
  ) -> RunningStatistics {
    precondition((2...dataset.count).contains(count), "2 images to as many as there are")
    let measurement = StatisticsMeasurement(
      of: network, on: dataset, standardization: standardization,
      batchSize: min(batchSize, count), flippingSeed: flips ? seed : nil, pool: pool,
      kernels: kernels, precision: precision)
    let rows = StatisticsMeasurement.rows(count, of: dataset.count, seed: seed)
    return measurement.statistics(rows: rows)
  }

  /// The loss and the prediction of every row; threads take blocks of rows as they come free.
  private func outcomes(of network: Network, on source: BatchSource) -> Outcomes {
    let outcomes = Outcomes(count: source.count)
    let capacity = min(source.count, InferenceCore.blockRows)
    let network = InferenceNetwork(network, kernels: kernels, precision: precision)
    let cores = (0..<pool.count).map { _ in InferenceCore(network, capacity: capacity) }
    nonisolated(unsafe) let source = source  // Only read while the threads run.
    pool.run(blocksOf: capacity, in: source.count) { thread, rows in
      cores[thread].classify(rows: rows, of: source) { row, loss, prediction in
        outcomes.losses[row] = loss
        outcomes.predictions[row] = Int32(prediction)
      }
    }
    return outcomes
  }
}

/// Results by row.
///
/// `@unchecked Sendable`: each row is written by one thread, and read after all have finished.
private final class Outcomes: @unchecked Sendable {
  let losses: UnsafeMutablePointer<Double>
  let predictions: UnsafeMutablePointer<Int32>

  init(count: Int) {
    losses = .allocate(capacity: count)
    predictions = .allocate(capacity: count)
    losses.initialize(repeating: 0, count: count)
    predictions.initialize(repeating: 0, count: count)
  }

  deinit {
    losses.deallocate()
    predictions.deallocate()
  }
}

extension Network {
  /// Σ_l ‖W_l‖²_F, summed in `Double`.
  public var squaredWeightNorm: Double {
    parameters.withUnsafeBuffer { buffer in
      layout.layers.reduce(0) { sum, layer in
        layer.weight.range.reduce(sum) { $0 + Double(buffer[$1]) * Double(buffer[$1]) }
      }
    }
  }
}
