import Strata

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
  /// - Parameter obstacle: Why no published number can be held against ours; a clause.
  /// - Throws: `DataError` when a summary lacks a number.
  func lines(obstacle: String?) throws -> [[String]] {
    guard !row.published.isEmpty else { return [try cells(row.measure) + ["–", "–", "–"]] }
    return try row.published.map { number in
      let cells = try cells(number.measure) + [number.text]
      guard let comparison = try comparison(with: number, obstacle: obstacle) else {
        return cells + ["–", "not comparable: every run of ours diverged"]
      }
      return cells + [
        pointsText(comparison.difference), comparison.verdict.text(reason: number.reason),
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
        obstacle: obstacle ?? number.obstacle ?? divergenceText)
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

  /// The mean and its interval: `53.52 (52.88 to 54.16)`.
  ///
  /// - Throws: `DataError` when a summary lacks the number.
  func meanCell(_ measure: PublishedNumber.Measure) throws -> String {
    guard let summary = try summary(measure) else { return "diverged" }
    let interval = summary.confidenceInterval().map { " (\(intervalText($0)))" } ?? " (n = 1)"
    return accuracyText(summary.mean) + interval
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
