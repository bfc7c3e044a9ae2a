import Strata
import StrataLab

extension ReproductionReport {
  /// What the page shows of an experiment.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func blocks(of experiment: Experiment) throws -> [Report.Block] {
    let part = experiment.part
    let name = Self.name(of: experiment)
    let end =
      try figures(of: experiment) + observationBlocks(of: experiment, name)
      + questionBlocks(experiment.answers, name)
    switch experiment.found {
    case .runs(let results):
      return try [.table(runTable(results, of: experiment, name))] + end
        + [commandBlock(results.map { ($0.row.label, $0.row.changes) }, name)]
    case .gradients(let checks): return gradientBlocks(checks, name) + end
    case .search(let results, let baseline):
      return try searchBlocks(results, baseline, name, title: part.title) + end + commands(of: part)
    case .failedSearch(let reason): return [.paragraph(reason + ".")] + commands(of: part)
    case .choices(let choices):
      return try choiceBlocks(choices, experiment.answers, part, name)
    }
  }

  /// What an experiment's tables and figures are called.
  static func name(of experiment: Experiment) -> String {
    "\(experiment.document.name)-\(experiment.part.name)"
  }

  private func runTable(
    _ results: [ReproducedResults], of experiment: Experiment, _ name: String
  ) throws -> ReportTable {
    var table = ReportTable(
      name: name, title: experiment.part.title,
      caption: "Mean ± standard deviation over seeds; the interval of the mean is Student's.",
      columns: ReproducedResults.columns(
        hasPublished: results.contains { !$0.row.published.isEmpty }))
    let choices = choices(in: experiment.document)
    for line in try results.flatMap({ try $0.lines(obstacle: obstacle, choices: choices) }) {
      table.add(line)
    }
    return table
  }

  /// What was chosen where a document leaves settings open, and what came of something else.
  func choices(in document: ReproductionDocument) -> [ReproducedChoice] {
    experiments.flatMap { experiment -> [ReproducedChoice] in
      guard experiment.document.name == document.name, case .choices(let choices) = experiment.found
      else { return [] }
      return choices
    }
  }

  private func questionBlocks(_ answers: [PairedAnswer], _ name: String) -> [Report.Block] {
    guard !answers.isEmpty else { return [] }
    var table = ReportTable(
      name: name + "-questions", title: "Differences seed by seed",
      caption:
        "Both networks of a pair have the same seed; n counts the pairs. \(Self.intervalNote) "
        + "Holm's correction of the p-values is over this table.",
      columns: [
        .init("question"), .init("difference of test accuracies, points (95 % interval)", .right),
        .init("paired t-test", .right), .init("after Holm", .right),
        .init("sign-flip test", .right),
      ])
    for answer in answers {
      table.add([answer.question.text] + answer.cells + [answer.signsCell])
    }
    return [.table(table)]
  }

  /// What the interval of a difference is not.
  static let intervalNote =
    "Each interval is that of its difference by itself, without a correction for the others."

  private func choiceBlocks(
    _ choices: [ReproducedChoice], _ answers: [PairedAnswer], _ part: ReproductionPart,
    _ name: String
  ) throws -> [Report.Block] {
    var table = ReportTable(
      name: name, title: part.title,
      caption: "Accuracies on the test images where nothing else is said, in percent, with the "
        + "95 % interval of the mean of n seeds. \(Self.intervalNote) Holm's correction of the p-values is "
        + "over this table.",
      columns: [
        .init("experiment and setting"), .init("chosen"), .init("something else"),
        .init("difference, points", .right), .init("paired t-test", .right),
        .init("after Holm", .right), .init("does it matter?"),
      ])
    for (choice, answer) in zip(choices, answers) {
      table.add(try choice.cells() + answer.cells + [answer.effect])
    }
    let networks = choices.flatMap { choice in
      [choice.chosen, choice.alternative].map {
        ("\(choice.setting.name): \($0.row.label)", $0.row.changes)
      }
    }
    return (choices.isEmpty ? [] : [.table(table)]) + [commandBlock(networks, name)]
  }

  private func commandBlock(
    _ networks: [(label: String, changes: RecipeChanges)], _ name: String
  ) -> Report.Block {
    let seeds = reproduction.seeds == 1 ? "1" : "1 to \(reproduction.seeds)"
    var table = ReportTable(
      name: name + "-commands", title: "The command of each row, with seeds \(seeds)",
      columns: [.init("network"), .init("command")])
    for network in networks {
      table.add([network.label, network.changes.command(data: data) + " --seed N"])
    }
    return .foldedTable(table)
  }

  private func commands(of part: ReproductionPart) -> [Report.Block] {
    guard case .search(let search) = part.kind else { return [] }
    return [.commands([search.command(data: data, seeds: reproduction.seeds)])]
  }
}

extension ReproducedChoice {
  /// The setting, and what came of either value.
  fileprivate func cells() throws -> [String] {
    let measure = setting.measure
    let part = measure == .test ? "" : " (\(measure.title))"
    return [
      setting.name + part, "\(setting.chosen): \(try chosen.meanCell(measure))",
      "\(setting.alternative): \(try alternative.meanCell(measure))",
    ]
  }
}
