import Strata
import StrataLab

/// A report on the bonus part of assignment 3 of 2022.
enum BonusReportOf2022 {
  static let document = ReproductionDocument(
    .bonus2022, title: "Bonus report (2022)",
    parts: [statistics, gradients, adam, deep, .choices("the bonus report", choices)])

  static func at(_ line: Int, _ words: String) -> Citation {
    SourceDocument.bonus2022.line(line, words)
  }

  // MARK: Settings

  /// The three-layer network of the mandatory part, which is another document: the sheet's exercise 3.
  private static let mandatory =
    SheetSettings.inNewOrder(SheetSettings.normalized)
    .unreported(
      .lambda, "0.005",
      "The mandatory part searches λ (line 223 of the sheet); its default, less beside it."
    )
    .unreported(
      .cycles, "3",
      "Exercise 3 (line 223 of the sheet) has two, and three at its end; “two cycles this time” hints at three."
    )
    .unreported(
      .validation, "500",
      "The sheet's 45,000 images are its author's; line 73 speaks of all the data. 5,000 beside it."
    )
    .unreported(.train, "49500", "All but the validation images.")
    .unreported(.stepSize, "2475", "Five epochs of those images, as in the sheet.")

  private static let baseline = ReproducedRow("running statistics", mandatory)
  private static let precise = ReproducedRow(
    "precise statistics of 10,000 images",
    SheetSettings.endOnly(
      mandatory.reported(
        .preciseStatistics, "10000", at(27, "we perform a forward pass on 10K samples"))),
    .test(54.8, decimals: 1, at(29, "the accuracy of 0.548")))
  private static let adaptive = ReproducedRow(
    "adaptive statistics of 1,000 test images, half of them mirrored",
    SheetSettings.endOnly(
      mandatory.reported(
        .adaptiveStatistics, "1000,flip",
        at(33, "we randomly selected 1K samples from the test data"))),
    .test(53.9, decimals: 1, at(33, "the accuracy of 0.539")))
  private static let after = ReproducedRow(
    "normalization after the ReLU",
    SheetSettings.endOnly(
      mandatory.reported(
        .batchNormalization, "after",
        at(37, "changing the order of batch normalization and non-linearity"))),
    .test(54.4, decimals: 1, at(37, "accuracy of the model was 0.544")))
  private static let almostTwo = at(29, "which is almost 2% better than the original model")

  private static let statistics = ReproductionPart(
    "statistics", "Precise and adaptive statistics, normalization after the ReLU",
    "Each is held against its own baseline from the same seed: the network with running statistics.",
    .runs(
      [baseline, precise, adaptive, after],
      questions: [precise, adaptive, after].map {
        PairedQuestion(
          "Is it better than running statistics:", $0.label, row: $0.label,
          baseline: baseline.label)
      })
  ).drawn(.gains).claiming([
    PublishedClaim(
      .difference, "precise statistics are better than running ones by almost 2 %",
      published: "almost 2 %", almostTwo,
      .difference(.testAccuracy, of: precise, from: baseline, .between(0.01, 0.02)),
      reason: "their difference is that of two single runs"),
    PublishedClaim(
      .difference, "the last batches dominate the moving averages",
      at(27, "highly affected by the last batches"),
      .untested("an explanation; the report measures nothing of it")),
    PublishedClaim(
      .accuracy, "the original model is almost 2 % below 54.8 %", published: "almost 2 % below",
      almostTwo, .number(.testAccuracy, of: baseline, .between(0.523, 0.538)),
      reason: "likeliest another length or other images; see the choices below"),
    PublishedClaim(
      .difference, "adaptive statistics make no great difference",
      at(33, "this difference is not that big to let us draw any conclusions"),
      .difference(.testAccuracy, of: adaptive, from: baseline, .between(-0.02, 0.02))),
    PublishedClaim(
      .difference, "normalization after the ReLU is slightly better",
      at(37, "slightly higher than the original but not significantly bigger"),
      .difference(.testAccuracy, of: after, from: baseline, .between(0, 0.02))),
  ])

  // MARK: Adam

  private static let adamSettings =
    mandatory
    .reported(.optimizer, "adam", at(69, "an ADAM optimizer was used"))
    .reported(.cycleDecay, "0.6", at(69, "we set it to 0.6"))
    .reported(.cycles, "2", at(69, "The network was trained for two cycles this time"))
    .unreported(
      [.etaMinimum: "1e-5", .etaMaximum: "1e-3"], "The usual rate of Adam; others beside it.")

  private static let adamRow = ReproducedRow(
    "Adam", adamSettings,
    .test(56.4, decimals: 1, at(69, "the performance of 0.564"), reason: notFound))

  private static let adam = ReproductionPart(
    "adam", "Adam with a decaying η_max",
    "The 3-layer network; η_max is multiplied by 0.6 after each cycle.",
    .runs([adamRow], questions: [])
  ).drawn(.curves([CurveColumn("Adam", [.normalized: adamRow.label])])).claiming(
    [precise, adaptive, after].map { other in
      PublishedClaim(
        .difference, "Adam is better than \(other.label)",
        published: "56.4 and \(other.published.map(\.text).joined())",
        at(69, "which is the highest accuracy so far"),
        .difference(.testAccuracy, of: adamRow, from: other, .above(0)))
    })

