import Strata
import StrataLab

// Gradient checks, and 100 images learned by heart.
extension ReportOf2021 {
  // MARK: Gradients

  private static func check(_ table: Int, step: Double = 1e-5) -> ReproducedGradient {
    let name = table == 1 ? "Table 1: 2 layers" : "Table 2: 3 layers"
    return ReproducedGradient(name + (step == 1e-5 ? "" : ", h 1e-9")) {
      $0.hidden = Array(repeating: 50, count: table)
      $0.inputs = 10
      $0.samples = 2
      $0.lambda = 0.005
      $0.step = step
      $0.epsilon = 1e-5
      $0.normalizationEpsilon = 2.2e-16
    }
  }

  /// The gradient of weights that are nearly 0, without batch normalization.
  static let smallCheck = plainCheck(.fixed(1e-4))
  /// The same with He initialization.
  static let heCheck = plainCheck(.he)

  private static func plainCheck(_ initialization: Initialization) -> ReproducedGradient {
    let name = initialization == .he ? "He" : "σ 1e-4"
    return ReproducedGradient("3 layers without batch normalization, \(name)") {
      $0.hidden = [50, 50]
      $0.inputs = 10
      $0.batchNormalization = .none
      $0.initialization = initialization
    }
  }

  /// The means of tables 1 and 2, as they are printed.
  private static let means:
    [(table: Int, tensor: String, value: Double, line: Int, words: String)] = [
      (1, "W1", 8.2345e-8, 16, "8.2345 e-08"), (1, "b1", 8.8818e-12, 16, "8.8818e-12"),
      (1, "γ1", 3.0494e-10, 16, "3.0494e-10"), (1, "β1", 3.0463e-10, 16, "3.0463e-10"),
      (1, "W2", 1.8325e-10, 17, "1.8325e-10"), (1, "b2", 5.5403e-11, 17, "5.5403e-11"),
      (2, "W1", 7.0534e-8, 22, "7.0534e-08"), (2, "b1", 8.8818e-7, 22, "8.8818e-07"),
      (2, "γ1", 6.2209e-6, 22, "6.2209e-06"), (2, "β1", 5.7768e-6, 22, "5.7768e-06"),
      (2, "W2", 1.7443e-8, 23, "1.7443e-08"), (2, "b2", 2.2209e-7, 23, "2.2209e-07"),
      (2, "γ2", 1.1730e-9, 23, "1.1730e-09"), (2, "β2", 1.1730e-9, 23, "1.1730e-09"),
      (2, "W3", 1.1418e-10, 24, "1.1418e-10"), (2, "b3", 2.9243e-11, 24, "2.9243e-11"),
    ]

  /// Whether the gradient is 0 by the mathematics: that of a bias in front of batch normalization.
  ///
  /// An error of 1e-5 with eps 1e-5 is then a gradient of 1e-10.
  private static func isZero(
    _ mean: (table: Int, tensor: String, value: Double, line: Int, words: String)
  ) -> Bool {
    mean.tensor.hasPrefix("b") && mean.tensor != "b\(mean.table + 1)"
  }

  static let gradients = ReproductionPart(
    "gradients", "Tables 1 and 2: gradient checks with batch normalization",
    "Mean relative errors of each parameter on two rows of ten numbers.",
    .gradients([
      check(1), check(2), check(1, step: 1e-9), check(2, step: 1e-9), smallCheck,
      heCheck,
    ])
  ).noting([
    SettingNote("eps of the relative error", "1e-5", at(13, "I set eps = 1e-5")),
    SettingNote("rows, inputs", "2, 10", at(13, "two training samples and 10 dimensions")),
    SettingNote(
      "λ, initialization", "0.005, He", at(13, "= 0.005$  and He initialization were applied")),
    SettingNote(
      "h", "1e-5",
      unreported:
        "The printed errors of b in table 2 are what rounding alone makes with this h; 1e-9 beside it."
    ),
    SettingNote(
      "b, γ, β", "drawn around 0, 1, 0",
      unreported: "At their initial values a missing factor or term would not show."),
  ]).claiming(
    means.map { mean in
      PublishedClaim(
        .gradient,
        "table \(mean.table): mean relative error of \(mean.tensor); all are below 1e-5 (line 28)",
        published: mean.words.replacing(" ", with: ""), at(mean.line, mean.words),
        .gradient(
          check(mean.table), isZero(mean) ? .largestOfZero(mean.tensor) : .mean(of: mean.tensor),
          .below(isZero(mean) ? 1e-10 : 1e-5)))
    })

  // MARK: Overfitting

  private static let figure = at(33, "eta = 0.001, alpha = 0.7, n\\_batch = 10")

  static let hundredImages =
    normalized
    .reported(.train, "100", at(35, "overfit 100 training samples"))
    .reported(.schedule, "constant", figure).reported(.eta, "0.001", figure)
    .reported(.statisticsDecay, "0.7", figure).reported(.batchSize, "10", figure)
    .reported(.epochs, "100", at(35, "training for 100 epochs"))
    .unreported(.validation, "1000", "Nothing is learned or chosen from them.")
    .unreported(.evaluateEvery, "50", "Each fifth epoch will do.")
    .unreported(.lambda, "0.005", "That of the check in the same section, line 13; 0 beside it.")
    .unreported(
      .initialization, "he", "That of the check in the same section, line 13; Xavier beside it.")

  private static func longer(_ key: RecipeKey, _ value: String) -> SourcedSettings {
    hundredImages.unreported(key, value, "To see what it takes to reach a very low loss.")
  }

  private static let hundred = ReproducedRow("100 epochs", hundredImages).measured(.training)
  private static let unregularized = ReproducedRow(
    "100 epochs, λ 0", longer(.lambda, "0")
  ).measured(.training)
  private static let long = ReproducedRow(
    "1,000 epochs",
    longer(.epochs, "1000").unreported(.evaluateEvery, "500", "Each fiftieth epoch will do.")
  ).measured(
    .training)
  private static let fast = ReproducedRow("100 epochs, η 0.01", longer(.eta, "0.01")).measured(
    .training)

  static let overfit = ReproductionPart(
    "overfit", "Figure 1: 100 images learned by heart",
    "100 epochs of batches of ten at a constant η; longer, faster and without λ beside it.",
    .runs(
      [hundred, unregularized, long, fast],
      questions: [])
  ).drawn(
    .curves([
      CurveColumn("as said", [.normalized: hundred.label, .other: unregularized.label]),
      CurveColumn("1,000 epochs", [.normalized: long.label]),
      CurveColumn("η 0.01", [.normalized: fast.label]),
    ])
  ).claiming([
    PublishedClaim(
      .curve, "100 images are learned by heart, with a very low loss, in 100 epochs",
      at(35, "get a very low loss after training for 100 epochs"),
      .number(.finalLoss, of: hundred, .below(0.1)),
      reason: "likeliest too few update steps of that η; see the longer and the faster run"),
    PublishedClaim(
      .curve, "100 images are overfitted: they are classified, and others are not",
      at(35, "could overfit 100 training samples"),
      .number(.accuracyGap, of: hundred, .above(0.5))),
  ]).observing([
    Observation("as said", .number(.finalLoss, of: hundred)),
    Observation("with λ 0", .number(.finalLoss, of: unregularized)),
    Observation("ten times as long", .number(.finalLoss, of: long)),
    Observation("with η 0.01", .number(.finalLoss, of: fast)),
  ])
}
