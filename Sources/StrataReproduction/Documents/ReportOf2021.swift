import Strata
import StrataLab

/// A report on assignment 3 of 2021.
enum ReportOf2021 {
  static let document = ReproductionDocument(
    .report2021, title: "Report on assignment 3 (2021)",
    parts: [
      gradients, overfit, depth, lambda, lambdaGrid, lambdaValues, final, sensitivity,
      .choices("the report of 2021", choices),
    ])

  static func at(_ line: Int, _ words: String) -> Citation {
    SourceDocument.report2021.line(line, words)
  }

  /// The default parameters of the second section, which later sections keep.
  static let plain =
    SheetSettings.inNewOrder(SheetSettings.plain)
    .reported(.hidden, "50,50", at(44, "3-layer network with hidden nodes [50, 50]"))
    .reported(.batchNormalization, "none", at(51, "without BN"))
    .reported(.train, "45000", at(39, "45000 data points were used for training"))
    .reported(.validation, "5000", at(39, "5000 data points for validation"))
    .reported(.batchSize, "100", at(39, "n\\_batch = 100"))
    .reported(.etaMinimum, "1e-5", at(39, "eta\\_min = 1e-5"))
    .reported(.etaMaximum, "1e-1", at(39, "eta\\_max = 1e-1"))
    .reported(.lambda, "0.005", at(39, "lambda = 0.005"))
    .reported(.stepSize, "2250", at(39, "n\\_s = 2250"))
    .reported(.cycles, "2", at(39, "Two cycles of training"))
    .reported(.initialization, "xavier", at(39, "Xavier initialization were applied"))

  /// The same with batch normalization.
  static let normalized =
    plain.and(SheetSettings.normalization)
    .reported(.statisticsDecay, "0.7", at(39, "alpha was set as 0.7"))

  private static func nine(_ settings: SourcedSettings) -> SourcedSettings {
    settings.reported(
      .hidden, SheetSettings.nineLayers,
      at(49, "9-layer network with hidden nodes [50, 30, 20, 20, 10, 10, 10, 10]"))
  }

  // MARK: 3 and 9 layers

  private static let threePlain = ReproducedRow(
    "3 layers", plain, .test(53.69, at(51, "53.69% without BN")))
  private static let three = ReproducedRow(
    "3 layers, batch normalization", normalized, .test(53.97, at(51, "53.97% with BN")))
  private static let ninePlain = ReproducedRow(
    "9 layers", nine(plain), .test(40.28, at(51, "the accuracy without BN 40.28%")))
  private static let nineLayers = ReproducedRow(
    "9 layers, batch normalization", nine(normalized), .test(51.73, at(51, "51.73% with BN")))

  private static let depth = ReproductionPart(
    "depth", "Figures 2 and 3: 3 and 9 layers",
    "Xavier initialization, without and with batch normalization.",
    .runs(
      [threePlain, three, ninePlain, nineLayers],
      questions: [3, 9].map { depth in
        PairedQuestion(
          "Does batch normalization help", "at \(depth) layers with Xavier initialization",
          row: "\(depth) layers, batch normalization", baseline: "\(depth) layers")
      })
  ).drawn(
    .curves(
      [3, 9].map { .pair("\($0) layers", "\($0) layers") }, showing: [.cost, .accuracy])
  ).claiming([
    PublishedClaim(
      .difference, "batch normalization alleviates the internal covariate shift",
      at(51, "BN alleviates the Internal Covariate Shift problem"),
      .untested("an explanation; the report measures nothing of it")),
    PublishedClaim(
      .difference, "at 3 layers batch normalization brings no great improvement",
      published: "53.69 and 53.97", at(51, "which doesn't show much improvement"),
      .difference(.testAccuracy, of: three, from: threePlain, .between(-0.01, 0.01))),
    PublishedClaim(
      .difference, "at 9 layers batch normalization raises the accuracy",
      published: "40.28 and 51.73", at(51, "can be raised to 51.73% with BN"),
      .difference(.testAccuracy, of: nineLayers, from: ninePlain, .above(0))),
    PublishedClaim(
      .curve, "batch normalization accelerates the convergence, 3 layers",
      at(51, "the direct effect of BN is to accelerate the convergence of the network"),
      .difference(.loss(afterEpoch: 1), of: three, from: threePlain, .below(0))),
    PublishedClaim(
      .curve, "batch normalization accelerates the convergence, 9 layers",
      at(51, "the direct effect of BN is to accelerate the convergence of the network"),
      .difference(.loss(afterEpoch: 1), of: nineLayers, from: ninePlain, .below(0))),
  ])

  // MARK: Sensitivity

