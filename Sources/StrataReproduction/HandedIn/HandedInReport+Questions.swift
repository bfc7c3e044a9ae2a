import Strata
import StrataLab

// The sheet's other questions, a short paragraph each.
extension HandedInReport {
  /// The paragraphs, as far as there are results.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func otherQuestions() throws -> [Report.Block] {
    let paragraphs = try [deeper(), learningRates(), shuffling(), epsilon()].compactMap(\.self)
    return paragraphs.isEmpty
      ? [.paragraph("No other question was asked.")] : paragraphs.map { .paragraph($0) }
  }

  /// Whether deeper helps.
  private func deeper() throws -> String? {
    guard let experiment = experiment("deeper") else { return nil }
    return try paragraph(
      "Does deeper help?", experiment, [Self.countSentence(experiment.answers)])
  }

  /// How many of the networks are significantly better or worse, and which.
  static func countSentence(_ answers: [PairedAnswer]) -> String {
    guard let stem = answers.first?.question.stem else { return "" }
    func named(_ outcome: PairedAnswer.Outcome, _ word: String) -> String {
      let names = answers.filter { $0.outcome == outcome }.map(\.question.subject)
      return names.isEmpty
        ? "none is significantly \(word)"
        : "\(names.count) \(names.count == 1 ? "is" : "are") significantly \(word) "
          + "(\(listText(names)))"
    }
    func counted(_ outcomes: [PairedAnswer.Outcome], _ one: String, _ many: String) -> String? {
      let count = answers.count { outcomes.contains($0.outcome) }
      return count == 0 ? nil : "\(count) \(count == 1 ? one : many)"
    }
    let parts = [
      named(.yes, "better"), named(.no, "worse"),
      counted([.open, .same], "shows no significant difference", "show no significant difference"),
      counted(
        [.none], "cannot be judged, since a run diverged", "cannot be judged, since runs diverged"),
    ].compactMap(\.self)
    let networks = "\(answers.count) network\(answers.count == 1 ? "" : "s")"
    let question = stem.hasSuffix(":") ? String(stem.dropLast()) : stem
    return "\(question)? Of \(networks), \(listText(parts))."
  }

  /// Whether batch normalization bears larger learning rates.
  private func learningRates() throws -> String? {
    guard let experiment = experiment("learning-rates") else { return nil }
    let effects = experiment.answers.map { HandedInEffect($0) }
    return try paragraph(
      "Larger learning rates.", experiment,
      [effects.sentence("batch normalization", .testAccuracy)])
  }

  /// Whether shuffling matters.
  private func shuffling() throws -> String? {
    guard let experiment = experiment("shuffling") else { return nil }
    let effects = experiment.answers.map { HandedInEffect($0) }
    return try paragraph(
      "Shuffling.", experiment,
      [effects.sentence("a new order of the images in each epoch", .testAccuracy)])
  }

  /// What ε of batch normalization changes.
  private func epsilon() throws -> String? {
    guard let experiment = experiment("epsilon") else { return nil }
    var values: [String] = []
    let first = try experiment.answers.map(\.question).compactMap { question -> PairedAnswer? in
      let rows = [question.row, question.baseline]
        .compactMap(experiment.found.results.labelled)
      guard rows.count == 2 else { return nil }
      values = rows.map { Self.epsilon(of: $0.row) }
      return try PairedAnswer(
        question, row: rows[0], baseline: rows[1], statistic: HandedInMeasure.firstLoss.statistic)
    }.corrected()
    let cause = "ε \(values.joined(separator: " instead of "))"
    return try paragraph(
      "ε of batch normalization.", experiment,
      [
        experiment.answers.map { HandedInEffect($0) }.sentence(cause, .testAccuracy),
        first.map { HandedInEffect($0) }.sentence(cause, .firstLoss),
      ])
  }

  /// The ε of a network.
  private static func epsilon(of row: ReproducedRow) -> String {
    row.settings[.normalizationEpsilon] ?? RecipeKey.normalizationEpsilon.setting.defaultText
  }

  /// A heading, sentences, and which networks of a sweep are the best.
  private func paragraph(
    _ heading: String, _ experiment: ReproductionReport.Experiment, _ sentences: [String]
  ) throws -> String {
    ([heading] + sentences + [try Self.peaks(of: experiment)].compactMap(\.self))
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The network of each role with the highest mean test accuracy; `nil` for what is no sweep.
  ///
  /// Networks some of whose runs diverged have no mean over all seeds; they are counted.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  static func peaks(of experiment: ReproductionReport.Experiment) throws -> String? {
    guard case .sweep(let sweep) = experiment.part.drawing else { return nil }
    let drawn = experiment.found.results.filter { results in
      sweep.points.contains { $0.label == results.row.label }
    }
    let best = try CurveRole.allCases.compactMap { role -> (CurveRole, String)? in
      let labels = sweep.points.filter { $0.role == role }.map(\.label)
      let found = try drawn.filter { labels.contains($0.row.label) && $0.diverged.isEmpty }
        .compactMap { results in try results.summary(.test).map { (results.row.label, $0) } }
      guard let best = found.max(by: { $0.1.mean < $1.1.mean }) else { return nil }
      return (role, "“\(best.0)” (\(best.1.accuracyAside))")
    }
    let texts = best.map { "with \($0.name), that of \($1)" }
    let sentences = [
      best.isEmpty
        ? nil
        : best.count == 1
          ? "The highest mean test accuracy is that of \(best[0].1)."
          : "The highest mean test accuracies are, \(texts.joined(separator: "; ")).",
      divergedSentence(drawn.filter { !$0.diverged.isEmpty }),
    ].compactMap(\.self)
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  /// How many networks have no mean, and how many of their runs diverged; `nil` for none.
  private static func divergedSentence(_ networks: [ReproducedResults]) -> String? {
    guard !networks.isEmpty else { return nil }
    let runs = networks.reduce(0) { $0 + $1.diverged.count }
    return networks.count == 1
      ? "1 network is not considered, since \(runs) of its runs diverged."
      : "\(networks.count) networks are not considered, since \(runs) of their runs diverged."
  }
}
