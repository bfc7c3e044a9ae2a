package import Strata

/// A run of which everything is known: nothing in it depends any more on what is found where.
package struct TrainingPlan: Sendable {
  /// The settings, every value filled in.
  package let recipe: Recipe
  /// The data set and its digest.
  package let data: RunData
  /// Its parts.
  package let split: DataSplit
  /// What the trainer is told.
  package let configuration: TrainingConfiguration
  /// The shape of the network.
  package let architecture: Architecture
  /// The images on which statistics are measured at the end; `nil` where the running ones stay.
  package let statisticsSample: StatisticsSample?
  /// The network to start from; `nil` for drawn weights.
  package let initialWeights: Network?
  /// Threads that share the work.
  package let threads: Int

  /// Finds the data and fills in what depends on it.
  ///
  /// - Parameter startsAnew: Whether the run starts at its beginning, for which it needs the initial
  ///   weights.
  /// - Throws: `ConfigurationError` for settings that do not fit each other, the data or the
  ///   memory, `DataError` for data or weights that cannot be used.
  package init(_ asked: Recipe, startsAnew: Bool = true) throws {
    try asked.check()
    try self.init(
      asked, data: RunData(asked), memory: Machine.memoryLimits, startsAnew: startsAnew)
  }

  /// Fills in what depends on data that was read before, which several plans may share.
  ///
  /// - Parameter memory: What the run may take; empty for no limit.
  /// - Throws: `ConfigurationError` for settings that do not fit each other, the data or the memory,
  ///   `DataError` for weights that cannot be used.
  package init(
    _ asked: Recipe, data: RunData, memory: [MemoryLimit], startsAnew: Bool = true
  ) throws {
    try asked.check()
    self.data = data
    var recipe = asked
    recipe.data = data.reference
    recipe.dataDirectory = data.directory
    let validation = asked.resolvedValidation(of: data.pair)
    split = try DataSplit(data.pair, train: asked.train, validation: validation)
    recipe.validation = validation
    recipe.train = split.training.count
    threads = asked.threads ?? Machine.usableProcessors
    recipe.threads = threads
    configuration = try recipe.resolveConfiguration(rows: split.training.count)
    try configuration.validate(for: split.training)
    try KernelSet.ofProcess().check(configuration.precision)
    architecture = try configuration.architecture(for: split.training)
    statisticsSample = try asked.statisticsSample(
      for: architecture, training: split.training, test: split.test)
    initialWeights = startsAnew ? try recipe.readInitialWeights(architecture) : nil
    self.recipe = recipe
    try checkMemory(memory)
  }

  /// Update steps of one pass over the training part.
  package var stepsPerEpoch: Int {
    configuration.stepsPerEpoch(rows: split.training.count)
  }
}

extension Recipe {
  fileprivate mutating func readInitialWeights(_ architecture: Architecture) throws -> Network? {
    guard let file = initialWeights else { return nil }
    initialWeights = absolutePath(file)
    return try Network(initialWeights: file, architecture: architecture)
  }

  /// Fixes the length of the run, and tells the trainer everything.
  fileprivate mutating func resolveConfiguration(rows: Int) throws -> TrainingConfiguration {
    let stepsPerEpoch = (rows + batchSize - 1) / batchSize
    let evaluateEvery = evaluateEvery ?? stepsPerEpoch
    self.evaluateEvery = evaluateEvery
    let (schedule, steps) = try resolveSchedule(stepsPerEpoch: stepsPerEpoch)
    return TrainingConfiguration(
      hidden: hidden, batchNormalization: batchNormalization,
      normalizationEpsilon: normalizationEpsilon, statisticsDecay: statisticsDecay,
      initialization: initialization, optimizer: optimizer, precision: precision,
      schedule: schedule, updateSteps: steps, batchSize: batchSize, lambda: lambda,
      dropout: dropout, augmentation: augmentation, shuffles: shuffles, seed: seed,
      evaluateEvery: evaluateEvery)
  }
}
