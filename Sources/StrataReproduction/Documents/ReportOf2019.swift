import Strata
import StrataLab

/// A report on assignment 2 of 2019.
enum ReportOf2019 {
  static let document = ReproductionDocument(
    .report2019, title: "Report on assignment 2 (2019)",
    parts: [
      gradients, cycles, lambda, lambdaValues, final, .choices("the report of 2019", choices),
    ])

  static func at(_ line: Int, _ words: String) -> Citation {
    SourceDocument.report2019.line(line, words)
  }

  // MARK: Settings

  static let settings =
    SheetSettings.inNewOrder(SheetSettings.descent)
    .reported(
      .hidden, "50",
      SourceDocument.assignment.line(189, "a 2-layer network with 50 nodes in the hidden layer")
    )
    .reported(.batchNormalization, "none", at(3, "Assignment 2"))
    .unreported(.initialization, "xavier", "That of assignment 2, σ = 1/√inputs; He beside it.")

  /// The η of section 2, which later sections do not repeat.
  static let rates = SourcedSettings()
    .unreported(
      [.etaMinimum: "1e-5", .etaMaximum: "1e-1"], "Section 3 names none; those of lines 49 and 62.")

  /// What sections 2.1 and 2.2 say.
  private static func small(line: Int, stepSize: String, cycles: String) -> SourcedSettings {
    settings
      .reported(.stepSize, stepSize, at(line, "n_s = \(stepSize)"))
      .reported(.cycles, cycles, at(line, "no_{cycles} = \(cycles)"))
      .reported(.batchSize, "100", at(line, "batch_{size} = 100"))
      .reported(.etaMinimum, "1e-5", at(line, "eta_{min} = 1e - 5"))
      .reported(.etaMaximum, "1e-1", at(line, "eta_{max} = 1e - 1"))
      .reported(.lambda, "0.01", at(line, line == 49 ? "\\lambda = .01" : "\\lambda = 0.01"))
      .unreported(
        .train, "10000", "One file of the data set, as in assignment 2; 45,000 beside it."
      )
      .unreported(
        .validation, "5000", "As in the later sections; nothing is learned or chosen from them.")
  }

  // MARK: Gradients

  private static func check(inputs: Int, lambda: Double, _ label: String) -> ReproducedGradient {
    ReproducedGradient(label, usesImages: true) {
      $0.hidden = [50]
      $0.inputs = inputs
      $0.samples = 20
      $0.lambda = lambda
      $0.step = 1e-5
      $0.epsilon = 0.1
      $0.batchNormalization = .none
      $0.initialization = .xavier
    }
  }

  private static let checks = [
    check(inputs: 20, lambda: 0, "20 dimensions, λ 0"),
    check(inputs: 3072, lambda: 0.1, "3,072 dimensions, λ 0.1"),
  ]

  private static let gradients = ReproductionPart(
    "gradients", "Figures 1 and 2: gradient checks as box plots",
    "Relative errors of each entry of the weights and biases, for two settings.",
    .gradients(checks)
  ).drawn(.boxes(checks.map(\.label))).noting([
    SettingNote(
      "setting 1", "20 rows, 20 inputs, h 1e-5, λ 0, eps 0.1, 50 units",
      at(21, "n = 20, d = 20, h = 1e - 5, \\lambda = 0, \\epsilon = 0.1, m = 50")),
    SettingNote(
      "setting 2", "20 rows, 3,072 inputs, λ 0.1",
      at(32, "n = 20, d = 3072, h = 1e - 5, \\lambda = 0.1, \\epsilon = 0.1, m = 50")),
    SettingNote("rows", "images", unreported: "3,072 is the size of an image of the data set."),
    SettingNote("initialization", "Xavier", unreported: "That of assignment 2."),
  ]).claiming(
    checks.flatMap { check in
      ["b1", "b2", "W1", "W2"].map { tensor in
        PublishedClaim(
          .gradient, "box plot of \(tensor), \(check.label): all relative errors are below 1e-6",
          published: "1e-6", at(15, "all the relative errors were below the value  $1e-6$"),
          .gradient(check, .maximum(of: tensor), .below(1e-6)))
      }
    })

  // MARK: One and three cycles

  private static let oneCycle = ReproducedRow(
    "n_s 500, one cycle", small(line: 49, stepSize: "500", cycles: "1"),
    .test(45.88, at(45, "45.88 %")))
  private static let threeCycles = ReproducedRow(
    "n_s 800, three cycles", small(line: 62, stepSize: "800", cycles: "3"),
    .test(46.77, at(58, "46.77 %")))

  private static let toSeparate =
    "To tell the effect of n_s, which the report suspects, from that of the cycles."
  private static let longCycle = ReproducedRow(
    "n_s 800, one cycle", oneCycle.settings.unreported(.stepSize, "800", toSeparate))
  private static let shortCycles = ReproducedRow(
    "n_s 500, three cycles", threeCycles.settings.unreported(.stepSize, "500", toSeparate))

