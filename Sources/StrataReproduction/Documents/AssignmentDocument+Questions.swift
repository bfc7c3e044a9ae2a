import Strata
import StrataLab

// What the sheet asks, suspects or passes on, answered by experiments of ours.
extension AssignmentDocument {
  private static let byUs = "Chosen here to answer the sheet's question."

  // MARK: Does deeper help?

  /// One width for all hidden layers, so that there are as many weights as in the 3-layer network, within
  /// 1.1 %.
  private static let equalWidths = [
    2: 51, 3: 50, 4: 49, 5: 49, 6: 48, 7: 47, 8: 47, 9: 46,
  ]

  private static func deeperRow(_ depth: Int, _ base: SourcedSettings, _ suffix: String)
    -> ReproducedRow
  {
    let width = "\(equalWidths[depth] ?? 50)"
    let hidden = Array(repeating: width, count: depth - 1).joined(separator: ",")
    return ReproducedRow(
      "\(depth) layers of \(width)\(suffix)",
      SheetSettings.endOnly(
        base.unreported(.hidden, hidden, "As many weights as the 3-layer network, within 1.1 %.")))
  }

  private static let depths = Array(2...9)
  private static let suffix = ", batch normalization"

  private static func cosine(_ settings: SourcedSettings) -> SourcedSettings {
    SheetSettings.endOnly(
      settings.unreported(.schedule, "cosine", "A decay that does not return.")
        .unreported(.epochs, "20", "As long as two cycles."))
  }

  private static let cosineRow = ReproducedRow("3 layers, cosine decay", cosine(plain))
  private static let deepCosineRow = ReproducedRow(
    "9 layers, cosine decay", cosine(SheetSettings.nine(plain)))

  static let deeper = ReproductionPart(
    "deeper", "Does deeper help? 2 to 9 layers of equal size",
    "All networks have as many weights as the 3-layer one within 1.1 %, in layers of equal width.",
    .runs(
      depths.flatMap { [deeperRow($0, plain, ""), deeperRow($0, normalized, suffix)] }
        + [cosineRow, deepCosineRow],
      questions: [(plain, ""), (normalized, suffix)].flatMap { base, suffix in
        depths.filter { $0 != 3 }.map { depth in
          PairedQuestion(
            "Is another depth better than 3 layers:",
            "\(depth) layers \(suffix.isEmpty ? "without" : "with") batch normalization",
            row: deeperRow(depth, base, suffix).label, baseline: deeperRow(3, base, suffix).label)
        }
      })
  ).drawn(
    .sweep(
      SweepDrawing(
        axis: "layers", isLogarithmic: false,
        points: depths.flatMap { depth in
          [
            SweepDrawing.Point(
              label: deeperRow(depth, plain, "").label, role: .plain, value: Double(depth)),
            SweepDrawing.Point(
              label: deeperRow(depth, normalized, suffix).label, role: .normalized,
              value: Double(depth)),
          ]
        }))
  ).claiming([
    PublishedClaim(
      .difference, "without batch normalization a deeper network is harder to train",
      at(191, "Generally as a network becomes deeper it becomes harder to train"),
      .difference(
        .testAccuracy, of: deeperRow(9, plain, ""), from: deeperRow(3, plain, ""), .below(0))),
    PublishedClaim(
      .difference, "so it is with a more standard decay of the learning rate",
      at(191, "using a more standard decay of the learning rate"),
      .difference(.testAccuracy, of: deepCosineRow, from: cosineRow, .below(0))),
  ]).noting([
    SettingNote(
      "question", "2 to 9 layers", at(258, "Does making the network deeper improve performance?"))
  ])

  // MARK: Larger learning rates

  private static let rates = ["0.01", "0.03", "0.1", "0.3", "1"]

  private static func rateRow(_ rate: String, _ base: SourcedSettings, _ suffix: String)
    -> ReproducedRow
  {
    ReproducedRow(
      "η_max \(rate)\(suffix)",
      SheetSettings.endOnly(base.unreported(.etaMaximum, rate, byUs)))
  }

  private static func deepRateRow(_ rate: String) -> ReproducedRow {
    ReproducedRow(
      "9 layers, η_max \(rate)",
      SheetSettings.endOnly(SheetSettings.nine(plain).unreported(.etaMaximum, rate, byUs)))
  }

