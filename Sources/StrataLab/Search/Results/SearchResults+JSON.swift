package import Strata

extension SearchResults {
  /// The results for programs; trials are in the order of the table.
  package var json: JSONValue {
    .object([
      .init("study", .string(study)),
      .init("data", .string(data)),
      .init("version", .string(strataVersion)),
      .init("seed", .number("\(plan.base.seed)")),
      .init("method", .string(plan.method.rawValue)),
      .init("over", .array(texts(of: plan.space))),
      .init("fine_over", .array(fine.map { texts(of: $0.space) } ?? [])),
      .init("halving", plan.halving?.json ?? .null),
      .init("finalists", .array(finalists.map(\.json))),
      .init("best_trial", .integer(best.number)),
      .init("trials", .array(trials.map(\.json))),
    ])
  }

  private func texts(of space: SearchSpace) -> [JSONValue] {
    space.dimensions.map { .string($0.description) }
  }
}

extension Halving {
  fileprivate var json: JSONValue {
    .object([.init("reduction", .integer(reduction)), .init("rungs", .integer(rungs))])
  }
}

/// A whole number, or null.
private func whole(_ value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }

/// Settings and their values.
private func settings(_ values: [TrialValue]) -> JSONValue {
  .object(values.map { JSONValue.Member($0.key.rawValue, .string($0.text)) })
}

extension Finalist {
  fileprivate var json: JSONValue {
    let interval = validation?.confidenceInterval()
    return .object([
      .init("settings", settings(values)),
      .init("trials", .array(trials.map { .integer($0.number) })),
      .init("seeds", .integer(trials.count)),
      .init("validation_accuracy", .real(validation?.mean)),
      .init("validation_interval_lower", .real(interval?.lower)),
      .init("validation_interval_upper", .real(interval?.upper)),
      .init("test_accuracy", .real(test?.mean)),
      .init("tied_with_best", isTied.map { .boolean($0) } ?? .null),
      .init("reason", .string(reason)),
    ])
  }
}

extension Trial {
  fileprivate var json: JSONValue {
    .object([
      .init("trial", .integer(number)),
      .init("stage", .string(stage.rawValue)),
      .init("settings", settings(values)),
      .init("same_as", whole(twin)),
      .init("status", outcome.map { .string($0.status.rawValue) } ?? .null),
      .init("reason", .string(outcome?.reason ?? "")),
      .init("steps", whole(outcome?.steps)),
      .init("full_steps", whole(outcome?.fullSteps)),
      .init("validation_accuracy", .real(outcome?.validationAccuracy)),
      .init("validation_loss", .real(outcome?.validationLoss)),
      .init("test_accuracy", .real(outcome?.testAccuracy)),
      .init("test_loss", .real(outcome?.testLoss)),
      .init("seconds", .real(outcome?.seconds)),
    ])
  }
}
