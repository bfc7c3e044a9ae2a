import Strata
import StrataLab

/// A report on assignments 2 and 3 of 2022.
enum ReportOf2022 {
  static let document = ReproductionDocument(
    .report2022, title: "Report of 2022, headed “assignment 2”",
    parts: [
      gradients, depth, lambda, lambdaValues, sensitivity,
      .choices("the report of 2022", choices),
    ])

  static func at(_ line: Int, _ words: String) -> Citation {
    SourceDocument.report2022.line(line, words)
  }

  // MARK: Settings

  /// What the sections on 3 layers say.
  private static let plain =
    SheetSettings.inNewOrder(SheetSettings.plain)
    .reported(.hidden, "50,50", at(33, "length of the hidden layers: [50, 50]"))
    .reported(.batchNormalization, "none", at(31, "Without batch normalization"))
    .reported(.etaMinimum, "1e-5", at(33, "\\eta_{min} = 10^{-5}"))
    .reported(.etaMaximum, "1e-1", at(33, "\\eta_{max} = 10^{-1}"))
    .reported(.lambda, "0.005", at(33, "\\lambda = 0.005"))
    .reported(.batchSize, "100", at(33, "n_{batch} = 100"))
    .reported(.stepSize, "2250", at(33, "n_s = 5*45000/n_{batch}"))
    .reported(.cycles, "2", at(33, "two training cycles"))
    .unreported(
      .train, "45000", "n_s = 5*45000/n_{batch} (line 33) is five epochs of 45,000 images."
    )
    .reported(.initialization, "he", at(117, "Instead of using He initialization"))

  private static let normalized =
    plain.and(SheetSettings.normalization)
    .reported(.hidden, "50,50", at(47, "length of the hidden layers: [50, 50]"))
    .reported(.etaMinimum, "1e-5", at(47, "\\eta_{min}=10^{-5}"))
    .reported(.etaMaximum, "1e-1", at(47, "\\eta_{max}=10^{-1}"))
    .reported(.batchSize, "100", at(47, "n_{batch}=100"))
    .reported(.lambda, "0.005", at(47, "\\lambda=0.005"))
    .reported(.stepSize, "2250", at(47, "n_s=5*45000/n_{batch}"))
    .reported(.cycles, "2", at(47, "two training cycles"))

  private static func nine(_ settings: SourcedSettings, line: Int) -> SourcedSettings {
    settings
      .reported(.hidden, SheetSettings.nineLayers, at(line, "[50, 30, 20, 20, 10, 10, 10, 10]"))
      .reported(.initialization, "he", at(line, "He Initialization"))
      .reported(.cycles, "2", at(line, "two training cycles"))
  }

  // MARK: 3 and 9 layers

  private static let inFileOrder =
    "likeliest batches in file order, of which nothing is said"

  private static let threePlain = ReproducedRow(
    "3 layers", plain, .test(52.09, at(33, "52.09%")))
  private static let three = ReproducedRow(
    "3 layers, batch normalization", normalized,
    .test(52.13, at(47, "52.13%"), reason: inFileOrder))
  private static let ninePlain = ReproducedRow(
    "9 layers", nine(plain, line: 63), .test(47.57, at(63, "47.57%")))
  private static let nineLayers = ReproducedRow(
    "9 layers, batch normalization", nine(normalized, line: 77), .test(51.44, at(77, "51.44%")))

  private static let depth = ReproductionPart(
    "depth", "Figures 1 to 4: 3 and 9 layers with He initialization",
    "The sheet's default settings, without and with batch normalization.",
    .runs([threePlain, three, ninePlain, nineLayers], questions: [])
  ).drawn(.curves([3, 9].map { .pair("\($0) layers", "\($0) layers") })).claiming([
    PublishedClaim(
      .difference, "at 9 layers batch normalization is an advantage", published: "47.57 and 51.44",
      at(90, "the test accuracy is about 47.57% without batch normalization"),
      .difference(.testAccuracy, of: nineLayers, from: ninePlain, .above(0))),
    PublishedClaim(
      .difference, "at 3 layers the accuracies are very similar", published: "52.09 and 52.13",
      at(90, "the performance are very similar"),
      .difference(.testAccuracy, of: three, from: threePlain, .between(-0.01, 0.01))),
  ])

  // MARK: Search for λ

