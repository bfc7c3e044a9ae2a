import Strata
import StrataLab

/// The answer to whether one row is better than another.
struct PairedAnswer: Sendable {
  /// Better minus baseline, seed by seed.
  struct Difference: Sendable {
    let summary: SampleSummary
    /// `nil` with one seed.
    let test: PairedTTest?
    let signs: SignFlipTest?
  }

  let question: PairedQuestion
  /// The difference, or a clause that says why there is none.
  let difference: Result<Difference, Obstacle>
  /// The p-value of the t-test after Holm's correction over the questions that it stands among.
  fileprivate(set) var adjusted: Double?

  /// Why two rows cannot be compared.
  struct Obstacle: Error {
    let text: String
  }

  /// Pairs the accuracies of the same seeds.
  ///
  /// - Throws: `DataError` when a summary lacks them.
  init(
    _ question: PairedQuestion, row: ReproducedResults, baseline: ReproducedResults,
    measure: PublishedNumber.Measure = .test
  ) throws {
    try self.init(question, row: row, baseline: baseline, statistic: .accuracy(measure))
  }

  init(_ question: PairedQuestion, pairs: PairedDifferences) throws {
    self.init(question: question, difference: .success(try Difference(pairs)))
  }

  /// An answer whose difference is known, or why there is none.
  init(question: PairedQuestion, difference: Result<Difference, Obstacle>) {
    self.question = question
    self.difference = difference
  }

  /// The p-value of the t-test; `nil` where there is none.
  var pValue: Double? { (try? difference.get())?.test?.pValue }

  /// Whether chance alone would hardly make such a difference.
  var isSignificant: Bool { adjusted.map { $0 < 0.05 } ?? false }
}

extension PairedAnswer.Difference {
  fileprivate init(_ pairs: PairedDifferences) throws {
    summary = try SampleSummary(pairs.differences)
    test = summary.count == 1 ? nil : try PairedTTest(pairs)
    signs = summary.count == 1 ? nil : try SignFlipTest(pairs)
  }
}

extension [PairedAnswer] {
  /// The same answers with Holm's correction over them.
  func corrected() throws -> [PairedAnswer] {
    var rest = try holmAdjusted(compactMap(\.pValue))[...]
    return map { answer in
      var answer = answer
      answer.adjusted = answer.pValue == nil ? nil : rest.removeFirst()
      return answer
    }
  }
}

extension PairedAnswer {
  /// Whether a choice matters, for a table.
  var effect: String {
    switch difference {
    case .failure(let obstacle): return "no answer, since \(obstacle.text)"
    case .success(let difference):
      let count = difference.summary.count
      if count == 1 { return "one seed shows nothing" }
      if isSignificant { return "it matters" }
      return adjusted == nil
        ? "the same for each of \(count) seeds"
        : "no difference that \(count) seeds can show"
    }
  }

  /// Difference with interval and number of pairs, p-value, and p-value after Holm's correction.
  var cells: [String] {
    guard let difference = try? difference.get() else { return ["–", "–", "–"] }
    let mean = pointsText(difference.summary.mean)
    guard let test = difference.test else { return ["\(mean) (n = 1)", "–", "–"] }
    return [
      "\(mean) (\(pointsText(test.interval)); n = \(difference.summary.count))",
      test.pValue.map(pValueText) ?? "–",
      adjusted.map(pValueText) ?? "–",
    ]
  }

  /// The p-value of the sign-flip test.
  var signsCell: String {
    (try? difference.get())?.signs.map { pValueText($0.pValue) } ?? "–"
  }
}
