/// All that a run needs to go on as if it had never stopped.
///
/// Every random draw of a run is a function of its seed and of an epoch, a row or a step, so the
/// streams have no state besides those.
public struct Checkpoint: Sendable, Equatable {
  /// The network, its running statistics included.
  public package(set) var network: Network
  /// The optimizer's state, each vector laid out like the parameters.
  public package(set) var optimizerState: [FloatVector]
  /// How pixels become inputs.
  public package(set) var standardization: Standardization
  /// The settings of the run.
  public package(set) var settings: TrainingSettings
  /// Update steps made.
  public package(set) var step: Int
  /// Images that update steps have seen.
  public package(set) var samples: Int
  /// The rows of the training part in the order of the epoch under way.
  public package(set) var order: [UInt32]
  /// Every evaluation so far.
  public package(set) var history: [HistoryPoint]
  /// Seconds spent in update steps.
  public package(set) var trainSeconds: Double
  /// Seconds spent in evaluations.
  public package(set) var evaluationSeconds: Double
  /// The origin and the cost of the run.
  public package(set) var origin: Origin
  /// The warnings so far.
  public package(set) var warnings: [TrainingWarning] = []

  /// The description of a run that its file holds beside the trainer's state.
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
  ///   - length: How long the run is.
  ///   - order: The rows in the order that the run's seed gives to the epoch under way.
  ///   - isValidated: Whether the run has a validation part.
  /// - Throws: `DataError` with the difference.
  func requireFit(
    architecture: Architecture, _ configuration: TrainingConfiguration, length: TrainingLength,
    order: [Int32], isValidated: Bool
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
      "the state of the optimizer \(configuration.optimizer.rule.rawValue)", "that of another one")
    try require(
      step <= length.updateSteps, "at most \(length.updateSteps) update steps", "\(step)")
    try require(
      network.statistics.batches == step, "running statistics of \(step) batches",
      "\(network.statistics.batches)")
    try require(
      self.order.elementsEqual(order.map(UInt32.init)),
      "the order of \(order.count) images that seed \(configuration.seed) gives", "another order")
    try require(
      samples == self.samples(length, batchSize: configuration.batchSize, rows: order.count),
      "the images that \(step) update steps see", "\(samples)")
    try require(
      history.allSatisfy { ($0.validation != nil) == isValidated },
      "evaluations \(isValidated ? "with" : "without") a validation part", "others")
    try require(
      (history.last?.step ?? 0) <= step
        && zip(history, history.dropFirst()).allSatisfy { $0.step < $1.step },
      "evaluations up to step \(step)", "others")
  }

  /// Images that `step` update steps see; `nil` for more than can be counted.
  private func samples(_ length: TrainingLength, batchSize: Int, rows: Int) -> Int? {
    let (epochs, batches) = step.quotientAndRemainder(
      dividingBy: length.stepsPerEpoch)
    let (whole, overflows) = epochs.multipliedReportingOverflow(by: rows)
    let (sum, isTooLarge) = whole.addingReportingOverflow(batches * batchSize)
    return overflows || isTooLarge ? nil : sum
  }
}
