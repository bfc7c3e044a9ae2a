import Strata

extension TrainingPlan {
  /// Measures a trained network on the test part and writes the results.
  ///
  /// - Parameters:
  ///   - earlier: What processes before this one have spent on the run.
  ///   - beginning: When the run began; `nil` for the beginning of the process.
  func conclude(
    _ trainer: Trainer, in folder: consuming RunFolder,
    after earlier: Checkpoint.Origin? = nil, since beginning: ContinuousClock.Instant? = nil
  ) throws -> RunSummary {
    let (last, test, testSeconds) = try trainer.finalMeasurements(statisticsSample)
    var model = trainer.model(dataDigest: data.digest, configuration: recipe.json)
    model.kernel = kernelNames(trainer.kernelName, after: earlier)
    try folder.write(RunFolder.modelName, model.safetensors())
    try folder.write(RunFolder.recipeName, Array(recipe.yaml.utf8))
    try folder.write(RunFolder.metricsName, Array(MetricsFile.text(trainer.history).utf8))
    try folder.write(RunFolder.curvesName, Array(curves(of: trainer.history, test).utf8))
    try folder.write(RunFolder.confusionName, Array(figure(of: test).utf8))
    let cost = cost(after: earlier, since: beginning)
    let summary = RunSummary(
      last: last, test: test, parameters: ParameterLayout(architecture).parameterCount,
      samples: trainer.samples, trainSeconds: trainer.trainSeconds,
      evaluationSeconds: trainer.evaluationSeconds + testSeconds,
      totalSeconds: cost.totalSeconds, peakMemory: cost.peakMemory,
      threads: trainer.threads, kernel: model.kernel, warnings: trainer.warnings, recipe: recipe,
      data: split.training.name, dataDigest: data.digest, output: folder.path)
    try folder.write(RunFolder.summaryName, Array((summary.json.indentedText + "\n").utf8))
    folder.finish()
    return summary
  }

  /// What this process and those before it have spent on the run.
  func cost(
    after earlier: Checkpoint.Origin?, since beginning: ContinuousClock.Instant? = nil
  ) -> (totalSeconds: Double, peakMemory: Int) {
    let seconds = beginning.map { $0.duration(to: .now) / .seconds(1) }
    return (
      (earlier?.totalSeconds ?? 0) + (seconds ?? ProcessMeasures.totalSeconds),
      max(earlier?.peakMemory ?? 0, ProcessMeasures.peakMemory)
    )
  }

  private func curves(of history: [HistoryPoint], _ test: Evaluation) -> String {
    let settings =
      "Batch normalization: \(normalizationText), "
      + "\(configuration.batchSize) images a batch, λ \(decimalText(configuration.lambda)), "
      + "seed \(configuration.seed)."
    return curvesFigure(
      history: history, title: title,
      notes: [
        settings,
        "Test accuracy \(percentText(test.metrics.accuracy, decimals: 2)), "
          + "loss \(fixedText(test.metrics.loss, decimals: 4)).",
      ], rate: { configuration.schedule.rate(at: $0, of: length.updateSteps) })
  }

  private func figure(of test: Evaluation) -> String {
    confusionFigure(
      matrix: test.confusion, classNames: split.training.classNames, title: "\(title): test images")
  }

  private var title: String {
    let widths = (0...architecture.depth).map { String(architecture.width(of: $0)) }
    let name = widths.count > 12 ? "\(architecture.depth) layers" : widths.joined(separator: "-")
    return "\(split.training.name), \(name)"
  }
}

extension Trainer {
  /// The last row of the history, or a new one where the statistics are measured on a sample first;
  /// the result on the test part, and the seconds that it took.
  ///
  /// - Throws: `DivergenceError` where a cost is not finite.
  func finalMeasurements(
    _ sample: StatisticsSample?
  ) throws -> (last: HistoryPoint, test: Evaluation, testSeconds: Double) {
    if let sample { try measureStatistics(on: sample) }
    let last = sample == nil ? history[history.count - 1] : measure()
    let start = ContinuousClock.now
    let test = try evaluateOnTest()
    let testSeconds = start.duration(to: .now) / .seconds(1)
    try requireFinite(last.training, on: "training")
    try requireFinite(test.metrics, on: "test")
    return (last, test, testSeconds)
  }
}
