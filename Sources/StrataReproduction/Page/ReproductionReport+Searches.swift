import Strata
import StrataLab

extension ReproductionReport {
  /// The finalists of a search beside the network without it, the best trials, and the figure.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func searchBlocks(
    _ results: SearchResults, _ baseline: ReproducedResults?, _ name: String, title: String
  ) throws -> [Report.Block] {
    let keys = results.plan.space.dimensions.map(\.key)
    let trials = results.trials.filter { $0.stage != .final }
    var table = ReportTable(
      name: name, title: "Best trials of “\(title)”",
      caption: "The best of \(trials.count) trials by validation accuracy, one seed each.",
      columns: [.init("rank", .right), .init("stage")] + keys.map { .init($0.rawValue, .right) }
        + [.init("validation, %", .right), .init("test, %", .right)],
      footnotes: (results.fine.map { [$0.reason] } ?? []) + results.edgeLines)
    for (index, trial) in trials.prefix(Self.shownTrials).enumerated() {
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
          name: name + "-trials", svg: $0, caption: "Validation accuracy of every trial."))
    }
    return try (baseline.map { [.table(try finalists(results, $0, name, title))] } ?? [])
      + [.table(table)] + (figure.map { [$0] } ?? [])
  }

  private func finalists(
    _ results: SearchResults, _ baseline: ReproducedResults, _ name: String, _ title: String
  ) throws -> ReportTable {
    var table = ReportTable(
      name: name + "-finalists", title: "Finalists of “\(title)”",
      caption:
        "Trained at the length of the final run, ranked by mean validation accuracy; the interval "
        + "of the mean is Student's.",
      columns: [
        .init("settings"), .init("validation, %", .right), .init("95 % interval", .right),
        .init("test, %", .right), .init("95 % interval", .right), .init("rank"),
      ])
    func cells(_ summary: SampleSummary?) -> [String] {
      [
        summary.map(meanText) ?? "–",
        summary?.confidenceInterval().map { intervalText($0) } ?? "–",
      ]
    }
    for (index, finalist) in results.finalists.enumerated() {
      let standing =
        finalist.validation == nil
        ? "not finished: \(finalist.reason)"
        : index == 0
          ? "1" : "\(index + 1)" + (finalist.isTied.map { $0 ? ", tied" : ", worse" } ?? "")
      table.add(
        [results.text(of: finalist)] + cells(finalist.validation) + cells(finalist.test)
          + [standing])
    }
    table.add(
      [baseline.row.label] + cells(try baseline.summary(.validation))
        + cells(try baseline.summary(.test)) + ["–"])
    return table
  }

  private static let shownTrials = 10
}

extension SearchResults {
  /// What the search varied in a finalist, for a person.
  func text(of finalist: Finalist) -> String {
    let keys = plan.space.dimensions.map(\.key)
    return finalist.values.filter { keys.contains($0.key) }.phrase
  }
}
