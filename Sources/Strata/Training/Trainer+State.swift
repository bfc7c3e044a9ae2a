extension Trainer {
  /// The network in its present state.
  public internal(set) var network: Network {
    get { withState { $0.engine.network } }
    set { withState { $0.engine.network = newValue } }
  }

  /// Every evaluation so far, step 0 first.
  public var history: [HistoryPoint] { withState { $0.history } }

  /// Update steps made so far.
  public var step: Int { withState { $0.step } }

  /// Rows that update steps have seen so far.
  public var samples: Int { withState { $0.samples } }

  /// Seconds spent in update steps, the assembling of their batches included.
  public var trainSeconds: Double { withState { $0.trainSeconds } }

  /// Seconds spent in evaluations.
  public var evaluationSeconds: Double { withState { $0.evaluationSeconds } }

  /// What has been noticed so far that seldom ends well, each kind once.
  public var warnings: [TrainingWarning] { withState { $0.warnings } }

  /// Whether every update step has been made and the network measured after the last.
  public var isFinished: Bool { withState { $0.isFinished } }

  /// The instruction set that computes.
  public var kernelName: String { kernels.name }

  /// Update steps of one pass over the training part.
  public var stepsPerEpoch: Int { length.stepsPerEpoch }

  /// What the run needs to go on from here.
  ///
  /// - Parameter origin: What a file of it says besides the trainer's own state.
  public func checkpoint(origin: Checkpoint.Origin) -> Checkpoint {
    withState { $0.checkpoint(origin: origin) }
  }

  /// Makes one update step.
  ///
  /// - Throws: `DivergenceError` when the cost or a parameter is no longer finite.
  package func advance() throws { try withState { try $0.makeStep() } }

  /// Measures the network on the training and the validation part and adds to the history.
  ///
  /// - Throws: `DivergenceError` when a cost is not finite.
  package func evaluate() throws -> HistoryPoint { try withState { try $0.evaluate() } }

  /// Measures the network on the training and the validation part.
  package func measure() -> HistoryPoint { withState { $0.measure() } }

  /// Measures the network on the validation part alone; `nil` where there is none.
  package func measureValidation() -> Metrics? { withState { $0.measureValidation() } }

  /// Checks a measurement with the running statistics, in which numbers can overflow that did not
  /// in training.
  ///
  /// - Throws: `DivergenceError`.
  package func requireFinite(_ metrics: Metrics, on part: String) throws {
    try withState { try $0.requireFinite(metrics, on: part) }
  }

  /// Replaces the running statistics by those of a sample of images.
  ///
  /// The rows are drawn from the seed of the run.
  ///
  /// - Throws: `ConfigurationError` when the part is missing or the sample does not fit it.
  public func measureStatistics(on sample: StatisticsSample) throws {
    try withState { try $0.measureStatistics(on: sample) }
  }

  /// Measures the network on the test part.
  ///
  /// - Throws: `ConfigurationError` when the data has none.
  public func evaluateOnTest() throws -> Evaluation { try withState { try $0.evaluateOnTest() } }

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
