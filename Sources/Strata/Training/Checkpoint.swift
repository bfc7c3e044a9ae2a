/// All that a run needs to go on as if it had never stopped.
///
/// Every random draw of a run is a function of its seed and of an epoch, a row or a step, so the
/// streams have no state besides those.
public struct Checkpoint: Sendable, Equatable {
  /// The network, its running statistics included.
  public var network: Network
  /// What the optimizer remembers of earlier gradients, each vector laid out like the parameters.
  public var optimizerState: [FloatVector]
  /// How pixels become inputs.
  public var standardization: Standardization
  /// What the run depends on besides its data and the kernel.
  public var settings: TrainingSettings
  /// Update steps made.
  public var step: Int
  /// Images that update steps have seen.
  public var samples: Int
  /// The rows of the training part in the order of the epoch under way.
  public var order: [UInt32]
  /// Every evaluation so far.
  public var history: [HistoryPoint]
  /// Seconds spent in update steps.
  public var trainSeconds: Double
  /// Seconds spent in evaluations.
  public var evaluationSeconds: Double
  /// Where the run comes from and what it has cost.
  public var origin: Origin
  /// What has been noticed so far that seldom ends well.
  public var warnings: [TrainingWarning] = []

  /// What a run's file says besides the trainer's own state.
  public struct Origin: Sendable, Equatable {
    /// The resolved recipe as a file; may be empty.
    public var recipe: String
    /// The name of the data set.
    public var dataName: String
    /// The SHA-256 of the data set, in hexadecimal digits; may be empty.
    public var dataDigest: String
    /// The name of the kernels that computed.
    public var kernel: String
    /// The version of the library that computed.
    public var version: String
    /// Seconds of all processes that worked on the run.
    public var totalSeconds: Double
    /// The most memory that one of them had at once, in bytes.
    public var peakMemory: Int

    /// Creates an origin.
    public init(
      recipe: String = "", dataName: String, dataDigest: String = "", kernel: String,
      version: String = strataVersion, totalSeconds: Double = 0, peakMemory: Int = 0
    ) {
      self.recipe = recipe
      self.dataName = dataName
      self.dataDigest = dataDigest
      self.kernel = kernel
      self.version = version
      self.totalSeconds = totalSeconds
      self.peakMemory = peakMemory
    }
  }
}

extension Checkpoint {
  /// Checks that the state is one of a run.
  ///
  /// - Parameters:
  ///   - architecture: The shape of the run's network.
  ///   - order: The rows in the order that the run's seed gives to the epoch under way.
  /// - Throws: `DataError` with what differs.
  func requireFit(
    architecture: Architecture, _ configuration: TrainingConfiguration, order: [Int32]
  ) throws {
    func require(_ condition: Bool, _ expected: String, _ found: String) throws {
      guard !condition else { return }
      throw DataError(.malformed, path: "checkpoint", expected: expected, found: found)
    }
    try require(
      network.architecture == architecture, "the network that the settings describe",
      "another one")
    try require(
      optimizerState.count == configuration.optimizer.stateVectors
        && optimizerState.allSatisfy { $0.count == network.layout.count },
      "the state of the optimizer \(configuration.optimizer.rawValue)", "that of another one")
    try require(
      step <= configuration.updateSteps, "at most \(configuration.updateSteps) update steps",
      "\(step)")
    try require(
      network.statistics.batches <= step, "running statistics of at most \(step) batches",
      "\(network.statistics.batches)")
    try require(
      self.order.elementsEqual(order.map(UInt32.init)),
      "the order of \(order.count) images that seed \(configuration.seed) gives", "another order")
    let (epochs, batches) = step.quotientAndRemainder(
      dividingBy: configuration.stepsPerEpoch(rows: order.count))
    let seen = epochs * order.count + batches * configuration.batchSize
    try require(samples == seen, "\(seen) images in \(step) update steps", "\(samples)")
    try require(
      (history.last?.step ?? 0) <= step
        && zip(history, history.dropFirst()).allSatisfy { $0.step < $1.step },
      "evaluations up to step \(step)", "others")
  }
}
