import Strata
import StrataLab

// Networks of several depths, and of several first weights.
extension AssignmentDocument {
  private static let sixWidths =
    "The sheet names no widths; 50 everywhere, as in the 3-layer network."
  static let sixPlain = plain.unreported(.hidden, "50,50,50,50,50", sixWidths)
  static let sixNormalized = normalized.unreported(.hidden, "50,50,50,50,50", sixWidths)

  static let threePlainRow = ReproducedRow(
    "3 layers", plain, .test(52, decimals: 0, at(189, "$\\sim 52\\%$")))
  static let threeRow = ReproducedRow(
    "3 layers, batch normalization", normalized,
    .test(53.5, decimals: 1, at(223, "$\\sim 53.5\\%$")))
  static let ninePlainRow = ReproducedRow("9 layers", SheetSettings.nine(plain))
  static let nineRow = ReproducedRow(
    "9 layers, batch normalization", SheetSettings.nine(normalized))

  static let depth = ReproductionPart(
    "depth", "Networks of 2, 3, 6 and 9 layers, without and with batch normalization",
    "The sheet's default settings; its two accuracies are rough ones.",
    .runs(
      [
        ReproducedRow(
          "2 layers",
          plain.reported(
            .hidden, "50", at(189, "a 2-layer network with 50 nodes in the hidden layer"))),
        ReproducedRow(
          "2 layers, batch normalization",
          normalized.reported(
            .hidden, "50", at(189, "a 2-layer network with 50 nodes in the hidden layer"))),
        threePlainRow, threeRow, ReproducedRow("6 layers", sixPlain),
        ReproducedRow("6 layers, batch normalization", sixNormalized), ninePlainRow, nineRow,
      ],
      questions: [2, 3, 6, 9].map { depth in
        PairedQuestion(
          "Does batch normalization help", "at \(depth) layers",
          row: "\(depth) layers, batch normalization", baseline: "\(depth) layers")
      })
  ).drawn(.curves([2, 3, 6, 9].map { .pair("\($0) layers", "\($0) layers") }))
    .claiming([
      PublishedClaim(
        .difference, "without batch normalization, 9 layers are worse than 3",
        at(191, "For the deeper network its performance dropped by quite a bit"),
        .difference(.testAccuracy, of: ninePlainRow, from: threePlainRow, .below(0))),
      PublishedClaim(
        .difference, "with batch normalization, 9 layers are better than without",
        at(225, "Hopefully this result will convince you"),
        .difference(.testAccuracy, of: nineRow, from: ninePlainRow, .above(0))),
      PublishedClaim(
        .curve, "biases in front of batch normalization stay zero in training",
        at(163, "estimated as effectively zero vectors when you train"),
        .number(.largestBias, of: threeRow, .between(-1e-6, 1e-6))),
      PublishedClaim(
        .curve, "batch normalization makes training more stable",
        at(227, "training becomes more stable"),
        .difference(.rise(), of: threeRow, from: threePlainRow, .below(0))),
      PublishedClaim(
        .difference,
        "batch normalization is a form of regularization: training and validation differ less",
        at(227, "it acts as a form of regularization"),
        .difference(.accuracyGap, of: threeRow, from: threePlainRow, .below(0))),
      PublishedClaim(
        .arithmetic, "9 layers have as many weights as 3",
        at(189, "This network has the same number of weight parameters as the earlier network"),
        .arithmetic(
          156_700.0 / 156_600, of: "weights of 9 layers divided by those of 3",
          .between(0.99, 1.01))),
      PublishedClaim(
        .accuracy, "best fully connected network on CIFAR-10", published: "78 %",
        at(253, "the best performance of a fully connected network on CIFAR-10 is 78%"),
        .untested("a network of another kind (Lin et al. 2015), with layers trained in advance")),
    ])

  static let sensitivity = SensitivityStudy.part(
    title: "Sensitivity to the initialization: σ 1e-1, 1e-3 and 1e-4",
    "The first weights of all layers are drawn with one σ; 3 layers, two cycles.",
    plain: initialized(plain, line: 227), normalized: initialized(normalized, line: 227),
    deviations: [
      ("1e-1", at(233, "`sig=1e-1`")), ("1e-3", at(233, "`1e-3` and")),
      ("1e-4", at(233, "and `1e-4` respectively")),
    ]
  ).claiming([
    PublishedClaim(
      .difference,
      "a proper initialization is key: σ 1e-4 is worse than He, without batch normalization",
      at(32, "A proper initialization of the weights is key"),
      .difference(
        .testAccuracy,
        of: SensitivityStudy.row(
          ("1e-4", at(233, "and `1e-4` respectively")), initialized(plain, line: 227),
          isNormalized: false), from: threePlainRow, .below(0)))
  ])

  /// The settings that the study repeats.
  private static func initialized(_ settings: SourcedSettings, line: Int) -> SourcedSettings {
    settings
      .reported(.hidden, "50,50", at(line, "3-layer network with 50 nodes at each hidden layer"))
      .reported(.etaMinimum, "1e-5", at(line, "`eta_min = 1e-5`"))
      .reported(.etaMaximum, "1e-1", at(line, "`eta_max = 1e-1`"))
      .reported(.lambda, "0.005", at(line, "`lambda=.005`"))
      .reported(.cycles, "2", at(line, "two cycles of training"))
      .reported(.stepSize, "2250", at(231, "$5 * 45,000 / \\text{n\\_batch}$"))
  }
}
