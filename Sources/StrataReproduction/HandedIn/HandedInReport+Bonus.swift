import Strata
import StrataLab

// The bonus: which improvements were made, what each brings, and the best network.
extension HandedInReport {
  /// The sentences, the figure and the table.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func bonus() throws -> [Report.Block] {
    let improvements = try improvements()
    guard !improvements.isEmpty else { return [.paragraph("No improvement was tried.")] }
    let answers = improvements.map(\.answer)
    let gains = source.gains(of: answers)
    let sentences = try [
      Self.gainSentence(gains), Self.harmSentence(gains), Self.failureSentence(answers),
      bestSentence(),
    ].compactMap(\.self)
    let start: [Report.Block] = [.paragraph(sentences.joined(separator: " "))]
    return gains.isEmpty
      ? start
      : start + [.figure(Self.gainFigure(gains)), .table(Self.gainTable(gains, improvements))]
  }

  /// The greatest gains as dots.
  static func gainFigure(_ gains: [Gain]) -> ReportFigure {
    let shown = gains.prefix(mostDots)
    let dots = shown.map { gain in
      let label = fitted(gain.label, width: 222, size: FigureStyle.labelSize)
      return Dot(label, .normalized, 100 * gain.mean, gain.interval.map(\.inPercent))
    }
    let isWhole = shown.count == gains.count
    let svg = dotFigure(
      title: isWhole ? "Gain of each improvement" : "The \(shown.count) greatest gains", rows: dots,
      axis: "gain in test accuracy, percentage points", reference: 0)
    let what =
      isWhole
      ? "The gain of each improvement over its baseline"
      : "The \(shown.count) greatest gains of improvements over their baselines"
    return ReportFigure(
      name: "gains", svg: svg, caption: "\(what) in the table, paired by seed.")
  }

  /// Further gains are in the table only, so that the figure leaves space on its sheet.
  private static let mostDots = 10

  /// An improvement that was tried.
  struct Improvement {
    /// What it brings; the p-value is corrected over all improvements.
    let answer: PairedAnswer
    /// What it is compared with.
    let baseline: String
  }

  /// Every improvement of the assignment's experiments, with Holm's correction over all of them.
  func improvements() throws -> [Improvement] {
    let found = source.experiments.filter { $0.document.name == Self.document }
      .flatMap { experiment in
        experiment.answers.filter { $0.question.improvement != nil }.map { answer in
          let row = experiment.found.results.labelled(answer.question.baseline)?.row
          return Improvement(answer: answer, baseline: row.map(Self.baselineText) ?? "")
        }
      }
    return zip(try found.map(\.answer).corrected(), found).map {
      Improvement(answer: $0, baseline: $1.baseline)
    }
  }

  /// `50,50 units, 2 cycles, n_s 2250`.
  private static func baselineText(_ row: ReproducedRow) -> String {
    [
      row.settings[.hidden].map { "\($0) units" }, row.settings[.cycles].map { "\($0) cycles" },
      row.settings[.stepSize].map { "n_s \($0)" },
    ].compactMap(\.self).joined(separator: ", ")
  }

  /// Which improvements bring a gain, the largest first.
  static func gainSentence(_ gains: [Gain]) -> String? {
    guard let first = gains.first else { return nil }
    let count = "\(gains.count) improvement\(gains.count == 1 ? "" : "s")"
    func text(_ gain: Gain) -> String {
      let interval = gain.interval.map { ", 95 % interval \(pointsText($0))" } ?? ""
      return "“\(gain.label)” (\(pointsText(gain.mean)) percentage points\(interval))"
    }
    guard first.interval != nil else {
      return
        "Of \(count), the largest difference is that of \(text(first)); one seed proves nothing."
    }
    let sure = gains.filter { $0.answer.isSignificant && $0.mean > 0 }
    guard !sure.isEmpty else {
      return
        "None of \(count) brings a significant gain; the largest mean is that of \(text(first))."
    }
    let shown = sure.prefix(3).map(text)
    let which = sure.count > shown.count ? ", the largest of them" : ""
    return
      "\(sure.count) of \(gains.count) improvements bring\(sure.count == 1 ? "s" : "") "
      + "a significant gain\(which): \(listText(shown))."
  }

  /// Which improvements harm; `nil` where none is known to.
  static func harmSentence(_ gains: [Gain]) -> String? {
    let harmful = gains.filter { $0.answer.isSignificant && $0.mean < 0 }
    guard !harmful.isEmpty else { return nil }
    let names = listText(harmful.map { "“\($0.label)”" })
    return
      "\(harmful.count == 1 ? "One lowers" : "\(harmful.count) lower") the test accuracy: \(names)."
  }

  /// Of which improvements the gain is not known; `nil` for none.
  static func failureSentence(_ answers: [PairedAnswer]) -> String? {
    let failures = answers.compactMap { answer -> String? in
      guard case .failure(let obstacle) = answer.difference else { return nil }
      return "“\(answer.question.improvement ?? answer.question.row)”, since \(obstacle.text)"
    }
    return failures.isEmpty ? nil : "The gain is not known of \(listText(failures))."
  }

  /// The gains with what they are compared with.
  private static func gainTable(_ gains: [Gain], _ improvements: [Improvement]) -> ReportTable {
    var table = ReportTable(
      name: "gains", title: "Gains in test accuracy, the greatest first",
      columns: [
        .init("improvement"), .init("over the network of"),
        .init("gain, points (95 % interval)", .right), .init("p after Holm", .right),
      ])
    for gain in gains {
      let baseline = improvements.first {
        $0.answer.question.text == gain.answer.question.text
          && $0.answer.question.row == gain.answer.question.row
      }?.baseline
      let interval = gain.interval.map { " (\(pointsText($0)))" } ?? " (one seed)"
      table.add([
        gain.label, baseline ?? "", pointsText(gain.mean) + interval,
        gain.answer.adjusted.map(pValueText) ?? "none",
      ])
    }
    return table
  }
}
