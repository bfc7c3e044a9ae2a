import Strata

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
  private let command: String
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
        guard let row = results.first(where: { $0.row.label == question.row }),
          let baseline = results.first(where: { $0.row.label == question.baseline })
        else { return nil }
        return try PairedAnswer(question, row: row, baseline: baseline)
      }
    case (_, .choices(let choices)): try choices.map { try $0.answer() }
    case (_, .search(_, let final)): try final.map { [try $0.answer()] } ?? []
    default: []
    }
  }

  /// The document.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  package func report() throws -> Report {
    let sections = try reproduction.documents.map { document in
      let blocks = try experiments.filter { $0.document.name == document.name }.flatMap {
        [.heading($0.part.title), .paragraph($0.part.text)] + (try self.blocks(of: $0))
      }
      return Report.Section(document.title, blocks)
    }
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

  /// Why no published number can be held against ours: the documents are about CIFAR-10.
  var obstacle: String? {
    let name = reproduction.data.pair.training.name
    return name == NamedDataset.cifar10.rawValue ? nil : "ours learned from \(name)"
  }

  /// The data set, as it is typed.
  var data: String { reproduction.data.reference }

  /// What keeps the reproduction from being a success: gradient checks that exceed a bound, searches
  /// that found nothing, and runs that diverged; clauses.
  package var failures: [String] {
    let checks = experiments.flatMap { experiment -> [String] in
      guard case .gradients(let checks) = experiment.found else { return [] }
      return checks.filter { !$0.passes }.map { "gradient check failed: \($0.gradient.label)" }
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

extension ReproducedFinal {
  /// Whether what the search found is better, seed by seed.
  fileprivate func answer() throws -> PairedAnswer {
    let question = PairedQuestion(
      text: "Is what the search found better: \(found.row.label)?", row: found.row.label,
      baseline: baseline.row.label)
    return try PairedAnswer(question, row: found, baseline: baseline)
  }
}

extension ReproducedChoice {
  /// What the alternative changes, seed by seed.
  fileprivate func answer() throws -> PairedAnswer {
    let question = PairedQuestion(
      text: "\(setting.name): \(setting.alternative) instead of \(setting.chosen)?",
      row: setting.alternative, baseline: setting.chosen)
    return try PairedAnswer(
      question, row: alternative, baseline: chosen, measure: setting.measure)
  }
}