  private static let deviations = [
    ("1e-1", at(86, "sig = 1e-1")), ("1e-3", at(91, "sig = 1e-3")), ("1e-4", at(96, "sig = 1e-4")),
  ]
  private static let kept = at(
    81, "Use best searched lambda and other parameter settings in the second section")

  /// The settings of the second section with the best λ.
  private static func withBestLambda(_ settings: SourcedSettings) -> SourcedSettings {
    settings.reported(.lambda, "0.003221", kept).reported(.stepSize, "2250", kept).reported(
      .cycles, "2", kept)
  }

  private static func sensitive(_ index: Int, _ isNormalized: Bool) -> ReproducedRow {
    SensitivityStudy.row(
      deviations[index], withBestLambda(isNormalized ? normalized : plain),
      isNormalized: isNormalized)
  }

  private static let sensitivity = SensitivityStudy.part(
    title: "Table 5 and figures 4 to 6: sensitivity to the initialization",
    "One σ for the first weights of all layers, with the best λ of the search.",
    plain: withBestLambda(plain), normalized: withBestLambda(normalized), deviations: deviations,
    showing: [.cost, .accuracy],
    published: [
      (
        .test(53.11, at(99, "53.11%")),
        .test(
          52.69, at(99, "52.69%"),
          reason: "likeliest chance: its settings are those of the other numbers of this table")
      ),
      (.test(52.11, at(100, "52.11%")), .test(52.87, at(100, "52.87%"))),
      (.test(10.00, at(101, "10.00%")), .test(53.75, at(101, "53.75%"))),
    ]
  ).claiming([
    PublishedClaim(
      .difference, "with σ 1e-1 batch normalization makes little difference",
      published: "53.11 and 52.69", at(105, "whether use BN or not makes little difference"),
      .difference(
        .testAccuracy, of: sensitive(0, true), from: sensitive(0, false), .between(-0.01, 0.01))),
    PublishedClaim(
      .curve, "with σ 1e-1 batch normalization makes little difference to the descent",
      at(105, "makes little difference to the gradient descent"),
      .difference(
        .finalLoss, of: sensitive(0, true), from: sensitive(0, false), .between(-0.1, 0.1))),
    PublishedClaim(
      .gradient, "with weights very close to 0 the gradients are 0",
      at(105, "the computation results of gradients will be 0"),
      .gradientRatio(smallCheck, .standardDeviation(of: "W1"), to: heCheck, .below(1e-3))),
    PublishedClaim(
      .curve, "with σ 1e-3 and no batch normalization the cost is constant in the first six epochs",
      at(105, "remains constant in the first six epochs"),
      .number(.departure(inEpochs: 6), of: sensitive(1, false), .below(0.01))),
    PublishedClaim(
      .curve, "with σ 1e-4 and no batch normalization nothing is learned",
      at(105, "the weight parameters are failed to update"),
      .number(.departure(inEpochs: 20), of: sensitive(2, false), .below(0.01))),
    PublishedClaim(
      .curve, "with σ 1e-3 and no batch normalization something is learned later",
      at(105, "remains constant in the first six epochs"),
      .number(.departure(inEpochs: 20), of: sensitive(1, false), .above(0.1))),
    PublishedClaim(
      .curve, "with batch normalization σ has no effect: σ 1e-3 ends with the loss of σ 1e-1",
      at(107, "the effect of the weight parameters' scale will be eliminated"),
      .difference(
        .finalLoss, of: sensitive(1, true), from: sensitive(0, true), .between(-0.05, 0.05))),
    PublishedClaim(
      .curve, "with batch normalization σ has no effect: σ 1e-4 ends with the loss of σ 1e-1",
      at(107, "the effect of the weight parameters' scale will be eliminated"),
      .difference(
        .finalLoss, of: sensitive(2, true), from: sensitive(0, true), .between(-0.05, 0.05))),
    PublishedClaim(
      .curve, "with batch normalization there are no such problems, σ 1e-3",
      at(105, "there are no such problems for the network with BN"),
      .number(.departure(inEpochs: 6), of: sensitive(1, true), .above(0.1))),
    PublishedClaim(
      .curve, "with batch normalization there are no such problems, σ 1e-4",
      at(105, "there are no such problems for the network with BN"),
      .number(.departure(inEpochs: 6), of: sensitive(2, true), .above(0.1))),
  ])

  // MARK: Choices

  private static let choices = [
    overfitting([.lambda: "0"]), overfitting([.initialization: "xavier"]),
    VariedSetting("3 layers, batch normalization", normalized, or: [.shuffle: "false"]),
  ]

  private static func overfitting(_ varied: RecipeChanges) -> VariedSetting {
    VariedSetting("100 images", hundredImages, or: varied, measure: .training)
  }
}