  private static let searched =
    normalized
    .reported(.hidden, "50,50", at(94, "2 hidden layers network [50,50]"))
    .reported(.stepSize, "2250", at(94, "n_s=5*45000/n_batch"))
    .reported(.cycles, "2", at(94, "n_{cycles}=2"))
    .reported(.batchSize, "100", at(94, "n_{batch}=100"))
    .reported(.etaMinimum, "1e-5", at(94, "\\eta_{min}=10^{-5}"))
    .reported(.etaMaximum, "1e-1", at(94, "\\eta_{max}=10^{-1}"))
    .reported(
      .batchNormalization, "before",
      SourceDocument.assignment.line(246, "3-layer network trained with batch normalization"))

  private static let lambda = ReproductionPart(
    "lambda", "Coarse and fine search for λ at full length",
    "Two cycles with n_s 2250 a trial: the search of the assignment, whose trials it shares.",
    .search(
      ReproducedSearch(
        base: searched, over: ["lambda=log:1e-5..1e-1"], trials: 20, fineTrials: 10,
        final: searched.reported(
          .cycles, "3", SourceDocument.assignment.line(223, "train a network for 3 cycles")),
        finalists: 5))
  ).noting([
    SettingNote(
      "range of λ", "1e-5 to 1e-1", at(98, "uniform log-scale from  $10^{-1}$  to  $10^{-5}$")),
    SettingNote("fine range", "around the best", at(105, "a narrower range around the values")),
    SettingNote(
      "trials", "20 and 10", unreported: "“Several values”; those of the report of 2021."),
    SettingNote(
      "values", "at random", unreported: "“On a uniform log-scale”; as the other reports draw them."
    ),
  ]).claiming([
    PublishedClaim(
      .search, "best accuracy of the coarse search", published: "52.96 %", at(101, "52.96%"),
      .search(part: "lambda", .highest(.coarse), .between(0.5196, 0.5396))),
    PublishedClaim(
      .search, "best λ of the coarse search", published: "0.0019", at(100, "0.0019"),
      .search(part: "lambda", .best(.lambda, in: .coarse), .near(0.0019))),
    PublishedClaim(
      .search, "best accuracy of the fine search", published: "53.80 %", at(108, "53.80%"),
      .search(part: "lambda", .highest(.fine), .between(0.528, 0.548))),
    PublishedClaim(
      .search, "best λ of the fine search", published: "0.0035", at(107, "0.0035"),
      .search(part: "lambda", .best(.lambda, in: .fine), .near(0.0035))),
  ])

  private static let found:
    [(lambda: String, accuracy: Double, value: Citation, number: Citation)] = [
      ("0.0019", 52.96, at(100, "0.0019"), at(101, "52.96%")),
      ("0.0072", 52.86, at(100, "0.0072"), at(101, "52.86%")),
      ("0.0001", 52.12, at(100, "0.0001"), at(101, "52.12%")),
      ("0.0035", 53.80, at(107, "0.0035"), at(108, "53.80%")),
      ("0.0036", 53.66, at(107, "0.0036"), at(108, "53.66%")),
      ("0.0086", 53.48, at(107, "0.0086"), at(108, "53.48%")),
    ]
  private static let best =
    searched
    .reported(.lambda, "0.0035", at(110, "\\lambda_{best} = 0.0035"))
    .unreported(
      .cycles, "2", "Those of the search; the sheet's exercise 3 has three after it, line 223.")

  private static let lambdaValues = ReproductionPart(
    "lambda-values", "The values of λ that were found, at full length",
    "Each from several seeds. The best of many trials are a little too good for typical runs.",
    .runs(
      found.map { found in
        ReproducedRow(
          "λ \(found.lambda)",
          SheetSettings.endOnly(searched.reported(.lambda, found.lambda, found.value)),
          .best(found.accuracy, found.number))
      } + [
        ReproducedRow(
          "λ 0.0035, test images", SheetSettings.endOnly(best),
          .test(52.29, at(113, "52.29%"), reason: inFileOrder))
      ], questions: [])
  ).drawn(.dots)

  // MARK: Sensitivity

  private static let deviations = [
    ("0.1", at(117, "[0.1, 0.001, 0.0001]")), ("0.001", at(117, "[0.1, 0.001, 0.0001]")),
    ("0.0001", at(117, "[0.1, 0.001, 0.0001]")),
  ]

