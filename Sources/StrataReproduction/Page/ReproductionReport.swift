import Strata
package import StrataLab

/// What a reproduction found, as a document.
package struct ReproductionReport: Sendable {
  /// An experiment with what it found, and the answers to its questions.
  struct Experiment: Sendable {
    let document: ReproductionDocument
    let part: ReproductionPart
    let found: ReproducedPart
    /// Of the choices of a document: one a choice.
    let answers: [PairedAnswer]
  }

  let reproduction: Reproduction
  let experiments: [Experiment]
  /// The command that makes it again.
  let command: String
  /// Sentences about the machine.
  let machine: [String]

  /// Compares what was found.
  ///
  /// - Parameter found: One a part of the reproduction.
  /// - Throws: `DataError` when a summary lacks a number.
  package init(
    _ reproduction: Reproduction, _ found: [ReproducedPart], command: String, machine: [String]
  ) throws {
    self.reproduction = reproduction
    self.command = command
    self.machine = machine
    experiments = try zip(reproduction.parts, found).map { pair, found in
      Experiment(
        document: pair.document, part: pair.part, found: found,
        answers: try Self.answers(of: pair.part, found).corrected())
    }
  }

  private static func answers(
    of part: ReproductionPart, _ found: ReproducedPart
  ) throws -> [PairedAnswer] {
    switch (part.kind, found) {
    case (.runs(_, let questions), .runs(let results)):
      try questions.compactMap { question in
        guard let row = results.labelled(question.row),
          let baseline = results.labelled(question.baseline)
        else { return nil }
        return try PairedAnswer(question, row: row, baseline: baseline)
      }
    case (_, .choices(let choices)): try choices.map { try $0.answer() }
    case (.search(let search), .search(let results, let baseline)):
      try baseline.flatMap { try results.answer(against: $0, search) }.map { [$0] } ?? []
    default: []
    }
  }

  /// The document.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  package func report() throws -> Report {
    let claims = Report.Section("All claims", try claimBlocks())
    let documents = try reproduction.documents.map { document in
      let blocks = try experiments.filter { $0.document.name == document.name }.flatMap {
        [.heading($0.part.title), .paragraph($0.part.text)] + (try self.blocks(of: $0))
      }
      return Report.Section(document.title, blocks + [.foldedTable(document.settingsTable)])
    }
    let sections = (claims.blocks.isEmpty ? [] : [claims]) + documents
    let origin = Report.Section(
      "How this was made",
      (machine + [try times()]).map { .paragraph($0) } + [.commands([command])])
    return Report(
      title: reproduction.title, introduction: try introduction(), sections: sections + [origin])
  }

  /// How long the trainings took.
  private func times() throws -> String {
    "\(countText(trained.count)) networks were trained in \(durationText(seconds: try seconds())) of one "
      + "thread, their evaluations included; searches come on top."
  }

  /// Every network that was trained to its end, once.
  var trained: [ReproductionResult] {
    var seen: Set<ReproductionRun> = []
    return experiments.flatMap(\.found.results).flatMap(\.finished)
      .filter { seen.insert($0.run).inserted }
  }

  /// Of their training and evaluations, on one thread.
  ///
  /// - Throws: `DataError` when the summary of a run lacks them.
  func seconds() throws -> Double {
    try trained.reduce(0) {
      $0 + (try $1.number("train_seconds")) + (try $1.number("evaluation_seconds"))
    }
  }

  /// Why no published number can be held against ours: the documents are about other data.
  var obstacle: String? {
    let name = reproduction.data.pair.training.name
    return name == reproduction.subject ? nil : "ours learned from \(name)"
  }

  /// The data set, as it is typed.
  var data: String { reproduction.data.reference }

  /// What keeps the reproduction from being a success: gradient checks that exceed a bound, searches
  /// that found nothing, and runs that diverged; clauses.
  package var failures: [String] {
    let checks = experiments.flatMap { experiment -> [String] in
      guard case .gradients(let checks) = experiment.found else { return [] }
      return checks.filter { !$0.passes }.map {
        "gradient check failed: \($0.gradient.label), seed \($0.gradient.settings.seed)"
      }
    }
    let searches = experiments.compactMap { experiment -> String? in
      if case .failedSearch(let reason) = experiment.found { reason } else { nil }
    }
    var seen: Set<DivergedRun> = []
    let runs = experiments.flatMap(\.found.results).flatMap(\.diverged)
      .filter { seen.insert($0).inserted }
    return checks + searches
      + runs.map {
        "\($0.run.changes.command(data: data)) --seed \($0.run.seed): \($0.divergence.text)"
      }
  }
}

extension SearchResults {
  /// Whether the winner of the finalists is better than a network, seed by seed; `nil` without
  /// finalists.
  fileprivate func answer(
    against baseline: ReproducedResults, _ search: ReproducedSearch
  ) throws -> PairedAnswer? {
    guard let first = finalists.first else { return nil }
    let question = PairedQuestion(
      "Is it better than \(baseline.row.label):", "what the search found, \(text(of: first))",
      row: text(of: first), baseline: baseline.row.label, improvement: search.improvement)
    func none(_ reason: String) -> PairedAnswer {
      PairedAnswer(
        question: question, difference: .failure(PairedAnswer.Obstacle(text: reason)))
    }
    guard let winner else { return none("no finalist was finished from every seed") }
    if let text = baseline.divergenceText { return none(text) }
    let accuracies = winner.trials.compactMap { $0.outcome?.testAccuracy }
    return try PairedAnswer(
      question,
      pairs: PairedDifferences(of: accuracies, from: baseline.numbers(.test)))
  }
}

extension ReproducedChoice {
  /// What the alternative changes, seed by seed.
  fileprivate func answer() throws -> PairedAnswer {
    let question = PairedQuestion(
      "\(setting.name):", "\(setting.alternative) instead of \(setting.chosen)",
      row: "\(setting.name) \(setting.alternative) instead of \(setting.chosen)",
      baseline: setting.chosen)
    return try PairedAnswer(
      question, row: alternative, baseline: chosen, measure: setting.measure)
  }
}
