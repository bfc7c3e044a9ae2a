import Strata
import StrataLab

// Items ii and iii: the loss with and without batch normalization.
extension HandedInReport {
  /// The network of item ii, as the figure of its experiment calls it.
  static let defaultTitle = "3 layers"
  /// The networks of item iii; the sheet's exercises 2 and 3 ask about the second.
  static let deepTitles = ["6 layers", "9 layers"]

  /// Item ii: the 3-layer network at the default setting.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func defaultNetwork() throws -> [Report.Block] {
    guard let experiment = experiment("depth"),
      let pair = pairs(of: experiment).first(where: { $0.title == Self.defaultTitle })
    else { return missing("depth") }
    let runs = [CurveRole.plain: pair.plain, .normalized: pair.normalized]
      .mapValues { $0.finished.map(\.history) }
    let panels = CurvePart.allCases.map { Panel("\($0.title) loss", $0, runs) }
    let sentences = try [HandedInMeasure.firstLoss, .finalLoss, .testAccuracy].map {
      try sentence($0, of: [pair], "at")
    }
    let figure = lossFigure(
      panels, "Loss of the 3-layer network",
      "The loss over update steps at the default setting: \(Self.settingText(pair.normalized.row))."
    )
    return [.paragraph(sentences.joined(separator: " "))] + figure
      + [.table(try endTable([pair.plain, pair.normalized], "The 3-layer network at the end"))]
  }

  /// Item iii: the 6-layer network, and the 9-layer network of the exercises.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func deepNetworks() throws -> [Report.Block] {
    guard let experiment = experiment("depth") else { return missing("depth") }
    let pairs = pairs(of: experiment)
    let deep = pairs.filter { Self.deepTitles.contains($0.title) }
    guard !deep.isEmpty else { return missing("depth") }
    var sentences = try [HandedInMeasure.finalLoss, .testAccuracy].map {
      try sentence($0, of: deep, "at")
    }
    if let shallow = pairs.first(where: { $0.title == Self.defaultTitle }),
      let deepest = deep.first(where: { $0.title == Self.deepTitles[1] })
    {
      sentences.append(try Self.sentence(onDepth: deepest, shallow))
    }
    let figure = lossFigure(
      deep.compactMap(panel), "Loss of the deeper networks",
      "The loss over update steps at the default setting, with hidden units: "
        + "\(Self.widthText(deep)).")
    let results = deep.flatMap { [$0.plain, $0.normalized] }
    return [.paragraph(sentences.joined(separator: " "))] + figure
      + [.table(try endTable(results, "The deeper networks at the end"))]
  }

  /// The training and validation loss of a pair; `nil` where all runs diverged.
  func panel(_ pair: Pair) -> Panel? {
    let runs = [(CurveRole.plain, pair.plain), (.normalized, pair.normalized)]
      .filter { !$0.1.finished.isEmpty }
      .map { PanelRuns($0.0, $0.1.finished.map(\.history)) }
    return runs.first.map { Panel(pair.title, $0, runs.dropFirst().first) }
  }

  /// What depth does to the test accuracy, without and with batch normalization.
  private static func sentence(onDepth deep: Pair, _ shallow: Pair) throws -> String {
    let cases = [
      ("without batch normalization", deep.plain, shallow.plain),
      ("with batch normalization", deep.normalized, shallow.normalized),
    ]
    let answers = try cases.map { place, deep, shallow in
      try PairedAnswer(
        PairedQuestion(
          "Does depth help", place, row: deep.row.label, baseline: shallow.row.label),
        row: deep, baseline: shallow)
    }.corrected()
    return answers.map { HandedInEffect($0) }
      .sentence("going from \(shallow.title) to \(deep.title)", .testAccuracy)
  }

  /// The settings that the networks of the items share, a phrase.
  static func settingText(_ row: ReproducedRow) -> String {
    func text(_ key: RecipeKey, _ phrase: (String) -> String) -> String? {
      row.settings[key].map(phrase)
    }
    let rates = text(.etaMinimum) { low in
      text(.etaMaximum) { "η from \(low) to \($0)" } ?? "η from \(low)"
    }
    return [
      text(.hidden) { "\($0) hidden units" }, text(.normalizationEpsilon) { "ε \($0)" },
      text(.statisticsDecay) { "α \($0)" }, text(.batchSize) { "batches of \($0)" }, rates,
      text(.lambda) { "λ \($0)" }, text(.cycles) { "\($0) cycles" },
      text(.stepSize) { "n_s \($0)" },
      text(.initialization) { "\(capitalized($0)) initialization" },
    ].compactMap(\.self).joined(separator: ", ")
  }

  /// The widths of the networks' hidden layers, a phrase.
  private static func widthText(_ pairs: [Pair]) -> String {
    listText(
      pairs.compactMap { pair in
        pair.plain.row.settings[.hidden].map { "\($0) in \(pair.title)" }
      })
  }
}