  /// What the section on initialization repeats; its length in cycles is the sheet's.
  private static func initialized(_ settings: SourcedSettings) -> SourcedSettings {
    settings
      .reported(.etaMinimum, "1e-5", at(117, "\\eta_{min}=10^{-5}"))
      .reported(.etaMaximum, "1e-1", at(117, "\\eta_{max}=10^{-1}"))
      .reported(.batchSize, "100", at(117, "n_{batch}=100"))
      .reported(.lambda, "0.005", at(117, "\\lambda=0.005"))
      .reported(.stepSize, "2250", at(117, "n_s=5*45000/n_batch"))
      .reported(.hidden, "50,50", at(117, "two hidden layers network [50, 50]"))
      .reported(.cycles, "2", SourceDocument.assignment.line(227, "two cycles of training"))
  }

  private static func sensitive(_ index: Int, _ isNormalized: Bool) -> ReproducedRow {
    SensitivityStudy.row(
      deviations[index], initialized(isNormalized ? normalized : plain), isNormalized: isNormalized)
  }

  private static let constant = at(166, "the loss functions are constant")
  private static let insensitive = at(
    166, "doesn't seem to have much impact on the gradient descent process")

  private static let sensitivity = SensitivityStudy.part(
    title: "Figures 5 to 10: σ 0.1, 0.001 and 0.0001",
    "Curves of the loss, without and with batch normalization.",
    plain: initialized(plain), normalized: initialized(normalized), deviations: deviations
  ).claiming([
    PublishedClaim(
      .curve, "σ 0.1 without batch normalization ends with the loss of σ 0.1 with it", insensitive,
      .difference(
        .finalLoss, of: sensitive(0, false), from: sensitive(0, true), .between(-0.05, 0.05))),
    PublishedClaim(
      .difference, "with batch normalization σ 0.0001 performs like σ 0.1",
      at(166, "the network performance is much less sensible to the initialization"),
      .difference(
        .testAccuracy, of: sensitive(2, true), from: sensitive(0, true), .between(-0.02, 0.02))),
    PublishedClaim(
      .difference, "without batch normalization σ 0.0001 performs worse than σ 0.1",
      at(166, "the network performance is much less sensible to the initialization"),
      .difference(.testAccuracy, of: sensitive(2, false), from: sensitive(0, false), .below(-0.02))),
    PublishedClaim(
      .curve, "with batch normalization σ 0.001 ends with the loss of σ 0.1", insensitive,
      .difference(
        .finalLoss, of: sensitive(1, true), from: sensitive(0, true), .between(-0.05, 0.05))),
    PublishedClaim(
      .curve, "with batch normalization σ 0.0001 ends with the loss of σ 0.1", insensitive,
      .difference(
        .finalLoss, of: sensitive(2, true), from: sensitive(0, true), .between(-0.05, 0.05))),
    PublishedClaim(
      .curve, "with batch normalization σ 0.0001 decreases like σ 0.1: after five epochs",
      insensitive,
      .difference(
        .loss(afterEpoch: 5), of: sensitive(2, true), from: sensitive(0, true), .between(-0.1, 0.1))
    ),
    PublishedClaim(
      .curve, "without batch normalization the loss is constant, σ 0.001", constant,
      .number(.departure(inEpochs: 20), of: sensitive(1, false), .below(0.01)),
      reason: "likeliest that a few seeds begin to learn late"),
    PublishedClaim(
      .curve, "without batch normalization the loss is constant, σ 0.0001", constant,
      .number(.departure(inEpochs: 20), of: sensitive(2, false), .below(0.01))),
  ])

  // MARK: Choices

  private static let choices = [
    VariedSetting("3 layers, batch normalization", normalized, or: [.shuffle: "false"]),
    VariedSetting("3 layers", plain, or: [.shuffle: "false"]),
    VariedSetting("9 layers", nine(plain, line: 63), or: [.shuffle: "false"]),
    VariedSetting(
      "9 layers, batch normalization", nine(normalized, line: 77), or: [.shuffle: "false"]),
    VariedSetting("λ 0.0035, test images", SheetSettings.endOnly(best), or: [.shuffle: "false"]),
    VariedSetting(
      "λ 0.0035, validation images", SheetSettings.endOnly(best), or: [.shuffle: "false"],
      measure: .validation),
    VariedSetting("3 layers, batch normalization", normalized, or: [.statisticsDecay: "0.5"]),
    VariedSetting("λ 0.0035, test images", SheetSettings.endOnly(best), or: [.cycles: "3"]),
  ]
}
