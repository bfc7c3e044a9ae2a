import Strata

extension ReproductionDocument {
  /// A report on assignment 2 of 2019.
  static let reportOf2019 = ReproductionDocument(
    name: "report-2019", title: "Report on assignment 2 (2019)",
    parts: [
      ReproductionPart(
        "gradients", "Gradient checks as box plots",
        "20 images; h 1e-5, eps 0.1; all relative errors are below 1e-6.",
        .gradients([
          gradient("20 dimensions, λ 0", inputs: 20, lambda: 0),
          gradient("3,072 dimensions, λ 0.1", inputs: 3072, lambda: 0.1),
        ])),
      ReproductionPart(
        "cycles", "10,000 images, one and three cycles",
        "2 layers of 50 units, λ 0.01. Chosen here: Xavier initialization, 5,000 validation images.",
        .runs(
          [
            ReproducedRow("n_s 500, one cycle", oneCycle, .test(45.88)),
            ReproducedRow("n_s 800, three cycles", threeCycles, .test(46.77)),
          ].leavingUnsaid([.initialization]), questions: [])),
      ReproductionPart(
        "lambda", "Coarse and fine search for λ",
        "20 values of log₁₀ λ from −5 to −1, then 20 between the third and the fourth best of the "
          + "report; 45,000 images, n_s 900, two cycles. Chosen here: Xavier initialization.",
        .search(
          ReproducedSearch(
            base: searchSettings, over: ["lambda=log:1e-5..1e-1"], trials: 20,
            fineOver: ["lambda=log:4.89e-5..4.074e-3"], fineTrials: 20))),
      ReproductionPart(
        "lambda-values", "The best values of λ by themselves",
        "The report's values of λ, each from several seeds. They are the best of 20 trials, so their "
          + "accuracies are a little too good for typical runs.",
        .runs(
          [
            ("0.002179", 52.58), ("0.00202", 52.40), ("4.89e-05", 52.24), ("0.004074", 52.06),
            ("0.00029", 52.04), ("0.000649", 52.54), ("0.001479", 52.42), ("0.000701", 52.28),
          ].map { lambda, accuracy in
            ReproducedRow(
              "λ \(lambda)", searchSettings.and([.lambda: lambda]), .best(accuracy, of: 20))
          }.leavingUnsaid([.initialization]), questions: [])),
      ReproductionPart(
        "final", "49,000 images, three cycles",
        "λ 0.000649, n_s 980. Chosen here: Xavier initialization.",
        .runs(
          [
            ReproducedRow("λ 0.000649", final, .test(51.33))
          ].leavingUnsaid([.initialization]), questions: [])),
      .choices(
        [
          he("n_s 500, one cycle", oneCycle), he("n_s 800, three cycles", threeCycles),
          he(
            "λ 0.000649", searchSettings.and([.lambda: "0.000649"]), measure: .validation),
          he("49,000 images", final),
        ],
        others: [
          UnvariedSetting(
            "10,000 images: which", "the first", "they are the first file of the data set"),
          UnvariedSetting(
            "10,000 images: validation images", "5,000", "nothing is learned or chosen from them"),
          UnvariedSetting(
            "gradients: initialization, seed", "Xavier, 1",
            "the errors are ten thousand times smaller than the published bound"),
          UnvariedSetting(
            "λ searches: seed", "1", "the best values stand above from several seeds"),
        ]),
    ])

  private static func he(
    _ experiment: String, _ changes: RecipeChanges, measure: PublishedNumber.Measure = .test
  ) -> VariedSetting {
    VariedSetting(
      experiment, "initialization", "Xavier", changes, or: "He", [.initialization: "he"],
      measure: measure)
  }

  private static let settings: RecipeChanges = [
    .hidden: "50", .batchNormalization: "none", .initialization: "xavier",
  ]
  private static let small = settings.and([.train: "10000", .lambda: "0.01"])
  private static let oneCycle = small.and([.stepSize: "500", .cycles: "1"])
  private static let threeCycles = small.and([.stepSize: "800", .cycles: "3"])
  private static let final = settings.and([
    .validation: "1000", .stepSize: "980", .cycles: "3", .lambda: "0.000649",
  ])
  private static let searchSettings = settings.and([.stepSize: "900"])

  private static func gradient(
    _ label: String, inputs: Int, lambda: Double
  ) -> ReproducedGradient {
    ReproducedGradient(label, published: 1e-6, usesImages: true) {
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
}