  private static let cycles = ReproductionPart(
    "cycles", "Figures 3 and 4: one and three cycles on 10,000 images",
    "A network of 2 layers of 50 units, without batch normalization.",
    .runs(
      [oneCycle, threeCycles, longCycle, shortCycles],
      questions: [
        PairedQuestion(
          "Are three cycles better than one", "on 10,000 images",
          row: threeCycles.label, baseline: oneCycle.label)
      ])
  ).drawn(
    .curves(
      [oneCycle, threeCycles].map { CurveColumn($0.label, [.plain: $0.label]) },
      showing: [.loss, .cost, .accuracy])
  ).claiming(
    [
      PublishedClaim(
        .curve, "with three cycles the graphs move up and down",
        at(71, "In the second parameter setting the graphs move up and down"),
        .number(.rise(), of: threeCycles, .above(0.05))),
      PublishedClaim(
        .curve, "with one cycle the losses stably decrease", at(71, "its losses stably decreases"),
        .number(.rise(), of: oneCycle, .below(0.05))),
      PublishedClaim(
        .curve, "with one cycle the accuracies stably increase",
        at(71, "the accuracies in the first graphs stably increases"),
        .number(.fall, of: oneCycle, .below(0.03))),
      PublishedClaim(
        .curve, "a larger n_s makes the graphs move up and down: n_s 800 for one cycle",
        at(71, "Perhaps this is caused by using a to larger"),
        .number(.rise(), of: longCycle, .above(0.05)),
        reason: "compare three cycles with n_s 500 among the further numbers"),
      PublishedClaim(
        .curve, "the first third of three cycles does not oscillate yet",
        at(71, "have not yet exhibited the oscillating pattern"),
        .number(.rise(inFirst: 1.0 / 3, " in the first third"), of: threeCycles, .below(0.05))),
      PublishedClaim(
        .difference, "three cycles gain a slight accuracy", published: "45.88 and 46.77",
        at(73, "a slight increase in the final test accuracy"),
        .difference(.testAccuracy, of: threeCycles, from: oneCycle, .between(0, 0.02))),
    ]
      + [(oneCycle, "one cycle"), (threeCycles, "three cycles")].flatMap(gapClaims)
      + [
        PublishedClaim(
          .curve, "the gaps of the loss are larger with three cycles", wider,
          .difference(.lossGap, of: threeCycles, from: oneCycle, .above(0))),
        PublishedClaim(
          .curve, "the gaps of the accuracy are larger with three cycles", wider,
          .difference(.accuracyGap, of: threeCycles, from: oneCycle, .above(0))),
      ]
  ).observing([
    Observation("the larger n_s alone", .number(.rise(), of: longCycle)),
    Observation("the cycles alone", .number(.rise(), of: shortCycles)),
  ])

  private static let wider = at(
    77, "the gaps between the graphs are somewhat larger in the second setting")

  /// What is said of the curves of both settings.
  private static func gapClaims(_ row: ReproducedRow, _ name: String) -> [PublishedClaim] {
    [
      PublishedClaim(
        .curve, "training accuracy is higher than validation accuracy, \(name)",
        at(75, "the training accuracies are higher than the validation accuracies"),
        .number(.accuracyGap, of: row, .above(0))),
      PublishedClaim(
        .curve, "training loss is lower than validation loss, \(name)",
        at(75, "the training costs and losses are lower"),
        .number(.lossGap, of: row, .above(0))),
      PublishedClaim(
        .curve, "training and validation move in the same direction, \(name)",
        at(75, "all the validation and corresponding training plots seem to move in"),
        .number(.agreement, of: row, .above(0.5))),
    ]
  }

  // MARK: 49,000 images

  private static let last =
    settings.and(rates)
    .reported(.hidden, "50", at(131, "m = 50"))
    .reported(.lambda, "0.000648717", at(131, "\\lambda = 0.000648717"))
    .reported(.train, "49000", at(131, "dataset = 49000"))
    .reported(.batchSize, "100", at(131, "batch_{size} = 100"))
    .reported(.cycles, "3", at(131, "no_{cycles} = 3"))
    .reported(.stepSize, "980", at(131, "n_s = 980"))
    .unreported(.validation, "1000", "What is left of the 50,000 images.")

  private static let final = ReproductionPart(
    "final", "Figure 5: 49,000 images, three cycles",
    "A new network with the best λ of the fine search.",
    .runs(
      [ReproducedRow("λ 0.000648717", last, .test(51.33, at(133, "51.33%")))], questions: [])
  ).drawn(.curves([CurveColumn("λ 0.000648717", [.plain: "λ 0.000648717"])])).claiming([
    PublishedClaim(
      .arithmetic, "n_s is two epochs of 49,000 images", published: "980", at(133, "= 980$"),
      .arithmetic(2 * 49_000 / 100, of: "2 · 49,000 / 100", .between(980, 980))),
    PublishedClaim(
      .arithmetic, "three cycles with n_s 980 are 12 epochs", published: "12",
      at(131, "epoch = 12"),
      .arithmetic(2 * 3 * 980 / 490.0, of: "epochs of 490 batches", .between(12, 12))),
  ])

  private static let choices = [
    VariedSetting("n_s 500, one cycle", oneCycle.settings, or: [.initialization: "he"]),
    VariedSetting("n_s 500, one cycle", oneCycle.settings, or: [.train: "45000"]),
    VariedSetting("n_s 500, one cycle", oneCycle.settings, or: [.shuffle: "false"]),
    VariedSetting("n_s 800, three cycles", threeCycles.settings, or: [.train: "45000"]),
    VariedSetting("n_s 800, three cycles", threeCycles.settings, or: [.shuffle: "false"]),
    VariedSetting("n_s 800, three cycles", threeCycles.settings, or: [.initialization: "he"]),
    VariedSetting("49,000 images", last, or: [.initialization: "he"]),
    VariedSetting(
      "λ 0.000649", searched.reported(.lambda, "0.000649", at(123, "0.000649")),
      or: [.initialization: "he"], measure: .validation),
  ]
}
