package import Strata

/// A run with every setting resolved and its data found.
package struct TrainingPlan: Sendable {
  /// The settings, every value filled in.
  package let recipe: Recipe
  /// The data set and its digest.
  package let data: RunData
  /// Its parts.
  package let split: DataSplit
  /// The settings of the trainer.
  package let configuration: TrainingConfiguration
  /// How long the run is.
  package let length: TrainingLength
  /// The shape of the network.
  package let architecture: Architecture
  /// The images on which statistics are measured at the end; `nil` where the running ones stay.
  package let statisticsSample: StatisticsSample?
  /// The network to start from; `nil` for drawn weights.
  package let initialWeights: Network?
  /// Threads that share the work.
  package let threads: Int

  /// Finds the data and resolves the settings that depend on it.
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

  /// Resolves the settings that depend on the data, which several plans may share.
  ///
  /// - Parameter memory: The memory limits of the run; empty for none.
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
    configuration = try asked.training.resolved(for: split.training)
    length = try configuration.length(rows: split.training.count)
    recipe.training = configuration
    recipe.training.updateSteps = nil  // A recipe says it in epochs or in cycles.
    try KernelSet.ofProcess().check(configuration.precision)
    architecture = try configuration.architecture(for: split.training)
    statisticsSample = try asked.statisticsSample(
      for: architecture, training: split.training, test: split.test)
    initialWeights = startsAnew ? try recipe.readInitialWeights(architecture) : nil
    self.recipe = recipe
    try checkMemory(memory)
  }
}

extension Recipe {
  fileprivate mutating func readInitialWeights(_ architecture: Architecture) throws -> Network? {
    guard let file = initialWeights else { return nil }
    initialWeights = absolutePath(file)
    return try Network(initialWeights: file, architecture: architecture)
  }
}
