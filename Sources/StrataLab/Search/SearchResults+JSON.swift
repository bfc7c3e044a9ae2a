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

extension Trial {
  fileprivate var json: JSONValue {
    func real(_ value: Double?) -> JSONValue { value.map { .real($0) } ?? .null }
    func whole(_ value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }
    return .object([
      .init("trial", .integer(number)),
      .init("stage", .string(stage.rawValue)),
      .init(
        "settings", .object(values.map { JSONValue.Member($0.key.rawValue, .string($0.text)) })),
      .init("status", outcome.map { .string($0.status.rawValue) } ?? .null),
      .init("reason", .string(outcome?.reason ?? "")),
      .init("steps", whole(outcome?.steps)),
      .init("full_steps", whole(outcome?.fullSteps)),
      .init("validation_accuracy", real(outcome?.validationAccuracy)),
      .init("validation_loss", real(outcome?.validationLoss)),
      .init("test_accuracy", real(outcome?.testAccuracy)),
      .init("test_loss", real(outcome?.testLoss)),
      .init("seconds", real(outcome?.seconds)),
    ])
  }
}
