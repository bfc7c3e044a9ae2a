import Strata
import StrataLab

extension ReproducedResults {
  /// The heads of a table of accuracies; the last three only where numbers were published.
  static func columns(hasPublished: Bool) -> [TextTable.Column] {
    let ours: [TextTable.Column] = [
      .init("network"), .init("accuracy on"), .init("ours, %", .right),
      .init("95 % interval of the mean", .right),
    ]
    let published: [TextTable.Column] = [
      .init("published, %", .right), .init("ours − published", .right),
      .init("published number is"),
    ]
    return ours + (hasPublished ? published : [])
  }

  /// The lines of a table of accuracies: one for each published number, or one without.
  ///
  /// - Parameters:
  ///   - obstacle: Why no published number can be held against ours; a clause.
  ///   - choices: Those of the document.
  /// - Throws: `DataError` when a summary lacks a number.
  func lines(obstacle: String?, choices: [ReproducedChoice]) throws -> [[String]] {
    guard !row.published.isEmpty else { return [try cells(row.measure) + ["–", "–", "–"]] }
    return try row.published.map { number in
      let cells = try cells(number.measure) + [number.text]
      guard let comparison = try comparison(with: number, obstacle: obstacle) else {
        return cells + ["–", "not comparable: every run of ours diverged"]
      }
      return cells + [
        pointsText(comparison.difference),
        comparison.verdict.text(reason: try likeliestReason(for: number, choices)),
      ]
    }
  }

  /// A published number held against ours; `nil` where every run diverged.
  ///
  /// - Throws: `DataError` when a summary lacks the number.
  func comparison(
    with number: PublishedNumber, obstacle: String?
  ) throws -> PublishedComparison? {
    try summary(number.measure).map { summary in
      PublishedComparison(
        published: number.value, rounding: number.rounding, sample: summary,
        obstacle: obstacle ?? row.obstacle ?? divergenceText)
    }
  }

  /// Why ours may differ from a published number, and what came of the other choices for the same
  /// network.
  ///
  /// - Throws: `DataError` when a summary lacks the number.
  private func likeliestReason(
    for number: PublishedNumber, _ choices: [ReproducedChoice]
  ) throws -> String {
    let tried = choices.filter {
      $0.setting.changes == row.changes && $0.setting.measure == number.measure
    }
    let evidence = try tried.nearest(to: number.value)
    return ([number.reason ?? row.openReason] + [evidence].compactMap(\.self))
      .joined(separator: "; ")
  }

  /// Why a number is not inside, a clause; without a verdict, why there is none.
  ///
  /// - Throws: `DataError` when a summary lacks the number.
  func reason(
    _ verdict: PublishedComparison.Verdict?, _ number: PublishedNumber,
    _ choices: [ReproducedChoice]
  ) throws -> String? {
    switch verdict {
    case .inside: nil
    case .outside: try likeliestReason(for: number, choices)
    case .notComparable(let reason): reason
    case nil: "every run of ours diverged"
    }
  }

  /// Which runs diverged, a clause; `nil` for none.
  var divergenceText: String? {
    guard let first = diverged.first else { return nil }
    let others = diverged.count == 1 ? "" : ", and \(diverged.count - 1) more"
    return "“\(row.label)” \(first.divergence.text) with seed \(first.run.seed)\(others)"
  }

  private func cells(_ measure: PublishedNumber.Measure) throws -> [String] {
    let summary = try summary(measure)
    return [
      row.label, measure.title, ourText(summary),
      summary?.confidenceInterval().map { intervalText($0) } ?? "–",
    ]
  }

  /// Mean and deviation, and which runs diverged.
  private func ourText(_ summary: SampleSummary?) -> String {
    let runs = diverged.map { "seed \($0.run.seed) \($0.divergence.text)" }
    return ((summary.map { [meanText($0)] } ?? []) + runs).joined(separator: "; ")
  }

  /// The mean, its interval and the number of seeds: `53.52 (52.88 to 54.16; n = 5)`.
  ///
  /// - Throws: `DataError` when a summary lacks the number.
  func meanCell(_ measure: PublishedNumber.Measure) throws -> String {
    guard let summary = try summary(measure) else { return "diverged" }
    let interval = summary.confidenceInterval().map { "\(intervalText($0)); " } ?? ""
    return "\(accuracyText(summary.mean)) (\(interval)n = \(summary.count))"
  }
}

extension [ReproducedChoice] {
  /// Of choices for one network, which alternative comes nearest to an accuracy, and if it comes nearer
  /// than what was chosen; a clause, `nil` where nothing else was tried.
  ///
  /// - Throws: `DataError` when a summary lacks the number.
  fileprivate func nearest(to accuracy: Double) throws -> String? {
    func distance(_ mean: Double) -> Double { abs(mean - accuracy) }
    let means = try compactMap {
      choice -> (choice: ReproducedChoice, chosen: Double, other: Double)? in
      let measure = choice.setting.measure
      guard let chosen = try choice.chosen.summary(measure)?.mean,
        let other = try choice.alternative.summary(measure)?.mean
      else { return nil }
      return (choice, chosen, other)
    }
    guard let nearest = means.min(by: { distance($0.other) < distance($1.other) }) else {
      return nil
    }
    guard distance(nearest.other) < distance(nearest.chosen) else {
      return "nothing else that was tried for it, below, comes nearer"
    }
    let setting = nearest.choice.setting
    return
      "of what else was tried for it, below, \(setting.setting) \(setting.alternative) instead of "
      + "\(setting.chosen) comes nearest, with \(accuracyText(nearest.other))"
  }
}

extension PublishedNumber {
  /// As it was printed.
  var text: String { fixedText(100 * value, decimals: decimals) }
}

extension PublishedComparison.Verdict {
  /// For a table.
  ///
  /// - Parameter reason: Why ours may differ.
  fileprivate func text(reason: String) -> String {
    switch self {
    case .inside(let interval): "\(name) what one run gives (\(intervalText(interval)))"
    case .outside(let interval):
      "\(name) what one run gives (\(intervalText(interval))): \(reason)"
    case .notComparable(let reason): "\(name): \(reason)"
    }
  }
}
