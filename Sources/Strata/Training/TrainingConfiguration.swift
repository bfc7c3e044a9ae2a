/// Everything that a run depends on, besides its data and the kernel.
public struct TrainingConfiguration: Sendable, Hashable {
  /// Units of each hidden layer; empty for softmax regression.
  public var hidden: [Int]
  /// Where the hidden layers are normalized.
  public var batchNormalization: BatchNormalizationPlacement
  /// ε in √(v + ε): `epsilon` of ONNX's BatchNormalization and `eps` of PyTorch's BatchNorm1d
  /// (Ioffe & Szegedy 2015, algorithm 1, <https://arxiv.org/abs/1502.03167>).
  public var normalizationEpsilon: Double
  /// α, the weight of the old value in the running statistics.
  public var statisticsDecay: Double
  /// How the first weights are drawn.
  public var initialization: Initialization
  /// How parameters move along a gradient.
  public var optimizer: Optimizer
  /// The numbers that products multiply.
  public var precision: Precision
  /// η of each update step.
  public var schedule: Schedule
  /// Update steps of the whole run.
  public var updateSteps: Int
  /// Rows of a mini-batch, n.
  public var batchSize: Int
  /// λ in J = loss + λ Σ ‖W‖².
  public var lambda: Double
  /// The probability that a hidden activation is left out of an update step.
  public var dropout: Double
  /// How training images are changed each time before they are learned from.
  public var augmentation: Augmentation
  /// Whether the rows get a new order in every epoch; otherwise batches are in file order.
  public var shuffles: Bool
  /// What the weights and the order of the rows are drawn from.
  public var seed: UInt64
  /// Update steps between two evaluations.
  public var evaluateEvery: Int

  /// Creates a configuration; it is checked where a trainer is made from it.
  public init(
    hidden: [Int], batchNormalization: BatchNormalizationPlacement,
    normalizationEpsilon: Double = 1e-5, statisticsDecay: Double = 0.9,
    initialization: Initialization = .he, optimizer: Optimizer = .sgd,
    precision: Precision = .float32, schedule: Schedule, updateSteps: Int, batchSize: Int = 100,
    lambda: Double, dropout: Double = 0, augmentation: Augmentation = .none,
    shuffles: Bool = true, seed: UInt64, evaluateEvery: Int
  ) {
    self.hidden = hidden
    self.batchNormalization = batchNormalization
    self.normalizationEpsilon = normalizationEpsilon
    self.statisticsDecay = statisticsDecay
    self.initialization = initialization
    self.optimizer = optimizer
    self.precision = precision
    self.schedule = schedule
    self.updateSteps = updateSteps
    self.batchSize = batchSize
    self.lambda = lambda
    self.dropout = dropout
    self.augmentation = augmentation
    self.shuffles = shuffles
    self.seed = seed
    self.evaluateEvery = evaluateEvery
  }

  /// The network's shape for a data set.
  ///
  /// - Throws: `ConfigurationError` for widths, depth, ε or α outside their range.
  public func architecture(for dataset: Dataset) throws -> Architecture {
    try Architecture(
      inputs: dataset.features.count, hidden: hidden, classes: dataset.classNames.count,
      batchNormalization: batchNormalization, normalizationEpsilon: Float(normalizationEpsilon),
      statisticsDecay: Float(statisticsDecay))
  }

  /// Update steps of one pass over `rows` images; the last batch may be smaller.
  public func stepsPerEpoch(rows: Int) -> Int {
    (rows + max(1, batchSize) - 1) / max(1, batchSize)
  }

