import Strata

/// What a reproduction found, as a document.
package struct ReproductionReport: Sendable {
  let reproduction: Reproduction
  let found: [ReproducedPart]
  /// The command that makes it again.
  private let command: String
  /// Sentences about the machine.
  private let machine: [String]

  package init(
    _ reproduction: Reproduction, _ found: [ReproducedPart], command: String, machine: [String]
  ) {
    self.reproduction = reproduction
    self.found = found
    self.command = command
    self.machine = machine
  }

  /// The document.
  ///
  /// - Throws: `DataError` when the summary of a run is damaged.
  package func report() throws -> Report {
    var sections: [Report.Section] = []
    for document in reproduction.documents {
      var blocks: [Report.Block] = []
      for (pair, part) in zip(reproduction.parts, found) where pair.document.name == document.name {
        blocks.append(.heading(pair.part.title))
        blocks.append(.paragraph(pair.part.text))
        blocks += try self.blocks(of: part, pair.part, in: document)
      }
      sections.append(Report.Section(document.title, blocks))
    }
    sections.append(
      Report.Section(
        "How this was made",
        (machine + [try times()]).map { .paragraph($0) } + [.commands([command])]))
    return Report(title: title, introduction: try introduction(), sections: sections)
  }

  private var title: String {
    switch reproduction.documents.count {
    case ReproductionDocument.all.count: "Five documents, made again"
    case 1: "\(reproduction.documents[0].title), made again"
    default: "Documents, made again"
    }
  }

  /// The answers in plain words: to the questions of the assignment where it is among the documents,
  /// else to all.
  private func introduction() throws -> [String] {
    let seeds = reproduction.seeds == 1 ? "one seed" : "\(reproduction.seeds) seeds"
    let start =
      "Published numbers beside ours, from \(seeds). A published number is mostly that of one run, so it "
      + "is held against the 95 % prediction interval of one run of ours."
    let assignment = ReproductionDocument.assignment.name
    let isThere = reproduction.documents.contains { $0.name == assignment }
    let answers = try zip(reproduction.parts, found).flatMap { pair, part in
      !isThere || pair.document.name == assignment ? try sentences(about: part) : []
    }
    let note = obstacle.map { ["No published number is comparable: \($0), and not from CIFAR-10."] }
    return (note ?? []) + [start] + answers
  }

  /// The answers to the questions of an experiment; Holm's correction is over these.
  private func sentences(about part: ReproducedPart) throws -> [String] {
    let answers = try answers(to: part)
    let adjusted = try answers.adjusted()
    let count = adjusted.count { $0 != nil }
    return zip(answers, adjusted).map { $0.sentence(adjusted: $1, of: count) }
  }

  /// How long the trainings took.
  private func times() throws -> String {
    let results = found.flatMap { part -> [ReproductionResult] in
      switch part {
      case .runs(let results, _): results.flatMap(\.results)
      case .search(_, let final): final?.results ?? []
      case .gradients: []
      }
    }
    let runs = Dictionary(results.map { ($0.run, $0) }, uniquingKeysWith: { first, _ in first })
      .values
    let total = try runs.reduce(0) {
      $0 + (try $1.number("train_seconds")) + (try $1.number("evaluation_seconds"))
    }
    return
      "\(countText(runs.count)) networks were trained in \(durationText(seconds: total)) of one "
      + "thread, their evaluations included; searches come on top."
  }

  func answers(to part: ReproducedPart) throws -> [PairedAnswer] {
    guard case .runs(let results, let questions) = part else { return [] }
    return try questions.compactMap { try PairedAnswer($0, among: results) }
  }

  private func blocks(
    of part: ReproducedPart, _ experiment: ReproductionPart, in document: ReproductionDocument
  ) throws -> [Report.Block] {
    let name = "\(document.name)-\(experiment.name)"
    switch part {
    case .runs(let results, _):
      return try runBlocks(results, name, title: experiment.title)
        + questionBlocks(answers(to: part), name) + commandBlocks(results, name)
    case .gradients(let checks): return gradientBlocks(checks, name)
    case .search(let results, let final):
      var command: [Report.Block] = []
      if case .search(let search) = experiment.kind {
        command = [.commands([search.command(data: data)])]
      }
      let last = try final.map {
        try runBlocks([$0], name + "-final", title: experiment.title)
          + commandBlocks([$0], name + "-final")
      }
      return searchBlocks(results, name, title: experiment.title) + command + (last ?? [])
    }
  }

  private func runBlocks(
    _ results: [ReproducedResults], _ name: String, title: String
  ) throws -> [Report.Block] {
    var table = ReportTable(
      name: name, title: title,
      caption: "Mean ± standard deviation over seeds; the interval of the mean is Student's.",
      columns: ReproducedResults.columns)
    for line in try results.flatMap({ try $0.lines(obstacle: obstacle) }) { table.add(line) }
    guard results.count <= Self.mostCurves else { return [.table(table)] }
    let groups = results.map {
      CurveGroup(name: $0.row.label, histories: $0.results.map(\.history))
    }
    let svg = comparedCurvesFigure(groups: groups, title: title)
    let caption =
      "Loss, cost and accuracy over update steps"
      + (reproduction.seeds > 1 ? "; lines are means over the seeds, bands their range." : ".")
    return [.table(table), .figure(ReportFigure(name: name, svg: svg, caption: caption))]
  }

  /// The documents are about CIFAR-10.
  var obstacle: String? {
    let name = reproduction.data.pair.training.name
    return name == NamedDataset.cifar10.rawValue ? nil : "ours learned from \(name)"
  }

  /// Beyond that, curves hide each other.
  private static let mostCurves = 8

  private func questionBlocks(_ answers: [PairedAnswer], _ name: String) throws -> [Report.Block] {
    guard !answers.isEmpty else { return [] }
    var table = ReportTable(
      name: name + "-questions", title: "Seed by seed",
      caption: "Both networks of a pair have the same seed; Holm's correction is over this table.",
      columns: PairedAnswer.columns)
    for (answer, adjusted) in zip(answers, try answers.adjusted()) {
      table.add(answer.cells(adjusted: adjusted))
    }
    return [.table(table)]
  }

  var data: String { reproduction.data.reference }

  private func commandBlocks(_ results: [ReproducedResults], _ name: String) -> [Report.Block] {
    let seeds = reproduction.seeds == 1 ? "1" : "1 to \(reproduction.seeds)"
    var table = ReportTable(
      name: name + "-commands", title: "The command of each row, with seeds \(seeds)",
      columns: [.init("network"), .init("command")])
    for result in results {
      table.add([result.row.label, result.row.changes.command(data: data) + " --seed N"])
    }
    return [.foldedTable(table)]
  }

  private func gradientBlocks(
    _ checks: [(ReproducedGradient, GradientCheckReport)], _ name: String
  ) -> [Report.Block] {
    var table = ReportTable(
      name: name, title: "Relative errors of the gradient",
      caption: "|a − g| / max(eps, |a| + |g|) of every parameter.",
      columns: [
        .init("network"), .init("parameter"), .init("mean", .right),
        .init("standard deviation", .right), .init("maximum", .right),
        .init("maximum in Float", .right), .init("published", .right),
      ],
      footnotes: [
        "Against central differences in Double; the last but one column holds the gradient that "
          + "training uses, in Float, against the reference's.",
        "A bias in front of batch normalization has the gradient 0, of which no relative error "
          + "can be taken.",
      ])
    for (check, report) in checks {
      report.lines(check).forEach { table.add($0) }
      table.add(report.verdict(check).map { ReportTable.Cell($0, isEmphasized: true) })
    }
    return [.table(table)]
      + checks.map { check, report in
        .figure(
          ReportFigure(
            name: name, svg: report.figure, caption: "\(check.label): relative errors."))
      }
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
        $0.map { fixedText(100 * $0, decimals: 2) } ?? "–"
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

extension GradientCheckReport {
  /// The largest error of any parameter; `nil` where nothing was compared.
  static func largest(of comparison: GradientComparison?) -> Double? {
    comparison?.tensors.compactMap(\.summary?.maximum).max()
  }

  /// A line for each tensor.
  fileprivate func lines(_ check: ReproducedGradient) -> [[String]] {
    differences.tensors.indices.map { index in
      let tensor = differences.tensors[index]
      let name = "\(tensor.kind.rawValue)\(tensor.layer + 1)"
      guard let summary = tensor.summary else { return [check.label, name, "gradient is zero"] }
      let deviation = (try? SampleSummary(tensor.errors))?.standardDeviation
      return [
        check.label, name, significantText(summary.mean),
        deviation.map { significantText($0) } ?? "–", significantText(summary.maximum),
        (production?.tensors[index].summary?.maximum).map { significantText($0) } ?? "–", "",
      ]
    }
  }

  /// The line that closes a check: the largest error, the published one, and the verdict.
  fileprivate func verdict(_ check: ReproducedGradient) -> [String] {
    let ours = Self.largest(of: differences)
    let published = check.published.map { number in
      "\(significantText(number)): ours is \((ours ?? .infinity) <= number ? "no larger" : "larger")"
    }
    return [
      check.label, passes ? "all: passed" : "all: failed", "", "",
      ours.map { significantText($0) } ?? "–",
      Self.largest(of: production).map { significantText($0) } ?? "–", published ?? "–",
    ]
  }
}
