import Strata
import StrataLab

extension HandedInReport {
  /// A pair of networks that differ in batch normalization alone.
  struct Pair {
    /// What is the same: `3 layers`.
    let title: String
    /// Without batch normalization.
    let plain: ReproducedResults
    /// With it.
    let normalized: ReproducedResults
  }

  /// The pairs of an experiment, as its figure has them.
  func pairs(of experiment: ReproductionReport.Experiment) -> [Pair] {
    guard case .curves(let columns, _) = experiment.part.drawing else { return [] }
    return columns.compactMap { column in
      let found = [CurveRole.plain, .normalized].map { role in
        column.labels[role].flatMap(experiment.found.results.labelled)
      }
      guard let plain = found[0], let normalized = found[1] else { return nil }
      return Pair(title: column.title, plain: plain, normalized: normalized)
    }
  }

  /// What batch normalization does to a measure of each pair, with Holm's correction over them.
  ///
  /// - Parameter preposition: What stands before the titles of the pairs.
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func sentence(
    _ measure: HandedInMeasure, of pairs: [Pair], _ preposition: String
  ) throws -> String {
    let answers = try pairs.map { pair in
      try PairedAnswer(
        PairedQuestion(
          "Does batch normalization help", "\(preposition) \(pair.title)",
          row: pair.normalized.row.label, baseline: pair.plain.row.label),
        row: pair.normalized, baseline: pair.plain, statistic: measure.statistic)
    }.corrected()
    return answers.map { HandedInEffect($0) }.sentence("batch normalization", measure)
  }

  /// Losses and accuracies at the end.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func endTable(_ results: [ReproducedResults], _ title: String) throws -> ReportTable {
    var table = ReportTable(
      name: "end", title: title,
      columns: [
        .init("network"), .init("training loss", .right), .init("validation loss", .right),
        .init("test accuracy, %", .right),
      ])
    let measures: [HandedInMeasure] = [.finalLoss, .finalValidationLoss, .testAccuracy]
    for result in results {
      table.add([result.row.label] + (try measures.map { try result.cell($0.statistic) }))
    }
    return table
  }

  /// The loss of networks over update steps.
  func lossFigure(_ panels: [Panel], _ title: String, _ caption: String) -> [Report.Block] {
    guard !panels.isEmpty else { return [] }
    let svg = PanelFigure(title: title, quantities: [.loss], panels: panels).svg
    return [.figure(ReportFigure(name: "loss", svg: svg, caption: caption))]
  }
}

extension ReproducedResults {
  /// The mean of a number with its 95 % interval, `53.52 (52.88 to 54.16)`, and what diverged.
  ///
  /// - Throws: `DataError` when the summary of a run lacks it.
  func cell(_ statistic: RunStatistic) throws -> String {
    let failed = diverged.map { "seed \($0.run.seed) \($0.divergence.text)" }
    let values = try finished.map(statistic.value)
    guard !values.isEmpty else { return failed.joined(separator: "; ") }
    guard values.allSatisfy(\.isFinite) else { return "not finite" }
    let text = try SampleSummary(values).text(statistic.form)
    return ([text] + failed).joined(separator: "; ")
  }
}

extension SampleSummary {
  /// The mean and, of several numbers, its 95 % interval: `53.52 (52.88 to 54.16)`.
  func text(_ form: RunStatistic.Form) -> String {
    guard let interval = confidenceInterval() else { return form.text(mean) }
    let ends =
      switch form {
      case .percent: intervalText(interval)
      case .plain: "\(form.text(interval.lower)) to \(form.text(interval.upper))"
      }
    return "\(form.text(mean)) (\(ends))"
  }

  /// The mean of accuracies in a sentence: `53.52 % (95 % interval 52.88 to 54.16)`.
  var accuracySentence: String {
    let interval = confidenceInterval().map { " (95 % interval \(intervalText($0)))" } ?? ""
    return "\(accuracyText(mean)) %\(interval)"
  }

  /// The mean of accuracies inside brackets: `53.52 %, 95 % interval 52.88 to 54.16`.
  var accuracyAside: String {
    let interval = confidenceInterval().map { ", 95 % interval \(intervalText($0))" } ?? ""
    return "\(accuracyText(mean)) %\(interval)"
  }
}