  /// Checks every number against its range and against the data.
  ///
  /// - Throws: `ConfigurationError` for the first that is wrong.
  public func validate(for dataset: Dataset) throws {
    try require((0..<1).contains(Float(statisticsDecay)), "statistics-decay", statisticsDecay) {
      "a number from 0 up to, but not including, 1 in single precision"
    }
    let epsilon = Float(normalizationEpsilon)
    try require(epsilon > 0 && epsilon.isFinite, "normalization-epsilon", normalizationEpsilon) {
      "a number above 0 that is finite and not 0 in single precision"
    }
    _ = try architecture(for: dataset)
    try require((1...dataset.count).contains(batchSize), "batch-size", batchSize) {
      "1 to \(dataset.count), the number of training images"
    }
    try validateLastBatch(for: dataset)
    try require(lambda >= 0 && Float(lambda).isFinite, "lambda", lambda) {
      "a finite number of single precision, at least 0"
    }
    try require((0..<1).contains(dropout), "dropout", dropout) {
      "a probability from 0 up to, but not including, 1"
    }
    try require(dropout == 0 || !hidden.isEmpty, "dropout", dropout) {
      "0 for a network without hidden layers, since it leaves out what they give"
    }
    try augmentation.validate(for: dataset)
    try require(updateSteps >= 1, "update steps", updateSteps) { "at least 1" }
    try require(evaluateEvery >= 1, "evaluate-every", evaluateEvery) { "at least 1 step" }
    if case .fixed(let deviation) = initialization {
      try require(deviation >= 0 && deviation.isFinite, "init", deviation) {
        "he, xavier or a finite deviation, at least 0"
      }
    }
    try schedule.validate()
  }

  /// Checks that no batch has a single image, which has no deviation.
  private func validateLastBatch(for dataset: Dataset) throws {
    let lastBatch = dataset.count % batchSize
    if batchNormalization != .none && !hidden.isEmpty && (lastBatch == 1 || batchSize == 1) {
      throw ConfigurationError(
        setting: "batch-size",
        expected: "batches of at least two images, since batch normalization"
          + " divides by a batch's deviation",
        found: batchSize == 1
          ? "1" : "\(batchSize), which leaves a last batch of 1 of \(dataset.count) images",
        hint: "choose another batch-size or train")
    }
  }

  func augmenter(for dataset: Dataset) -> BatchAugmenter? {
    guard augmentation != .none, let shape = dataset.features.imageShape else { return nil }
    return BatchAugmenter(
      augmentation, shape: shape, seed: seed, capacity: batchSize)
  }

  private func require(
    _ condition: Bool, _ setting: String, _ found: some CustomStringConvertible,
    expected: () -> String
  ) throws {
    guard !condition else { return }
    throw ConfigurationError(setting: setting, expected: expected(), found: "\(found)")
  }
}

extension Schedule {
  /// Checks that every η is finite and not negative.
  ///
  /// - Throws: `ConfigurationError` for the first number that is wrong.
  public func validate() throws {
    switch self {
    case .constant(let rate):
      try check(rate, "eta")
    case .cyclical(let minimum, let maximum, let stepSize, let decay):
      try check(minimum: minimum, maximum: maximum)
      guard (1...Int.max / 2).contains(stepSize) else {
        throw ConfigurationError(
          setting: "step-size", expected: "1 to \(Int.max / 2) update steps",
          found: "\(stepSize)")
      }
      try check(decay, "cycle-decay")
    case .cosine(let minimum, let maximum, let steps),
      .oneCycle(let minimum, let maximum, let steps):
      guard steps >= 1 else {
        throw ConfigurationError(
          setting: "update steps", expected: "at least 1", found: "\(steps)")
      }
      try check(minimum: minimum, maximum: maximum)
    }
  }

  private func check(minimum: Double, maximum: Double) throws {
    try check(minimum, "eta-min")
    try check(maximum, "eta-max")
    guard minimum <= maximum else {
      throw ConfigurationError(
        setting: "eta-min", expected: "at most eta-max, which is \(maximum)", found: "\(minimum)")
    }
  }

  private func check(_ value: Double, _ setting: String) throws {
    guard value >= 0, Float(value).isFinite else {
      throw ConfigurationError(
        setting: setting, expected: "a finite number, at least 0", found: "\(value)")
    }
  }
}
