import Strata
import StrataLab

extension ReproductionReport {
  /// What became of every claim of the parts that were made, document by document.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func claims() throws -> [ClaimResult] {
    try reproduction.documents.flatMap { document in
      try experiments.filter { $0.document.name == document.name }.flatMap { experiment in
        try accuracies(of: experiment)
          + experiment.part.claims.map { try result($0, document) }
      }
    }
  }

  /// The published accuracies of an experiment.
  private func accuracies(of experiment: Experiment) throws -> [ClaimResult] {
    let choices = choices(in: experiment.document)
    return try experiment.found.results.flatMap { results in
      try results.row.published.map { number in
        try accuracy(number, results, choices, experiment.document)
      }
    }
  }

  private func accuracy(
    _ number: PublishedNumber, _ results: ReproducedResults, _ choices: [ReproducedChoice],
    _ document: ReproductionDocument
  ) throws -> ClaimResult {
    let comparison = try results.comparison(with: number, obstacle: obstacle)
    let summary = try results.summary(number.measure)
    let verdict = comparison?.verdict
    return ClaimResult(
      document: document.name, kind: .accuracy, text: results.row.label, citation: number.citation,
      published: number.text + " %", statistic: "\(number.measure.title) accuracy, %",
      ours: summary.map(meanText) ?? "–",
      interval: summary?.predictionInterval().map { intervalText($0) } ?? "–",
      verdict: ClaimResult.Verdict(verdict),
      reason: try results.reason(verdict, number, choices) ?? "")
  }

  /// What became of a claim.
  private func result(
    _ claim: PublishedClaim, _ document: ReproductionDocument
  ) throws -> ClaimResult {
    let judged = try judged(claim, document)
    return ClaimResult(
      document: document.name, kind: claim.kind, text: claim.text, citation: claim.citation,
      published: claim.published, statistic: claim.test.name, ours: judged.ours,
      interval: judged.interval, verdict: judged.verdict, reason: judged.reason)
  }

  private func judged(
    _ claim: PublishedClaim, _ document: ReproductionDocument
  ) throws -> ClaimResult.Judged {
    let (measurement, bound): (Measurement, Bound)
    switch claim.test {
    case .untested(let reason): return .none(reason)
    case .measured(let tested, let limit): (measurement, bound) = (tested, limit)
    }
    switch (try measure(measurement, in: document.name), obstacle, measurement) {
    case (nil, _, _): return .none("what it is about is in a part that was not made")
    case (.some(.none(let reason)), _, _): return .none(reason)
    // What was trained on other data says nothing of the document's.
    case (_, let obstacle?, .number), (_, let obstacle?, .difference), (_, let obstacle?, .search):
      return .none(obstacle)
    case (.numbers(let values)?, _, _):
      return try ClaimResult.Judged(values, of: measurement, bound, reason: claim.reason)
    }
  }
}

extension PublishedClaim.Test {
  /// What is measured and where it is to lie, a phrase.
  fileprivate var name: String {
    switch self {
    case .measured(let measurement, let bound):
      "\(measurement.name), \(bound.text(measurement.text))\(measurement.unit)"
    case .untested: "–"
    }
  }
}

extension ClaimResult.Verdict {
  fileprivate init(_ verdict: PublishedComparison.Verdict?) {
    switch verdict {
    case .inside: self = .inside
    case .outside: self = .outside
    case .notComparable, nil: self = .notComparable
    }
  }
}
