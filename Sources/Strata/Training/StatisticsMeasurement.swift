/// Measures the statistics of batch normalization on many images at once.
struct StatisticsMeasurement {
  private let engine: any TrainingEngine
  private let source: BatchSource
  private let batchSize: Int

  /// So that nearly equal batches of two rows or more have at least two each.
  private static let leastBatch = 3

  /// Rows that go forward together at most.
  static func capacity(count: Int, batchSize: Int) -> Int {
    max(leastBatch, min(batchSize, count))
  }

  /// No epoch of training, so that images are not mirrored as they were there.
  private static let epoch = -1

  /// Prepares passes over batches of about `batchSize` rows of a data set.
  ///
  /// - Parameter flippingSeed: The seed that draws mirrored images; `nil` to mirror none.
  init(
    of network: Network, on dataset: Dataset, standardization: Standardization,
    batchSize: Int, flippingSeed: UInt64?, pool: ThreadPool, kernels: KernelSet,
    precision: Precision
  ) throws {
    let batchSize = max(Self.leastBatch, batchSize)
    self.batchSize = batchSize
    source = BatchSource(dataset, standardization: standardization)
    var flips = Augmentation.none
    flips.flips = true
    let augmenter = try flippingSeed.map {
      BatchAugmenter(
        flips, shape: try dataset.shapeOfBytes(for: "flip"), seed: $0, capacity: batchSize)
    }
    engine = CPUTrainingEngine(
      network, capacity: batchSize, pool: pool, kernels: kernels, precision: precision,
      augmenter: augmenter)
  }

  /// The mean and the variance of every normalized unit over the rows.
  ///
  /// The rows pass through the network once, in batches that are normalized with their own statistics,
  /// as in training. A unit then receives one sample of all rows, whose variance is
  ///
  ///     v = Σ_b (n_b / N) (v_b + (μ_b − μ)²),    μ = Σ_b (n_b / N) μ_b,
  ///
  /// and not the average of the batches' variances, which lacks the spread of their means.
  func statistics(rows: [Int32]) -> RunningStatistics {
    let network = engine.network
    var pooled = network.statistics.layers.map { PooledMoments(units: $0.columns) }
    let batches = max(1, (rows.count + batchSize - 1) / batchSize)
    for batch in 0..<batches {
      let range = part(batch, of: batches, in: rows.count)
      engine.take(Batch(rows: rows[range], epoch: Self.epoch, source: source))
      engine.forward()
      for layer in pooled.indices {
        let (means, variances) = engine.batchMoments(of: layer)
        pooled[layer].add(rows: range.count, means: means, variances: variances)
      }
    }
    var result = network.statistics
    for (layer, slice) in result.layers.enumerated() {
      result.means.setValues(pooled[layer].means.map(Float.init), in: slice)
      result.variances.setValues(pooled[layer].variances.map(Float.init), in: slice)
    }
    result.batches = max(1, network.statistics.batches)
    return result
  }

  /// Rows of a data set, drawn without repetition, in order.
  static func rows(_ count: Int, of available: Int, seed: UInt64) -> [Int32] {
    var rows = Array(0..<Int32(available))
    guard count < available else { return rows }
    var stream = RandomStream(seed: seed, for: .statistics)
    stream.shuffle(&rows)
    return rows.prefix(count).sorted()
  }
}

/// Means and variances of samples, put together into those of all.
///
/// - SeeAlso: Chan, Golub & LeVeque 1983, equation 2.1.
private struct PooledMoments {
  private(set) var means: [Double]
  private var squares: [Double]
  private var count = 0.0

  init(units: Int) {
    means = [Double](repeating: 0, count: units)
    squares = means
  }

  /// Σ (x − μ)² / n of each unit.
  var variances: [Double] { squares.map { $0 / max(1, count) } }

  mutating func add(
    rows: Int, means others: [Double], variances: [Double]
  ) {
    let n = Double(rows)
    let total = count + n
    for unit in means.indices {
      let distance = others[unit] - means[unit]
      means[unit] += distance * n / total
      squares[unit] += n * variances[unit] + distance * distance * count * n / total
    }
    count = total
  }
}
