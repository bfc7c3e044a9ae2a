/// Trains one network by mini-batch gradient descent.
///
///     var trainer = try Trainer(configuration, data: split, threads: 2)
///     try trainer.run { event in … }
///     let network = trainer.network
///
/// The same configuration, data, seed and kernel give the same bits at any number of threads.
public struct Trainer: ~Copyable {
  /// What the run depends on.
  public let configuration: TrainingConfiguration
  /// What it learns from.
  public let data: DataSplit
  /// How pixels become inputs: measured on the training part.
  public let standardization: Standardization
  /// The network in its present state.
  public internal(set) var network: Network {
    get { engine.network }
    set { engine.network = newValue }
  }
  /// Every evaluation so far, step 0 first.
  public internal(set) var history: [HistoryPoint] = []
  /// Update steps made so far.
  public private(set) var step = 0
  /// Images that update steps have seen so far.
  public private(set) var samples = 0
  /// Seconds spent in update steps, the assembling of their batches included.
  public private(set) var trainSeconds = 0.0
  /// Seconds spent in evaluations.
  public internal(set) var evaluationSeconds = 0.0
  /// What has been noticed so far that seldom ends well, each sign once.
  public internal(set) var warnings: [TrainingWarning] = []

  let engine: any TrainingEngine
  let source: BatchSource
  let evaluator: Evaluator
  private let kernels: KernelSet
  /// The loss of knowing only how frequent each class is.
  let chanceLoss: Double
  var order: BatchOrder
  private var recent = RecentBatches()

  /// Checks the configuration, measures the training images and draws the first weights.
  ///
  /// - Parameters:
  ///   - configuration: What the run depends on.
  ///   - data: What it learns from.
  ///   - initialWeights: A network to start from instead; its running statistics are not used.
  ///   - threads: Threads that share the work; results do not depend on it.
  ///   - kernels: The instruction set that computes.
  /// - Throws: `ConfigurationError` when a setting is out of range or does not fit the data or the
  ///   kernels.
  public init(
    _ configuration: TrainingConfiguration, data: DataSplit, initialWeights: Network? = nil,
    threads: Int, kernels: KernelSet = .best
  ) throws {
    try configuration.validate(for: data.training)
    try kernels.check(configuration.precision)
    let architecture = try configuration.architecture(for: data.training)
    let network = try Self.firstNetwork(configuration, architecture, initialWeights)
    try self.init(
      network, configuration, data: data, threads: threads, kernels: kernels,
      standardization: Standardization(measuring: data.training, kernels: kernels))
  }

  /// Goes on from a checkpoint as if the run had never stopped.
  ///
  /// - Parameters:
  ///   - checkpoint: The state to go on from.
  ///   - configuration: What the run depends on, which has not changed.
  ///   - data: What it learns from, which has not changed; only its size is compared here, its
  ///     digest is in `checkpoint.origin`.
  ///   - threads: Threads that share the work; results do not depend on it.
  ///   - kernels: The instruction set that computes; another one than before may give other bits.
  /// - Throws: `ConfigurationError` when a setting differs from the checkpoint's or does not fit the
  ///   data or the kernels, `DataError` when the checkpoint is not one of this run.
  public init(
    resuming checkpoint: Checkpoint, _ configuration: TrainingConfiguration, data: DataSplit,
    threads: Int, kernels: KernelSet = .best
  ) throws {
    try configuration.validate(for: data.training)
    try kernels.check(configuration.precision)
    try checkpoint.settings.requireSame(as: TrainingSettings(configuration))
    var order = BatchOrder(
      count: data.training.count, shuffles: configuration.shuffles, seed: configuration.seed)
    let epoch = checkpoint.step / configuration.stepsPerEpoch(rows: data.training.count)
    try checkpoint.requireFit(
      architecture: configuration.architecture(for: data.training), configuration,
      order: order.rows(ofEpoch: epoch), isValidated: data.validation != nil)
    try self.init(
      checkpoint.network, configuration, data: data, threads: threads, kernels: kernels,
      standardization: checkpoint.standardization)
    engine.optimizerState = checkpoint.optimizerState
    step = checkpoint.step
    samples = checkpoint.samples
    history = checkpoint.history
    trainSeconds = checkpoint.trainSeconds
    evaluationSeconds = checkpoint.evaluationSeconds
    warnings = checkpoint.warnings
  }

  private init(
    _ network: Network, _ configuration: TrainingConfiguration, data: DataSplit, threads: Int,
    kernels: KernelSet, standardization: Standardization
  ) throws {
    self.configuration = configuration
    self.data = data
    self.kernels = kernels
    self.standardization = standardization
    chanceLoss = data.training.labelEntropy
    source = BatchSource(data.training, standardization: standardization)
    order = BatchOrder(
      count: data.training.count, shuffles: configuration.shuffles, seed: configuration.seed)
    let pool = try ThreadPool(threads: threads)
    engine = CPUTrainingEngine(
      network, capacity: configuration.batchSize, pool: pool, kernels: kernels,
      precision: configuration.precision, optimizer: configuration.optimizer,
      augmenter: configuration.augmenter(for: data.training))
    evaluator = Evaluator(pool: pool, kernels: kernels, precision: configuration.precision)
  }

