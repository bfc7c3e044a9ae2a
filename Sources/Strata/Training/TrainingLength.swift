/// How long a run is, and how often it is measured, in update steps.
public struct TrainingLength: Sendable, Hashable {
  /// Update steps of one pass over the training part; the last batch may be smaller.
  public let stepsPerEpoch: Int
  /// Update steps of the whole run.
  public let updateSteps: Int
  /// Update steps between two evaluations.
  public let evaluateEvery: Int
  /// n_s of a cyclical schedule; `nil` for another.
  public let stepSize: Int?
}

extension TrainingConfiguration {
  /// Update steps of one pass over `rows` images; the last batch may be smaller.
  public func stepsPerEpoch(rows: Int) -> Int {
    (rows + max(1, batchSize) - 1) / max(1, batchSize)
  }

  /// The length of a run on `rows` training images.
  ///
  /// `updateSteps` wins. Without it, a cyclical run lasts `cycles` × 2 n_s steps, where n_s is
  /// `stepSize`, or what comes nearest to `epochs`, or five epochs; any other lasts for `epochs`, or
  /// 20.
  ///
  /// - Throws: `ConfigurationError` when `epochs` asks for another length than the rest.
  public func length(rows: Int) throws -> TrainingLength {
    let stepsPerEpoch = stepsPerEpoch(rows: rows)
    let asked = epochs.map { $0 * stepsPerEpoch }
    let isCyclical = schedule.shape == .cyclical
    let stepSize =
      isCyclical
      ? schedule.stepSize ?? (updateSteps ?? asked).map(schedule.halfCycle)
        ?? Self.usualHalfCycle * stepsPerEpoch : nil
    let steps =
      updateSteps ?? stepSize.map { 2 * schedule.cycles * $0 } ?? asked
      ?? Self.usualEpochs * stepsPerEpoch
    let isFixed = updateSteps != nil || isCyclical && schedule.stepSize != nil
    if isFixed, let epochs, let asked, asked != steps {
      let maker = updateSteps == nil ? "step-size" : "update-steps"
      throw ConfigurationError(
        setting: "epochs",
        expected: "the \(steps) update steps that "
          + (updateSteps == nil ? "step-size and cycles make" : "update-steps says"),
        found: "\(epochs) epochs of \(stepsPerEpoch) steps", hint: "remove epochs or \(maker)")
    }
    return TrainingLength(
      stepsPerEpoch: stepsPerEpoch, updateSteps: steps,
      evaluateEvery: evaluateEvery ?? stepsPerEpoch, stepSize: stepSize)
  }

  /// These settings, checked, with the length of the run, the evaluations and n_s filled in.
  ///
  /// - Throws: `ConfigurationError` for a setting that is out of its range or does not fit the data or
  ///   the others.
  public func resolved(for dataset: Dataset) throws -> TrainingConfiguration {
    try validate(for: dataset)
    let length = try length(rows: dataset.count)
    var resolved = self
    resolved.updateSteps = length.updateSteps
    resolved.evaluateEvery = length.evaluateEvery
    resolved.schedule.stepSize = length.stepSize ?? schedule.stepSize
    resolved.epochs =
      schedule.shape == .cyclical ? nil : epochs ?? (updateSteps == nil ? Self.usualEpochs : nil)
    return resolved
  }

  /// Passes over the training images, where nothing is said.
  private static let usualEpochs = 20
  /// Half a cycle in passes over the training images, where nothing is said.
  private static let usualHalfCycle = 5
}
