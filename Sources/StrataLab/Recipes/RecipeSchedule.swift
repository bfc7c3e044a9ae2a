import Strata

extension Recipe {
  /// Fixes the length of the run and what η does in it.
  ///
  /// - Parameter stepsPerEpoch: mini-batches of one pass over the training part.
  /// - Returns: The schedule and the number of update steps.
  /// - Throws: `ConfigurationError` when `epochs` and `step-size` ask for different lengths.
  mutating func resolveSchedule(stepsPerEpoch: Int) throws -> (schedule: Schedule, steps: Int) {
    if schedule == .cyclical { return try resolveCycles(stepsPerEpoch: stepsPerEpoch) }
    let epochs = epochs ?? 20
    self.epochs = epochs
    let steps = epochs * stepsPerEpoch
    switch schedule {
    case .cosine:
      return (.cosine(minimum: etaMinimum, maximum: etaMaximum, steps: steps), steps)
    case .oneCycle:
      return (.oneCycle(minimum: etaMinimum, maximum: etaMaximum, steps: steps), steps)
    case .constant, .cyclical:
      return (.constant(eta), steps)
    }
  }

  /// A cyclical run lasts `cycles` × 2 n_s steps.
  private mutating func resolveCycles(
    stepsPerEpoch: Int
  ) throws -> (schedule: Schedule, steps: Int) {
    let wanted = epochs.map { $0 * stepsPerEpoch }
    let fitted = wanted.map { max(1, Int((Double($0) / Double(2 * cycles)).rounded())) }
    let stepSize = stepSize ?? fitted ?? 5 * stepsPerEpoch
    let steps = 2 * cycles * stepSize
    if self.stepSize != nil, let epochs, let wanted, wanted != steps {
      throw ConfigurationError(
        setting: "epochs", expected: "the \(steps) update steps that step-size and cycles make",
        found: "\(epochs) epochs of \(stepsPerEpoch) steps", hint: "remove epochs or step-size")
    }
    self.stepSize = stepSize
    epochs = nil
    return (
      .cyclical(minimum: etaMinimum, maximum: etaMaximum, stepSize: stepSize, decay: cycleDecay),
      steps
    )
  }
}
