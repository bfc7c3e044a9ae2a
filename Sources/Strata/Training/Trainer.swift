/// Trains one network by mini-batch gradient descent.
///
///     let trainer = try Trainer(configuration, data: split)
///     try trainer.run { event in … }
///     let network = trainer.network
///
/// The same configuration, data, seed and kernel give the same bits at any number of threads. A trainer
/// may be handed to any task or thread; one at a time makes its steps.
public final class Trainer: Sendable {
  /// What the run depends on, the length of the run filled in.
  public let configuration: TrainingConfiguration
  /// How long the run is.
  public let length: TrainingLength
  /// What it learns from.
  public let data: DataSplit
  /// How the numbers of a row become inputs: measured on the training part.
  public let standardization: Standardization
  /// Threads that share the work: as many as were asked for, or as the system allowed.
  public let threads: Int
  let kernels: KernelSet
  private let state: Locked<TrainingState>
  /// Who is told of events besides the observer of a run.
  let listeners = Locked<[AsyncStream<TrainingEvent>.Continuation]>([])

  /// Checks the configuration, measures the training images and draws the first weights.
  ///
  /// - Parameters:
  ///   - configuration: What the run depends on; what it leaves open is filled in.
  ///   - data: What it learns from.
  ///   - initialWeights: A network to start from instead; its running statistics are not used.
  ///   - threads: Threads that share the work; results do not depend on it.
  ///   - kernels: The instruction set that computes.
  /// - Throws: `ConfigurationError` when a setting is out of range or does not fit the data or the
  ///   kernels.
  public convenience init(
    _ configuration: TrainingConfiguration = TrainingConfiguration(), data: DataSplit,
    initialWeights: Network? = nil, threads: Int = usableProcessors, kernels: KernelSet = .best
  ) throws {
    let configuration = try configuration.resolved(for: data.training)
    try kernels.check(configuration.precision)
    let architecture = try configuration.architecture(for: data.training)
    let network = try Self.firstNetwork(configuration, architecture, initialWeights)
    try self.init(
      network, configuration, data: data,
      standardization: Standardization(measuring: data.training, kernels: kernels),
      threads: threads, kernels: kernels)
  }

  /// Goes on from a checkpoint as if the run had never stopped.
  ///
  /// - Parameters:
  ///   - checkpoint: The state to go on from.
  ///   - configuration: What the run depends on, which has not changed.
  ///   - isProlonged: Whether it may have more update steps than before, with a constant or a cyclical
  ///     schedule: a finished run then goes on to the bits of a longer one.
  ///   - data: What it learns from, which has not changed; only its size is compared here, its
  ///     digest is in `checkpoint.origin`.
  ///   - threads: Threads that share the work; results do not depend on it.
  ///   - kernels: The instruction set that computes; another one than before may give other bits.
  /// - Throws: `ConfigurationError` when a setting differs from the checkpoint's or does not fit the
  ///   data or the kernels, `DataError` when the checkpoint is not one of this run.
  public convenience init(
    resuming checkpoint: Checkpoint, _ configuration: TrainingConfiguration, data: DataSplit,
    isProlonged: Bool = false, threads: Int = usableProcessors, kernels: KernelSet = .best
  ) throws {
    let configuration = try configuration.resolved(for: data.training)
    try kernels.check(configuration.precision)
    try checkpoint.settings.requireSame(
      as: TrainingSettings(configuration), isProlonged: isProlonged)
    var order = BatchOrder(
      count: data.training.count, shuffles: configuration.shuffles, seed: configuration.seed)
    let length = try configuration.length(rows: data.training.count)
    try checkpoint.requireFit(
      architecture: configuration.architecture(for: data.training), configuration, length: length,
      order: order.rows(ofEpoch: checkpoint.step / length.stepsPerEpoch),
      isValidated: data.validation != nil)
    try self.init(
      checkpoint.network, configuration, data: data, standardization: checkpoint.standardization,
      threads: threads, kernels: kernels, checkpoint)
  }

  private init(
    _ network: Network, _ configuration: TrainingConfiguration, data: DataSplit,
    standardization: Standardization, threads: Int, kernels: KernelSet,
    _ checkpoint: Checkpoint? = nil
  ) throws {
    let pool = try ThreadPool(threads: threads)
    var state = try TrainingState(
      network, configuration, data: data, standardization: standardization, pool: pool,
      kernels: kernels)
    if let checkpoint { state.restore(checkpoint) }
    self.configuration = configuration
    self.data = data
    self.standardization = standardization
    self.threads = pool.count
    self.kernels = kernels
    length = state.length
    self.state = Locked(state)
  }

  deinit { finishListeners() }

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

  /// Calls `body` with the state of the run, which nothing else touches meanwhile.
  func withState<Result>(_ body: (inout TrainingState) throws -> sending Result) rethrows
    -> sending Result
  {
    try state.withLock { try body(&$0) }
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
  public func run(
    pausingWhen shouldPause: (Int) -> Bool = { _ in false },
    observe: (TrainingEvent) throws -> Void
  ) throws {
    while !isFinished {
      let point = try withState { try $0.proceed() }
      let pauses = shouldPause(step)
      for event in withState({ $0.events(after: point, pauses: pauses) }) { try observe(event) }
      if pauses { return }
    }
  }
}
