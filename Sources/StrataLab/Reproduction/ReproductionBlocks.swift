import Strata

extension ReproductionReport {
  /// What the page shows of an experiment.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func blocks(of experiment: Experiment) throws -> [Report.Block] {
    let part = experiment.part
    let name = "\(experiment.document.name)-\(part.name)"
    switch experiment.found {
    case .runs(let results):
      return try runBlocks(results, of: experiment, name)
    case .gradients(let checks): return gradientBlocks(checks, name)
    case .search(let results, let final):
      let last = try final.map {
        try runBlocks([$0.baseline, $0.found], of: experiment, name + "-final")
      }
      return searchBlocks(results, name, title: part.title) + commands(of: part) + (last ?? [])
    case .failedSearch(let reason): return [.paragraph(reason + ".")] + commands(of: part)
    case .choices(let choices):
      return try choiceBlocks(choices, experiment.answers, part, name)
    }
  }

  /// Networks with their curves, the answers about them, and their commands.
  private func runBlocks(
    _ results: [ReproducedResults], of experiment: Experiment, _ name: String
  ) throws -> [Report.Block] {
    try [.table(runTable(results, of: experiment, name))]
      + curves(of: results, name, title: experiment.part.title)
      + questionBlocks(experiment.answers, name)
      + [commandBlock(results.map { ($0.row.label, $0) }, name)]
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

  private func curves(
    of results: [ReproducedResults], _ name: String, title: String
  ) -> [Report.Block] {
    let groups = results.filter { !$0.finished.isEmpty }.map {
      CurveGroup(name: $0.row.label, histories: $0.finished.map(\.history))
    }
    guard (1...CurveGroup.mostInFigure).contains(groups.count) else { return [] }
    let svg = comparedCurvesFigure(groups: groups, title: title)
    let caption =
      "Loss, cost and accuracy over update steps"
      + (reproduction.seeds > 1 ? "; lines are means over the seeds, bands their range." : ".")
    return [.figure(ReportFigure(name: name, svg: svg, caption: caption))]
  }

  private func questionBlocks(_ answers: [PairedAnswer], _ name: String) -> [Report.Block] {
    guard !answers.isEmpty else { return [] }
    var table = ReportTable(
      name: name + "-questions", title: "Seed by seed",
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
    var blocks: [Report.Block] = choices.isEmpty ? [] : [.table(table)]
    if case .choices(_, let others) = part.kind, !others.isEmpty {
      blocks.append(.table(Self.unvaried(others, name)))
    }
    let networks = choices.flatMap { choice in
      [choice.chosen, choice.alternative].map { ("\(choice.setting.name): \($0.row.label)", $0) }
    }
    return blocks + [commandBlock(networks, name)]
  }

  private static func unvaried(_ settings: [UnvariedSetting], _ name: String) -> ReportTable {
    var table = ReportTable(
      name: name + "-others", title: "Settings for which nothing else was tried",
      columns: [.init("experiment and setting"), .init("chosen"), .init("reason")])
    for setting in settings { table.add([setting.name, setting.chosen, setting.reason]) }
    return table
  }

  private func commandBlock(
    _ networks: [(label: String, results: ReproducedResults)], _ name: String
  ) -> Report.Block {
    let seeds = reproduction.seeds == 1 ? "1" : "1 to \(reproduction.seeds)"
    var table = ReportTable(
      name: name + "-commands", title: "The command of each row, with seeds \(seeds)",
      columns: [.init("network"), .init("command")])
    for network in networks {
      let changes = network.results.row.changes
      table.add([network.label, changes.command(data: data) + " --seed N"])
    }
    return .foldedTable(table)
  }

  private func commands(of part: ReproductionPart) -> [Report.Block] {
    guard case .search(let search) = part.kind else { return [] }
    return [.commands([search.command(data: data)])]
  }

  private func searchBlocks(
    _ results: SearchResults, _ name: String, title: String
  ) -> [Report.Block] {
    let keys = results.plan.space.dimensions.map(\.key)
    var table = ReportTable(
      name: name, title: title,
      caption: "The best of \(results.trials.count) trials by validation accuracy, one seed.",
      columns: [.init("rank", .right), .init("stage")] + keys.map { .init($0.rawValue, .right) }
        + [.init("validation, %", .right), .init("test, %", .right)],
      footnotes: results.fine.map { [$0.reason] } ?? [])
    for (index, trial) in results.trials.prefix(Self.shownTrials).enumerated() {
      let accuracies = [trial.outcome?.validationAccuracy, trial.outcome?.testAccuracy].map {
        $0.map(accuracyText) ?? "–"
      }
      table.add(
        ["\(index + 1)", trial.stage.rawValue] + keys.map { trial.text(of: $0) ?? "–" } + accuracies
      )
    }
    let figure = results.figure.map {
      Report.Block.figure(
        ReportFigure(
          name: name, svg: $0, caption: "Validation accuracy of every trial."))
    }
    return [.table(table)] + (figure.map { [$0] } ?? [])
  }

  private static let shownTrials = 10
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
