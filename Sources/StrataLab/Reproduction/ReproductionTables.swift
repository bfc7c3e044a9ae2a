import Strata

extension ReproducedResults {
  /// The lines of a table of accuracies: one for each published number, or one without.
  ///
  /// - Parameter obstacle: Why no published number can be held against ours; a clause.
  /// - Throws: `DataError` when a summary lacks a number.
  func lines(obstacle: String?) throws -> [[String]] {
    guard !row.published.isEmpty else {
      return [cells(row.measure, try summary(row.measure)) + ["–", "–", "–"]]
    }
    return try row.published.map { number in
      let summary = try summary(number.measure)
      let comparison = try comparison(with: number, obstacle: obstacle)
      return cells(number.measure, summary) + [
        number.text, NumberForm.percent(decimals: 2).signedText(comparison.difference),
        comparison.verdict.text(reason: number.reason),
      ]
    }
  }

  /// A published number held against ours.
  ///
  /// - Throws: `DataError` when a summary lacks the number.
  func comparison(
    with number: PublishedNumber, obstacle: String?
  ) throws -> PublishedComparison {
    PublishedComparison(
      published: number.value, rounding: number.rounding, sample: try summary(number.measure),
      obstacle: obstacle ?? number.obstacle)
  }

  private func cells(_ measure: PublishedNumber.Measure, _ summary: SampleSummary) -> [String] {
    [
      row.label, measure.title, meanText(summary),
      summary.confidenceInterval().map { intervalText($0) } ?? "–",
    ]
  }

  static let columns: [TextTable.Column] = [
    .init("network"), .init("accuracy on"), .init("ours, %", .right),
    .init("95 % interval of the mean", .right), .init("published, %", .right),
    .init("ours − published", .right), .init("published number is"),
  ]
}

extension PublishedNumber {
  /// As it was printed.
  fileprivate var text: String { fixedText(100 * value, decimals: decimals) }
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

/// The answer to whether one row is better than another.
struct PairedAnswer: Sendable {
  let question: PairedQuestion
  /// Better minus baseline.
  let summary: SampleSummary
  /// `nil` with one seed.
  let test: PairedTTest?
  let signs: SignFlipTest?

  /// Pairs the test accuracies of the same seeds.
  ///
  /// - Throws: `DataError` when a summary lacks them.
  init?(_ question: PairedQuestion, among results: [ReproducedResults]) throws {
    guard let row = results.first(where: { $0.row.label == question.row }),
      let baseline = results.first(where: { $0.row.label == question.baseline })
    else { return nil }
    try self.init(
      question,
      pairs: PairedDifferences(of: row.numbers(.test), from: baseline.numbers(.test)))
  }

  init(_ question: PairedQuestion, pairs: PairedDifferences) throws {
    self.question = question
    summary = try SampleSummary(pairs.differences)
    test = summary.count > 1 ? try PairedTTest(pairs) : nil
    signs = summary.count > 1 ? try SignFlipTest(pairs) : nil
  }

  /// The answer in a sentence.
  ///
  /// - Parameters:
  ///   - adjusted: The p-value of the t-test after Holm's correction.
  ///   - count: The questions that the correction is over.
  func sentence(adjusted: Double?, of count: Int) -> String {
    let direction = summary.mean < 0 ? "less" : "more"
    let size = NumberForm.percent(decimals: 2).text(abs(summary.mean))
    let points = "\(size) percentage points \(direction)"
    guard let test else {
      return "\(question.text) \(points) test accuracy, from one seed, which proves nothing."
    }
    guard let pValue = test.pValue, let adjusted else {
      return
        "\(question.text) \(points) test accuracy, the same for each of \(summary.count) seeds."
    }
    let verdict =
      adjusted >= 0.05 ? "It cannot be told" : summary.mean > 0 ? "Yes" : "No, it harms"
    return "\(question.text) \(verdict): \(points) test accuracy on average "
      + "(95 % interval \(signedInterval(test.interval))) over \(summary.count) seeds; "
      + "paired t-test \(pValueText(pValue)), \(pValueText(adjusted)) after Holm's correction over "
      + (count == 1 ? "one question." : "\(count) questions.")
  }

  private func signedInterval(_ interval: Interval) -> String {
    let form = NumberForm.percent(decimals: 2)
    return form.signedText(interval.lower) + " to " + form.signedText(interval.upper)
  }

  /// A line of a table.
  func cells(adjusted: Double?) -> [String] {
    let form = NumberForm.percent(decimals: 2)
    guard let test else {
      return [question.text, form.signedText(summary.mean) + " (n = 1)", "–", "–", "–"]
    }
    return [
      question.text, differenceText(summary.mean, test.interval),
      test.pValue.map(pValueText) ?? "–", adjusted.map(pValueText) ?? "–",
      signs.map { pValueText($0.pValue) } ?? "–",
    ]
  }

  static let columns: [TextTable.Column] = [
    .init("question"), .init("difference of test accuracies, points (95 % interval)", .right),
    .init("paired t-test", .right), .init("after Holm", .right), .init("sign-flip test", .right),
  ]
}

extension [PairedAnswer] {
  /// Holm's correction of the t-tests; `nil` for answers without one.
  ///
  /// - Throws: `ConfigurationError` never for p-values of tests.
  func adjusted() throws -> [Double?] {
    let known = compactMap { $0.test?.pValue }
    var rest = try holmAdjusted(known)[...]
    return map { $0.test?.pValue == nil ? nil : rest.removeFirst() }
  }
}
