import Strata
import StrataLab

extension ReproductionReport {
  /// The numbers for a program to read.
  ///
  /// - Parameter files: The files of the report.
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func results(files: [String]) throws -> JSONValue {
    let parts = try experiments.map { experiment in
      JSONValue.object([
        .init("document", .string(experiment.document.name)),
        .init("part", .string(experiment.part.name)),
        .init("title", .string(experiment.part.title)),
        .init("results", try json(of: experiment)),
        .init("questions", .array(experiment.answers.map(\.json))),
      ])
    }
    let kernel = try KernelSet.ofProcess().name
    return .object([
      .init("seeds", .integer(reproduction.seeds)),
      .init("data", .string(reproduction.data.pair.training.name)),
      .init("data_sha256", .string(reproduction.data.digest)),
      .init("version", .string(strataVersion)), .init("kernel", .string(kernel)),
      .init("machine", .string(machine.joined(separator: " "))),
      .init("networks", .integer(trained.count)), .init("seconds", .real(try seconds())),
      .init("files", .array(files.map { .string($0) })),
      .init("claims", .array(try claims().map(\.json))),
      .init("parts", .array(parts)),
    ])
  }

  private func json(of experiment: Experiment) throws -> JSONValue {
    let choices = choices(in: experiment.document)
    func json(_ results: ReproducedResults) throws -> JSONValue {
      try results.json(data: data, obstacle: obstacle, choices: choices)
    }
    switch experiment.found {
    case .runs(let results): return .array(try results.map(json))
    case .gradients(let checks): return .array(checks.map { $0.json(data: data) })
    case .search(let results, let baseline):
      return .object([
        .init("search", results.json), .init("baseline", try baseline.map(json) ?? .null),
      ])
    case .failedSearch(let reason): return .object([.init("failure", .string(reason))])
    case .choices(let choices):
      return .array(
        try zip(choices, experiment.answers).map { choice, answer in
          .object([
            .init("setting", .string(choice.setting.name)),
            .init("question", .string(answer.question.text)),
            .init("measure", .string(choice.setting.measure.rawValue)),
            .init("chosen", try json(choice.chosen)),
            .init("alternative", try json(choice.alternative)),
          ])
        })
    }
  }
}

extension ReproducedCheck {
  fileprivate func json(data: String) -> JSONValue {
    .object([
      .init("network", .string(gradient.label)),
      .init("seed", .number("\(gradient.settings.seed)")),
      .init("command", .string(gradient.command(data: data))), .init("passed", .boolean(passes)),
      .init("maximum", .real(maximum)), .init("bound", .real(gradient.settings.bound)),
      .init("maximum_in_float", .real(productionMaximum)),
      .init("bound_in_float", .real(gradient.settings.productionBound)),
    ])
  }
}

extension ClaimResult {
  fileprivate var json: JSONValue {
    .object([
      .init("document", .string(document)), .init("line", .integer(citation.line)),
      .init("words", .string(citation.words)), .init("kind", .string(kind.rawValue)),
      .init("claim", .string(text)), .init("published", .string(published)),
      .init("measured", .string(statistic)), .init("ours", .string(ours)),
      .init("interval", .string(interval)), .init("verdict", .string(verdict.rawValue)),
      .init("reason", .string(reason)),
    ])
  }
}

extension PairedAnswer {
  fileprivate var json: JSONValue {
    let difference = try? difference.get()
    return .object([
      .init("question", .string(question.text)), .init("network", .string(question.row)),
      .init("baseline", .string(question.baseline)),
      .init("difference", .real(difference?.summary.mean)),
      .init("interval_lower", .real(difference?.test?.interval.lower)),
      .init("interval_upper", .real(difference?.test?.interval.upper)),
      .init("p_paired_t", .real(pValue)), .init("p_holm", .real(adjusted)),
      .init("p_sign_flip", .real(difference?.signs?.pValue)),
    ])
  }
}

extension ReproducedResults {
  fileprivate func json(
    data: String, obstacle: String?, choices: [ReproducedChoice]
  ) throws -> JSONValue {
    let measures = ["test_accuracy", "validation_accuracy", "train_accuracy"]
    let times = ["train_seconds", "evaluation_seconds"]
    let numbers = try (measures + times).map { name in
      JSONValue.Member(name, .array(try finished.map { .real(try $0.number(name)) }))
    }
    let start: [JSONValue.Member] = [
      .init("network", .string(row.label)),
      .init("command", .string(row.changes.command(data: data))),
    ]
    let end: [JSONValue.Member] = [
      .init("diverged", .array(diverged.map(\.json))),
      .init("published", .array(try row.published.map { try json(of: $0, obstacle, choices) })),
      .init("runs", .array(finished.map { .string($0.path) })),
    ]
    return .object(start + numbers + end)
  }

  private func json(
    of number: PublishedNumber, _ obstacle: String?, _ choices: [ReproducedChoice]
  ) throws -> JSONValue {
    let comparison = try comparison(with: number, obstacle: obstacle)
    let interval = try summary(number.measure)?.predictionInterval()
    return .object([
      .init("measure", .string(number.measure.rawValue)), .init("value", .real(number.value)),
      .init("difference", .real(comparison?.difference)),
      .init("verdict", .string(comparison?.verdict.name ?? "not comparable")),
      .init(
        "reason", try reason(comparison?.verdict, number, choices).map { .string($0) } ?? .null),
      .init("prediction_lower", .real(interval?.lower)),
      .init("prediction_upper", .real(interval?.upper)),
    ])
  }
}
