/// What a network does on a data set.
public struct Evaluation: Sendable, Hashable, Codable {
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

  /// Creates an evaluator.
  ///
  /// - Parameters:
  ///   - threads: Threads that share the work; results do not depend on it.
  ///   - kernels: The instruction set that computes.
  ///   - precision: The numbers that products multiply.
  /// - Throws: `ConfigurationError` when there is no thread or the kernels lack the precision.
  public init(
    threads: Int = 1, kernels: KernelSet = .best, precision: Precision = .float32
  ) throws {
    try kernels.check(precision)
    self.init(pool: try ThreadPool(threads: threads), kernels: kernels, precision: precision)
  }

  package init(pool: ThreadPool, kernels: KernelSet, precision: Precision) {
    self.pool = pool
    self.kernels = kernels
    self.precision = precision
  }

  /// Loss, cost J = loss + λ Σ ‖W‖², accuracy and confusion matrix.
  ///
  /// - Throws: `DataError` when the data set has other inputs or more classes than the network.
  public func evaluate(
    _ network: Network, standardization: Standardization, on dataset: Dataset, lambda: Double
  ) throws -> Evaluation {
    try check(network, standardization, on: dataset)
    let outcomes = outcomes(of: network, standardization, on: dataset)
    var confusion = ConfusionMatrix(classes: network.architecture.classes)
    for row in 0..<dataset.count {
      confusion.record(label: Int(dataset.labels[row]), prediction: Int(outcomes.predictions[row]))
    }
    return Evaluation(
      metrics: outcomes.metrics(of: network, on: dataset, lambda: lambda), confusion: confusion)
  }

  /// Loss, cost and accuracy.
  ///
  /// - Precondition: the data set fits the network, as `evaluate` checks.
  func metrics(
    of network: Network, standardization: Standardization, on dataset: Dataset, lambda: Double
  ) -> Metrics {
    outcomes(of: network, standardization, on: dataset)
      .metrics(of: network, on: dataset, lambda: lambda)
  }

  private func check(
    _ network: Network, _ standardization: Standardization, on dataset: Dataset
  ) throws {
    let (inputs, classes) = (network.architecture.inputs, network.architecture.classes)
    func require(_ condition: Bool, _ expected: String, _ found: String) throws {
      guard !condition else { return }
      throw DataError(.malformed, path: dataset.name, expected: expected, found: found)
    }
    try require(
      standardization.mean.count == inputs, "a standardization of \(inputs) inputs",
      "one of \(standardization.mean.count)")
    try require(
      dataset.rows.columns == inputs, "rows of \(inputs) numbers, the network's inputs",
      "\(dataset.features)")
    try require(
      dataset.classNames.count <= classes, "at most \(classes) classes, the network's outputs",
      "\(dataset.classNames.count)")
  }

  /// The mean and the variance of every normalized unit over rows of a data set.
  ///
  /// They are measured in one pass and pooled exactly.
  ///
  /// - Parameters:
  ///   - network: The network whose units are measured.
  ///   - standardization: How rows become inputs.
  ///   - dataset: Where the rows are from; labels are not looked at.
  ///   - count: The rows, drawn without repetition.
  ///   - flips: Whether each image is mirrored with probability 1/2.
  ///   - batchSize: About how many rows are normalized together in that pass.
  ///   - seed: What is drawn from.
  /// - Throws: `DataError` when the data set does not fit the network, `ConfigurationError` when it
  ///   has too few rows, or no images that could be mirrored.
  public func statistics(
    of network: Network, standardization: Standardization, on dataset: Dataset, count: Int,
    flips: Bool, batchSize: Int, seed: UInt64
  ) throws -> RunningStatistics {
    try check(network, standardization, on: dataset)
    try StatisticsSample(.training, count: count, flips: flips)
      .validate(for: network.architecture, on: dataset, setting: "count")
    let measurement = try StatisticsMeasurement(
      of: network, on: dataset, standardization: standardization,
      batchSize: min(batchSize, count), flippingSeed: flips ? seed : nil, pool: pool,
      kernels: kernels, precision: precision)
    let rows = StatisticsMeasurement.rows(count, of: dataset.count, seed: seed)
    return measurement.statistics(rows: rows)
  }

  /// The loss and the prediction of every row; threads take blocks of rows as they come free.
  private func outcomes(
    of network: Network, _ standardization: Standardization, on dataset: Dataset
  ) -> Outcomes {
    // Only read while the threads run.
    nonisolated(unsafe) let source = BatchSource(dataset, standardization: standardization)
    let outcomes = Outcomes(count: source.count)
    let capacity = min(source.count, InferenceCore.blockRows)
    let network = InferenceNetwork(network, kernels: kernels, precision: precision)
    let cores = (0..<pool.count).map { _ in InferenceCore(network, capacity: capacity) }
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

  /// Loss, cost and accuracy over all rows, summed in their order.
  func metrics(of network: Network, on dataset: Dataset, lambda: Double) -> Metrics {
    var lossSum = 0.0
    var right = 0
    for (row, label) in dataset.labels.enumerated() {
      lossSum += losses[row]
      if predictions[row] == Int32(label) { right += 1 }
    }
    let loss = lossSum / Double(dataset.count)
    return Metrics(
      loss: loss, cost: loss + lambda * network.squaredWeightNorm,
      accuracy: Double(right) / Double(dataset.count))
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
