import Strata
import StrataLab

// Item iv: the range that was searched for λ, the best λ, and what its network reaches.
extension HandedInReport {
  /// The sentences, the figure of the trials and the table of the finalists.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func lambdaSearch() throws -> [Report.Block] {
    guard let experiment = experiment("lambda") else { return missing("lambda") }
    guard case .search(let results, let baseline) = experiment.found else {
      if case .failedSearch(let reason) = experiment.found { return [.paragraph(reason + ".")] }
      return missing("lambda")
    }
    let sentences = [
      Self.rangeSentence(results), Self.bestSentence(results), Self.tieSentence(results),
      Self.defaultSentence(results, baseline, experiment.answers),
    ].compactMap(\.self)
    let figure = results.lowFigure(title: "Search for λ").map {
      Report.Block.figure(
        ReportFigure(
          name: "lambda", svg: $0,
          caption: "The validation accuracy of every trial over λ. Final trials are longer; the "
            + "ring is the best run."))
    }
    return [.paragraph(sentences.joined(separator: " "))] + [figure].compactMap(\.self)
      + [.table(try Self.finalistTable(results, baseline))]
  }

  /// The ranges of the coarse and the fine stage.
  static func rangeSentence(_ results: SearchResults) -> String {
    func range(_ space: SearchSpace?) -> SearchRange? {
      space?.dimensions.first { $0.key == .lambda }?.range
    }
    func count(_ stage: SearchStage) -> String {
      let count = results.trials.count { $0.stage == stage }
      return "\(count) \(stage.rawValue) trial\(count == 1 ? "" : "s")"
    }
    guard let coarse = range(results.plan.space) else { return "The search did not vary λ." }
    let way = results.plan.method == .random ? "drawn at random" : "taken from a grid"
    let scale = coarse.scale == .log ? ", evenly in log λ," : ""
    let fine = range(results.fine?.space).map { ", then \(ends($0)) in \(count(.fine))" } ?? ""
    let base = results.plan.base
    let length = [RecipeKey.cycles, .stepSize].compactMap { key in
      base.value(of: key).map { lengthText(key, $0.option) }
    }.joined(separator: ", ")
    return
      "λ was \(way)\(scale) from \(ends(coarse)) in \(count(.coarse))\(fine); each trial is one "
      + "run of one seed (\(length))."
  }

  /// The best λ, and what its network reaches in the final runs.
  static func bestSentence(_ results: SearchResults) -> String {
    guard let winner = results.winner, let validation = winner.validation, let test = winner.test
    else {
      let text = results.best.text(of: .lambda).map(shortText) ?? "unknown"
      return
        "The best trial has λ = \(text), and no finalist was trained to its end from every seed, "
        + "so no accuracy of a long run can be stated."
    }
    let length = results.plan.finals?.settings.map { lengthText($0.key, $0.text) } ?? []
    let how = length.isEmpty ? "" : " (\(length.joined(separator: ", ")))"
    let seeds = "\(validation.count) seed\(validation.count == 1 ? "" : "s")"
    return
      "The best \(results.finalists.count) were trained again from \(seeds)\(how); the best of "
      + "them by validation accuracy, \(validation.accuracyAside), has λ = \(lambda(of: winner)) "
      + "and a test accuracy of \(test.accuracySentence)."
  }

  /// Which finalists are worse than the best; `nil` where there is one finalist or no winner.
  static func tieSentence(_ results: SearchResults) -> String? {
    guard let winner = results.winner, results.finalists.count > 1 else { return nil }
    if winner.trials.count == 1 { return "One seed cannot tell the finalists apart." }
    func lambdas(_ finalists: [Finalist]) -> String {
      listText(finalists.map { "λ = \(lambda(of: $0))" })
    }
    let others = Array(results.finalists.dropFirst())
    let tied = others.filter { $0.isTied == true }
    let worse = others.filter { $0.isTied == false }
    let failed = others.filter { $0.isTied == nil }
    let parts = [
      tied.isEmpty
        ? nil
        : "\(lambdas(tied)) \(tied.count == 1 ? "is" : "are") not significantly worse "
          + "by validation accuracy",
      worse.isEmpty
        ? nil : "\(lambdas(worse)) \(worse.count == 1 ? "is" : "are") worse by validation accuracy",
      failed.isEmpty
        ? nil : "\(lambdas(failed)) \(failed.count == 1 ? "was" : "were") not trained to the end",
    ].compactMap(\.self)
    return capitalized(parts.joined(separator: "; ")) + "."
  }

  /// Whether the best λ beats the default one.
  static func defaultSentence(
    _ results: SearchResults, _ baseline: ReproducedResults?, _ answers: [PairedAnswer]
  ) -> String? {
    guard let baseline else { return nil }
    let usual = baseline.row.settings[.lambda] ?? "the default"
    guard let answer = answers.first else {
      let reason = baseline.divergenceText ?? "no finalist has as many finished runs"
      return "The default λ, \(usual), cannot be compared, since \(reason)."
    }
    let cycles = baseline.row.settings[.cycles].map { "with \(lengthText(.cycles, $0))" }
    return [HandedInEffect(answer, place: cycles ?? "in runs of this length")]
      .sentence("the λ of the search instead of \(usual)", .testAccuracy)
  }

  /// The finalists and the network with the default λ.
  private static func finalistTable(
    _ results: SearchResults, _ baseline: ReproducedResults?
  ) throws -> ReportTable {
    var table = ReportTable(
      name: "finalists", title: "The finalists and the default λ",
      columns: [
        .init("network"), .init("validation accuracy, %", .right),
        .init("test accuracy, %", .right),
        .init("against the best finalist"),
      ])
    for (index, finalist) in results.finalists.enumerated() {
      let tie =
        switch finalist.isTied {
        case true?: "tied"
        case false?: "worse"
        case nil:
          finalist.validation == nil
            ? "not finished" : index == 0 ? "the best" : "one seed, no test"
        }
      table.add(
        ["λ \(lambda(of: finalist))"]
          + [finalist.validation, finalist.test].map { $0?.text(.percent) ?? "not finished" } + [
            tie
          ])
    }
    if let baseline {
      let cells = try [PublishedNumber.Measure.validation, .test].map {
        try baseline.cell(.accuracy($0))
      }
      table.add(
        ["λ \(baseline.row.settings[.lambda] ?? "unknown"), the default"] + cells + ["not searched"]
      )
    }
    return table
  }

  /// The λ of a finalist, for a person.
  private static func lambda(of finalist: Finalist) -> String {
    finalist.values.first { $0.key == .lambda }.map { shortText($0.text) } ?? "unknown"
  }

  /// `1e-5 to 0.1`.
  private static func ends(_ range: SearchRange) -> String {
    [range.bounds.lowerBound, range.bounds.upperBound].map { shortText(range.text(of: $0)) }
      .joined(separator: " to ")
  }

  /// A number of many digits with three.
  private static func shortText(_ text: String) -> String {
    text.count <= 7
      ? text.replacing(".0e", with: "e") : decimal(text).map { significantText($0) } ?? text
  }

  /// A setting of the length of a run, a phrase.
  private static func lengthText(_ key: RecipeKey, _ text: String) -> String {
    switch key {
    case .cycles: "\(text) cycle\(text == "1" ? "" : "s")"
    case .stepSize: "n_s \(text)"
    default: "\(key.rawValue) \(text)"
    }
  }
}
