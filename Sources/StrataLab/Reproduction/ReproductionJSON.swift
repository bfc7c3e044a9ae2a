import Strata

extension ReproductionReport {
  /// The numbers for a program to read.
  ///
  /// - Throws: `DataError` when the summary of a run is damaged.
  func results() throws -> JSONValue {
    let parts = try zip(reproduction.parts, found).map { pair, part in
      let answers = try self.answers(to: part)
      return JSONValue.object([
        .init("document", .string(pair.document.name)), .init("part", .string(pair.part.name)),
        .init("title", .string(pair.part.title)), .init("results", try json(of: part)),
        .init(
          "questions", .array(zip(answers, try answers.adjusted()).map { $0.json(adjusted: $1) })),
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
    case .runs(let results, _):
      return .array(try results.map { try $0.json(data: data, obstacle: obstacle) })
    case .gradients(let checks):
      return .array(
        checks.map { check, report in
          .object([
            .init("network", .string(check.label)), .init("passed", .boolean(report.passes)),
            .init("maximum", real(GradientCheckReport.largest(of: report.differences))),
            .init("maximum_in_float", real(GradientCheckReport.largest(of: report.production))),
            .init("published", check.published.map { .real($0) } ?? .null),
          ])
        })
    case .search(let results, let final):
      return .object([
        .init("search", results.json),
        .init("final", try final.map { try $0.json(data: data, obstacle: obstacle) } ?? .null),
      ])
    }
  }
}

/// A number that may not be there.
private func real(_ value: Double?) -> JSONValue { value.map { .real($0) } ?? .null }

extension PairedAnswer {
  fileprivate func json(adjusted: Double?) -> JSONValue {
    .object([
      .init("question", .string(question.text)), .init("network", .string(question.row)),
      .init("baseline", .string(question.baseline)), .init("difference", .real(summary.mean)),
      .init("interval_lower", real(test?.interval.lower)),
      .init("interval_upper", real(test?.interval.upper)),
      .init("p_paired_t", real(test?.pValue)), .init("p_holm", real(adjusted)),
      .init("p_sign_flip", real(signs?.pValue)),
    ])
  }
}

extension ReproducedResults {
  fileprivate func json(data: String, obstacle: String?) throws -> JSONValue {
    let published = try row.published.map { number in
      let comparison = try comparison(with: number, obstacle: obstacle)
      let interval = try summary(number.measure).predictionInterval()
      return JSONValue.object([
        .init("measure", .string(number.measure.rawValue)), .init("value", .real(number.value)),
        .init("difference", .real(comparison.difference)),
        .init("verdict", .string(comparison.verdict.name)),
        .init("prediction_lower", real(interval?.lower)),
        .init("prediction_upper", real(interval?.upper)),
      ])
    }
    return .object([
      .init("network", .string(row.label)),
      .init("command", .string(row.changes.command(data: data))),
      .init("test_accuracy", .array(try numbers(.test).map { .real($0) })),
      .init("validation_accuracy", .array(try numbers(.validation).map { .real($0) })),
      .init("published", .array(published)),
      .init("runs", .array(results.map { .string($0.path) })),
    ])
  }
}