  static let learningRates = ReproductionPart(
    "learning-rates", "Does batch normalization tolerate larger learning rates?",
    "The 3-layer network at five η_max, without and with batch normalization; 9 layers at three.",
    .runs(
      rates.flatMap { [rateRow($0, plain, ""), rateRow($0, normalized, suffix)] }
        + ["0.03", "0.1", "0.3"].map(deepRateRow),
      questions: rates.map { rate in
        PairedQuestion(
          "Does batch normalization help", "at η_max \(rate)",
          row: rateRow(rate, normalized, suffix).label, baseline: rateRow(rate, plain, "").label)
      })
  ).drawn(
    .sweep(
      SweepDrawing(
        axis: "η_max", isLogarithmic: true,
        points: rates.flatMap { rate in
          [
            SweepDrawing.Point(
              label: rateRow(rate, plain, "").label, role: .plain, value: Double(rate) ?? 0),
            SweepDrawing.Point(
              label: rateRow(rate, normalized, suffix).label, role: .normalized,
              value: Double(rate) ?? 0),
          ]
        }))
  ).claiming([
    PublishedClaim(
      .difference, "in a deep network η_max has to be small: 0.3 is worse than 0.1 at 9 layers",
      at(32, "in the cyclic learning rate approach may be relatively small"),
      .difference(
        .testAccuracy, of: deepRateRow("0.3"), from: deepRateRow("0.1"), .below(0))),
    PublishedClaim(
      .difference, "with batch normalization a higher η_max can be used: 0.3 instead of 0.1",
      higher,
      .difference(
        .testAccuracy, of: rateRow("0.3", normalized, suffix),
        from: rateRow("0.1", normalized, suffix), .above(-0.01))),
    PublishedClaim(
      .difference, "without it that is worse", higher,
      .difference(
        .testAccuracy, of: rateRow("0.3", plain, ""), from: rateRow("0.1", plain, ""), .below(0))),
    PublishedClaim(
      .difference, "at η_max 1 batch normalization is better than none", higher,
      .difference(
        .testAccuracy, of: rateRow("1", normalized, suffix), from: rateRow("1", plain, ""),
        .above(0))),
  ])

  private static let higher = at(
    227, "higher learning rates can be used as opposed to when batch normalization is not used")

  // MARK: Shuffling

  private static func unshuffled(_ settings: SourcedSettings) -> SourcedSettings {
    settings.unreported(.shuffle, "false", byUs)
  }

  static let unshuffledRow = ReproducedRow(
    "3 layers, batch normalization, not shuffled", unshuffled(normalized))
  private static let unshuffledPlainRow = ReproducedRow(
    "3 layers, not shuffled", unshuffled(plain))

  static let shuffling = ReproductionPart(
    "shuffling", "Does shuffling matter?",
    "The 3-layer network with batches in file order, beside batches in a new order each epoch.",
    .runs(
      [threePlainRow.unpublished, unshuffledPlainRow, threeRow.unpublished, unshuffledRow],
      questions: [
        PairedQuestion(
          "Does shuffling help", "without batch normalization", row: "3 layers",
          baseline: unshuffledPlainRow.label),
        PairedQuestion(
          "Does shuffling help", "with batch normalization",
          row: "3 layers, batch normalization", baseline: unshuffledRow.label),
      ])
  ).drawn(
    .curves([
      CurveColumn(
        "without batch normalization",
        [.plain: threePlainRow.label, .other: unshuffledPlainRow.label]),
      CurveColumn(
        "with batch normalization", [.normalized: threeRow.label, .other: unshuffledRow.label]),
    ])
  ).claiming([
    PublishedClaim(
      .difference, "with batch normalization it is important to shuffle",
      at(223, "it seems to be important that you shuffle the order of your training samples"),
      .difference(.testAccuracy, of: threeRow, from: unshuffledRow, .above(0))),
    PublishedClaim(
      .difference, "shuffling is good for estimating the mean and standard deviation",
      at(223, "this is good for regularization and estimating the mean and standard deviation"),
      .untested("an explanation; nothing is measured of it")),
    PublishedClaim(
      .difference, "shuffling is good for regularization: training and validation differ less",
      at(223, "this is good for regularization and estimating the mean and standard deviation"),
      .difference(.accuracyGap, of: threeRow, from: unshuffledRow, .below(0))),
  ])
}