  // MARK: More hidden nodes

  private static let standard = at(73, "the default settings as in exercise 2")

  private static let tenLayers =
    SheetSettings.inNewOrder(SheetSettings.normalized)
    .reported(
      .hidden, "50,30,30,30,20,20,20,20,20",
      at(73, "hidden nodes as [50, 30, 30, 30, 20, 20, 20, 20, 20]")
    )
    .reported(.lambda, "0.005", standard).reported(.etaMaximum, "1e-1", standard)
    .reported(.cycles, "2", standard).reported(.stepSize, "2250", standard)
    .unreported(
      .batchNormalization, "before",
      "Exercise 2 has none, but the report is about batch normalization; none beside it."
    )
    .unreported(.initialization, "he", "Exercise 2 leaves Xavier or He; He, as in exercise 3.")
    .unreported(
      .train, "45000",
      "Two cycles of n_s 2250 are 20 epochs of 45,000 images; “all the data” may be more: 49,500 beside it."
    )
    .unreported(.validation, "5000", "What is left of the 50,000 images.")

  private static let tenRow = ReproducedRow(
    "10 layers, batch normalization", tenLayers,
    .validation(54.6, decimals: 1, at(73, "accuracy of 0.546 on validation data")),
    .test(55.1, decimals: 1, at(73, "accuracy of 0.551 on test data"), reason: notFound))
  private static let nineRow = ReproducedRow(
    "9 layers, batch normalization",
    tenLayers.unreported(.hidden, SheetSettings.nineLayers, "The sheet's 9 layers."))
  private static let threeRow = ReproducedRow(
    "3 layers, batch normalization",
    tenLayers.reported(.hidden, "50,50", at(29, "the three-layer network")))

  private static let wide = SheetSettings.endOnly(
    tenLayers.unreported(.hidden, "200,200", "More hidden nodes in few layers."))
  private static let wideRow = ReproducedRow("3 layers of 200", wide)
  private static let regularizedRow = ReproducedRow(
    "3 layers of 200, λ 0.01", wide.unreported(.lambda, "0.01", "More regularization."))

  private static let deep = ReproductionPart(
    "deep", "More hidden nodes: ten layers on all the data",
    "20 epochs, as exercise 2 has them; 3 and 9 layers beside it.",
    .runs(
      [tenRow, threeRow, nineRow, wideRow, regularizedRow],
      questions: [
        PairedQuestion(
          "Are more nodes better", "in 10 layers instead of 9", row: tenRow.label,
          baseline: nineRow.label)
      ])
  ).drawn(
    .curves([
      CurveColumn("3 layers", [.normalized: threeRow.label]),
      CurveColumn("9 layers", [.normalized: nineRow.label]),
      CurveColumn("10 layers", [.normalized: tenRow.label]),
    ])
  ).claiming([
    PublishedClaim(
      .difference, "the deep network is worse than the shallow one",
      at(73, "could not perform as well as the more shallow network"),
      .difference(.testAccuracy, of: nineRow, from: threeRow, .below(0))),
    PublishedClaim(
      .difference, "more hidden nodes overfit sooner: training and validation differ more",
      at(73, "we may encounter overfitting sooner"),
      .difference(.accuracyGap, of: wideRow, from: threeRow, .above(0))),
    PublishedClaim(
      .difference, "a more complex model requires more regularization: λ 0.01 for 200 units",
      at(73, "a more complex model may require more regularization"),
      .difference(.testAccuracy, of: regularizedRow, from: wideRow, .above(0))),
  ])

  private static let notFound =
    "likeliest something in its training that it does not mention, or the best of several runs"

  // MARK: Choices

  private static let choices = [
    VariedSetting("precise statistics", precise.settings, or: [.cycles: "2"]),
    VariedSetting(
      "precise statistics", precise.settings,
      or: [.validation: "5000", .train: "45000", .stepSize: "2250"]),
    VariedSetting("precise statistics", precise.settings, or: [.lambda: "0.002"]),
    VariedSetting("precise statistics", precise.settings, or: [.shuffle: "false"]),
    VariedSetting("Adam", adamSettings, or: [.etaMaximum: "3e-4"]),
    VariedSetting("Adam", adamSettings, or: [.etaMaximum: "3e-3"]),
    VariedSetting("Adam", adamSettings, or: [.etaMaximum: "3e-3", .lambda: "0.001"]),
    VariedSetting("10 layers", tenLayers, or: [.statisticsDecay: "0.5"]),
    VariedSetting("10 layers", tenLayers, or: [.batchNormalization: "none"]),
    VariedSetting(
      "10 layers", tenLayers, or: [.validation: "500", .train: "49500", .stepSize: "2475"]),
    VariedSetting("10 layers", tenLayers, or: [.initialization: "xavier"]),
  ]
}
