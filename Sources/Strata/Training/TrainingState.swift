/// A run between two of its steps: what ``Trainer`` keeps behind its lock.
struct TrainingState {
  let configuration: TrainingConfiguration
  let length: TrainingLength
  let data: DataSplit
  let standardization: Standardization
  let engine: any TrainingEngine
  let source: BatchSource
  let evaluator: Evaluator
  /// The loss of knowing only how frequent each class is.
  let chanceLoss: Double
  var order: BatchOrder
  var history: [HistoryPoint] = []
  var step = 0
  var samples = 0
  var trainSeconds = 0.0
  var evaluationSeconds = 0.0
  var warnings: [TrainingWarning] = []
  /// How many of the warnings have been told.
  private var toldWarnings = 0
  private var recent = RecentBatches()

  /// The beginning of a run whose settings have been checked.
  init(
    _ network: Network, _ configuration: TrainingConfiguration, data: DataSplit,
    standardization: Standardization, pool: ThreadPool, kernels: KernelSet
  ) throws {
    self.configuration = configuration
    length = try configuration.length(rows: data.training.count)
    self.data = data
    self.standardization = standardization
    chanceLoss = data.training.labelEntropy
    source = BatchSource(data.training, standardization: standardization)
    order = BatchOrder(
      count: data.training.count, shuffles: configuration.shuffles, seed: configuration.seed)
    engine = CPUTrainingEngine(
      network, capacity: configuration.batchSize, pool: pool, kernels: kernels,
      precision: configuration.precision, optimizer: configuration.optimizer,
      augmenter: configuration.augmenter(for: data.training))
    evaluator = Evaluator(pool: pool, kernels: kernels, precision: configuration.precision)
  }

  /// Takes over what a checkpoint holds besides network and standardization.
  mutating func restore(_ checkpoint: Checkpoint) {
    engine.optimizerState = checkpoint.optimizerState
    step = checkpoint.step
    samples = checkpoint.samples
    history = checkpoint.history
    trainSeconds = checkpoint.trainSeconds
    evaluationSeconds = checkpoint.evaluationSeconds
    warnings = checkpoint.warnings
    toldWarnings = warnings.count
  }

  /// What the run needs to go on from here.
  ///
  /// - Parameter origin: What a file of it says besides the state itself.
  mutating func checkpoint(origin: Checkpoint.Origin) -> Checkpoint {
    Checkpoint(
      network: engine.network, optimizerState: engine.optimizerState,
      standardization: standardization, settings: TrainingSettings(configuration), step: step,
      samples: samples, order: order.rows(ofEpoch: step / length.stepsPerEpoch).map(UInt32.init),
      history: history, trainSeconds: trainSeconds, evaluationSeconds: evaluationSeconds,
      origin: origin, warnings: warnings)
  }

  /// Whether every update step has been made and the network measured after the last.
  var isFinished: Bool { step >= length.updateSteps && !isMeasurementDue }

  /// Whether the network is to be measured before the next update step.
  private var isMeasurementDue: Bool {
    let isPlanned = step % length.evaluateEvery == 0 || step >= length.updateSteps
    return isPlanned && history.last?.step != step
  }

  /// Measures the network where that is due, else makes an update step.
  ///
  /// - Returns: What was measured.
  /// - Throws: `DivergenceError`.
  mutating func proceed() throws -> HistoryPoint? {
    if isMeasurementDue { return try evaluate() }
    let start = ContinuousClock.now
    defer { trainSeconds += start.secondsUntilNow }
    try makeStep()
    return nil
  }

  /// What is to be told after `proceed`: progress at an evaluation, at the end, every 50 steps and when
  /// the run pauses; then what has been noticed.
  mutating func events(after point: HistoryPoint?, pauses: Bool) -> [TrainingEvent] {
    let isReport =
      pauses || step.isMultiple(of: length.evaluateEvery) || step >= length.updateSteps
      || recent.batches >= Self.reportInterval
    guard point != nil || isReport else { return [] }
    defer {
      recent = RecentBatches()
      toldWarnings = warnings.count
    }
    return [point.map(TrainingEvent.evaluation) ?? .progress(progress)]
      + warnings[toldWarnings...].map(TrainingEvent.warning)
  }

  /// Update steps between two reports of progress.
  private static let reportInterval = 50

  /// Makes one update step.
  ///
  /// - Throws: `DivergenceError` when the cost or a parameter is no longer finite.
  mutating func makeStep() throws {
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
    let (epoch, index) = step.quotientAndRemainder(dividingBy: length.stepsPerEpoch)
    let size = configuration.batchSize
    return Batch(
      rows: order.rows(ofBatch: index, size: size, epoch: epoch),
      next: order.rows(ofBatch: index + 1, size: size, epoch: epoch), epoch: epoch, source: source)
  }

  /// How the step at hand moves the parameters.
  private var nextUpdate: UpdateStep {
    UpdateStep(
      rule: UpdateRule(configuration.optimizer, rate: rate(at: step), step: step),
      lambda: Float(configuration.lambda), dropout: dropout, clipNorm: configuration.clipNorm)
  }

  /// η of an update step.
  func rate(at step: Int) -> Double {
    configuration.schedule.rate(at: step, of: length.updateSteps)
  }

  /// What the step at hand leaves out.
  private var dropout: Dropout? {
    guard configuration.dropout > 0 else { return nil }
    return Dropout(probability: configuration.dropout, seed: configuration.seed, step: step)
  }

  private var progress: TrainingProgress {
    TrainingProgress(
      step: step, totalSteps: length.updateSteps,
      eta: rate(at: max(0, step - 1)), loss: recent.loss,
      accuracy: recent.accuracy, trainSeconds: trainSeconds, samples: samples)
  }
}
