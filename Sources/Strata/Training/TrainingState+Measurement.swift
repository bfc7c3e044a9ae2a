extension TrainingState {
  /// Measures the network, adds to the history and looks for what seldom ends well.
  ///
  /// - Throws: `DivergenceError` when a cost is not finite.
  mutating func evaluate() throws -> HistoryPoint {
    let point = measure()
    // The running statistics say nothing before the first step.
    if step > 0 {
      try requireFinite(point.training, on: "training")
      if let validation = point.validation { try requireFinite(validation, on: "validation") }
    }
    history.append(point)
    if step > 0 { noticeSigns() }
    return point
  }

  /// Checks a measurement with the running statistics, in which numbers can overflow that did not
  /// in training.
  ///
  /// - Throws: `DivergenceError`.
  func requireFinite(_ metrics: Metrics, on part: String) throws {
    guard !metrics.cost.isFinite else { return }
    throw DivergenceError(step: step, layer: nil, tensor: "the cost of the \(part) images")
  }

  /// Measures the network on the training and the validation part.
  mutating func measure() -> HistoryPoint {
    let start = ContinuousClock.now
    defer { evaluationSeconds += start.secondsUntilNow }
    return HistoryPoint(
      step: step, epoch: Double(step) / Double(length.stepsPerEpoch),
      eta: rate(at: step), training: metrics(on: data.training),
      validation: data.validation.map { metrics(on: $0) })
  }

  /// Measures the network on the validation part alone; `nil` where there is none.
  mutating func measureValidation() -> Metrics? {
    let start = ContinuousClock.now
    defer { evaluationSeconds += start.secondsUntilNow }
    return data.validation.map { metrics(on: $0) }
  }

  /// Replaces the running statistics by those of a sample of images.
  ///
  /// The rows are drawn from the seed of the run.
  ///
  /// - Throws: `ConfigurationError` when the part is missing or the sample does not fit it.
  mutating func measureStatistics(on sample: StatisticsSample) throws {
    let start = ContinuousClock.now
    defer { evaluationSeconds += start.secondsUntilNow }
    engine.network.statistics = try evaluator.statistics(
      of: engine.network, standardization: standardization,
      on: sample.part == .training ? data.training : data.requireTest(for: "statistics"),
      count: sample.count,
      flips: sample.flips, batchSize: configuration.batchSize, seed: configuration.seed)
  }

  private func metrics(on dataset: Dataset) -> Metrics {
    evaluator.metrics(
      of: engine.network, standardization: standardization, on: dataset,
      lambda: configuration.lambda)
  }

  /// Measures the network on the test part.
  ///
  /// - Throws: `ConfigurationError` when the data has none.
  func evaluateOnTest() throws -> Evaluation {
    try evaluator.evaluate(
      engine.network, standardization: standardization, on: data.requireTest(for: "test"),
      lambda: configuration.lambda)
  }
}