  private static func firstNetwork(
    _ configuration: TrainingConfiguration, _ architecture: Architecture,
    _ initialWeights: Network?
  ) throws -> Network {
    guard var network = initialWeights else {
      var stream = RandomStream(seed: configuration.seed, for: .weights)
      return Network(
        architecture, initialization: configuration.initialization, using: &stream)
    }
    guard network.architecture == architecture else {
      throw ConfigurationError(
        setting: "initial-weights", expected: "the network that the settings describe",
        found: "another one")
    }
    network.statistics = RunningStatistics(architecture)
    return network
  }

  /// The instruction set that computes.
  public var kernelName: String { kernels.name }

  /// Threads that share the work: as many as were asked for, or as the system allowed.
  public var threads: Int { engine.threads }

  /// Update steps of one pass over the training images.
  public var stepsPerEpoch: Int { configuration.stepsPerEpoch(rows: data.training.count) }

  /// Whether every update step has been made and the network measured after the last.
  public var isFinished: Bool { step >= configuration.updateSteps && !isMeasurementDue }

  /// Whether the network is to be measured before the next update step.
  private var isMeasurementDue: Bool {
    let isPlanned = step % configuration.evaluateEvery == 0 || step >= configuration.updateSteps
    return isPlanned && history.last?.step != step
  }

  /// Makes every update step, and measures before the first, at the intervals asked for and after
  /// the last.
  ///
  /// - Parameters:
  ///   - shouldPause: Asked once after each update step and each evaluation, with the number of
  ///     steps made; the run returns when it says so, and goes on where it was when it is called
  ///     again.
  ///   - observe: Told of progress, evaluations and warnings.
  /// - Throws: `DivergenceError` at the first step in which a number is not finite, or after which
  ///   one is not that is measured, and what `observe` throws.
  public mutating func run(
    pausingWhen shouldPause: (Int) -> Bool = { _ in false },
    observe: (TrainingEvent) throws -> Void
  ) throws {
    while !isFinished {
      let known = warnings.count
      let pauses: Bool
      if isMeasurementDue {
        try observe(.evaluation(finiteEvaluation()))
        pauses = shouldPause(step)
      } else {
        pauses = try advance(to: nextStop, pausingWhen: shouldPause)
        try observe(.progress(progress))
      }
      for warning in warnings[known...] { try observe(.warning(warning)) }
      if pauses { return }
    }
  }

  /// The step at which the loop looks up: an evaluation, the end, or some progress to report.
  private var nextStop: Int {
    let evaluation = (step / configuration.evaluateEvery + 1) * configuration.evaluateEvery
    return min(evaluation, configuration.updateSteps, step + Self.reportInterval)
  }

  /// Update steps between two reports of progress.
  private static let reportInterval = 50

  /// Makes update steps, at least one, until `target` have been made or the run is to pause.
  ///
  /// - Returns: Whether it is to pause.
  private mutating func advance(
    to target: Int, pausingWhen shouldPause: (Int) -> Bool
  ) throws -> Bool {
    let start = ContinuousClock.now
    defer { trainSeconds += start.secondsUntilNow }
    recent = RecentBatches()
    repeat {
      try advance()
      if shouldPause(step) { return true }
    } while step < target
    return false
  }

  /// Makes one update step.
  ///
  /// - Throws: `DivergenceError` when the cost or a parameter is no longer finite.
  package mutating func advance() throws {
    let batch = nextBatch()
    let update = nextUpdate
    let result: BatchResult
    do {
      engine.take(batch)
      result = try engine.computeGradient(update)
      engine.combine()
      engine.clipGradient(update)
      try engine.update(update)
      try engine.blendStatistics()
    } catch {
      throw DivergenceError(step: step, layer: error.layer, tensor: error.tensor)
    }
    recent.add(result, rows: batch.rows.count)
    samples += batch.rows.count
    step += 1
    notice(lossOfBatch: result.lossSum / Double(batch.rows.count))
  }

  /// The rows of the step at hand.
  private mutating func nextBatch() -> Batch {
    let (epoch, index) = step.quotientAndRemainder(dividingBy: stepsPerEpoch)
    let size = configuration.batchSize
    return Batch(
      rows: order.rows(ofBatch: index, size: size, epoch: epoch),
      next: order.rows(ofBatch: index + 1, size: size, epoch: epoch), epoch: epoch, source: source)
  }

  /// How the step at hand moves the parameters.
  private var nextUpdate: UpdateStep {
    UpdateStep(
      rule: UpdateRule(
        configuration.optimizer, rate: configuration.schedule.rate(at: step), step: step),
      lambda: Float(configuration.lambda), dropout: dropout)
  }

  /// What the step at hand leaves out.
  private var dropout: Dropout? {
    guard configuration.dropout > 0 else { return nil }
    return Dropout(probability: configuration.dropout, seed: configuration.seed, step: step)
  }

  private var progress: TrainingProgress {
    TrainingProgress(
      step: step, totalSteps: configuration.updateSteps,
      eta: configuration.schedule.rate(at: max(0, step - 1)), loss: recent.loss,
      accuracy: recent.accuracy, trainSeconds: trainSeconds, samples: samples)
  }

  /// The network as it is now with what is needed to use it.
  ///
  /// - Parameters:
  ///   - dataDigest: The SHA-256 of the data, in hexadecimal digits; may be empty.
  ///   - configuration: The resolved recipe, as JSON; may be empty.
  public func model(dataDigest: String = "", configuration: String = "") -> Model {
    Model(
      network: network, standardization: standardization, classNames: data.training.classNames,
      features: data.training.features, dataName: data.training.name, dataDigest: dataDigest,
      configuration: configuration, kernel: kernelName)
  }
}
