import Strata

extension ReproductionReport {
  /// The numbers for a program to read.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func results() throws -> JSONValue {
    let parts = try experiments.map { experiment in
      JSONValue.object([
        .init("document", .string(experiment.document.name)),
        .init("part", .string(experiment.part.name)),
        .init("title", .string(experiment.part.title)),
        .init("results", try json(of: experiment.found)),
        .init("questions", .array(experiment.answers.map(\.json))),
      ])
    }
    let kernel = try KernelSet.ofProcess().name
    return .object([
      .init("seeds", .integer(reproduction.seeds)),
      .init("data", .string(reproduction.data.pair.training.name)),
      .init("data_sha256", .string(reproduction.data.digest)),
      .init("version", .string(strataVersion)), .init("kernel", .string(kernel)),
      .init("parts", .array(parts)),
    ])
  }

  private func json(of part: ReproducedPart) throws -> JSONValue {
    switch part {
    case .runs(let results): return .array(try results.map(json))
    case .gradients(let checks): return .array(checks.map(\.json))
    case .search(let results, let final):
      return .object([
        .init("search", results.json), .init("final", try final.map(json) ?? .null),
      ])
    case .failedSearch(let reason): return .object([.init("failure", .string(reason))])
    case .choices(let choices):
      return .array(
        try choices.map { choice in
          .object([
            .init("setting", .string(choice.setting.name)),
            .init("measure", .string(choice.setting.measure.rawValue)),
            .init("chosen", try json(of: choice.chosen)),
            .init("alternative", try json(of: choice.alternative)),
          ])
        })
    }
  }

  private func json(of results: ReproducedResults) throws -> JSONValue {
    try results.json(data: data, obstacle: obstacle)
  }
}

/// A number that may not be there.
private func real(_ value: Double?) -> JSONValue { value.map { .real($0) } ?? .null }

extension ReproducedCheck {
  fileprivate var json: JSONValue {
    .object([
      .init("network", .string(gradient.label)), .init("passed", .boolean(passes)),
      .init("maximum", real(maximum)), .init("maximum_in_float", real(productionMaximum)),
      .init("published", real(gradient.published)),
    ])
  }
}

extension PairedAnswer {
  fileprivate var json: JSONValue {
    let difference = try? difference.get()
    return .object([
      .init("question", .string(question.text)), .init("network", .string(question.row)),
      .init("baseline", .string(question.baseline)),
      .init("difference", real(difference?.summary.mean)),
      .init("interval_lower", real(difference?.test?.interval.lower)),
      .init("interval_upper", real(difference?.test?.interval.upper)),
      .init("p_paired_t", real(pValue)), .init("p_holm", real(adjusted)),
      .init("p_sign_flip", real(difference?.signs?.pValue)),
    ])
  }
}

extension ReproducedResults {
  fileprivate func json(data: String, obstacle: String?) throws -> JSONValue {
    .object([
      .init("network", .string(row.label)),
      .init("command", .string(row.changes.command(data: data))),
      .init("test_accuracy", .array(try numbers(.test).map { .real($0) })),
      .init("validation_accuracy", .array(try numbers(.validation).map { .real($0) })),
      .init("diverged", .array(diverged.map(\.json))),
      .init("published", .array(try row.published.map { try json(of: $0, obstacle: obstacle) })),
      .init("runs", .array(finished.map { .string($0.path) })),
    ])
  }

  private func json(of number: PublishedNumber, obstacle: String?) throws -> JSONValue {
    let comparison = try comparison(with: number, obstacle: obstacle)
    let interval = try summary(number.measure)?.predictionInterval()
    return .object([
      .init("measure", .string(number.measure.rawValue)), .init("value", .real(number.value)),
      .init("difference", real(comparison?.difference)),
      .init("verdict", .string(comparison?.verdict.name ?? "not comparable")),
      .init("prediction_lower", real(interval?.lower)),
      .init("prediction_upper", real(interval?.upper)),
    ])
  }
}
