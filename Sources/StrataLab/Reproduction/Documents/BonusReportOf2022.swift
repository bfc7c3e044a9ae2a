import Strata

extension ReproductionDocument {
  /// A report on the bonus part of assignment 3 of 2022.
  static let bonusReportOf2022 = ReproductionDocument(
    name: "bonus-2022", title: "Bonus report (2022)",
    parts: [
      ReproductionPart(
        "statistics", "Precise and adaptive statistics, normalization after the ReLU",
        "Chosen here: 3 layers, He initialization, λ 0.0035, two cycles. Ours all start from the same "
          + "weights and see the same batches.",
        .runs(
          [
            ReproducedRow("running statistics", settings),
            ReproducedRow(
              "precise statistics of 10,000 images", precise,
              .test(54.8, decimals: 1)),
            ReproducedRow(
              "adaptive statistics of 1,000 test images, half of them mirrored",
              settings.and([.adaptiveStatistics: "1000,flip"]),
              .test(53.9, decimals: 1)),
            ReproducedRow(
              "normalization after the ReLU", settings.and([.batchNormalization: "after"]),
              .test(54.4, decimals: 1)),
          ].leavingUnsaid([.hidden, .initialization, .stepSize, .cycles, .lambda]),
          questions: [
            "precise statistics of 10,000 images",
            "adaptive statistics of 1,000 test images, half of them mirrored",
            "normalization after the ReLU",
          ].map {
            PairedQuestion(text: "Is it better: \($0)?", row: $0, baseline: "running statistics")
          })),
      ReproductionPart(
        "gradients", "Gradient check of normalization after the ReLU",
        "Mean, standard deviation and maximum per parameter were published; rows and dimensions are ours.",
        .gradients([
          ReproducedGradient("3 layers, normalization after the ReLU") {
            $0.batchNormalization = .after
          }
        ])),
      ReproductionPart(
        "adam", "Adam",
        "η_max is multiplied by 0.6 after each of two cycles. Chosen here: 3 layers, λ 0.0035, η_max "
          + "1e-3.",
        .runs(
          [
            ReproducedRow("Adam", adam, .test(56.4, decimals: 1))
          ].leavingUnsaid([.hidden, .initialization, .etaMaximum, .stepSize, .lambda]),
          questions: [])),
      ReproductionPart(
        "deep", "Ten layers, all the data",
        "50, 30, 30, 30, 20, 20, 20, 20, 20 units with batch normalization, 20 epochs on all the data. "
          + "Chosen here: 1,000 images are held back for the validation accuracy; λ 0.0035, n_s 2450, α "
          + "0.9, He initialization.",
        .runs(
          [
            ReproducedRow(
              "10 layers, batch normalization", tenLayers, .validation(54.6, decimals: 1),
              .test(55.1, decimals: 1, reason: notFound))
          ].leavingUnsaid([
            .validation, .statisticsDecay, .initialization, .stepSize, .cycles, .lambda,
          ]),
          questions: [])),
      .choices(varied, others: unvaried),
    ])

  private static let varied = [
    VariedSetting(
      "precise statistics", "initialization", "He", precise, or: "Xavier",
      [.initialization: "xavier"]),
    VariedSetting("precise statistics", "cycles", "2", precise, or: "3", [.cycles: "3"]),
    VariedSetting(
      "precise statistics", "layers", "3", precise, or: "9",
      [.hidden: ReproductionDocument.nineLayers]),
    VariedSetting("Adam", "η_max", "1e-3", adam, or: "3e-4", [.etaMaximum: "3e-4"]),
    VariedSetting("Adam", "η_max", "1e-3", adam, or: "3e-3", [.etaMaximum: "3e-3"]),
    VariedSetting("Adam", "units of a layer", "50", adam, or: "100", [.hidden: "100,100"]),
    VariedSetting("Adam", "λ", "0.0035", adam, or: "0.005", [.lambda: "0.005"]),
    VariedSetting("10 layers", "α", "0.9", tenLayers, or: "0.7", [.statisticsDecay: "0.7"]),
    VariedSetting("10 layers", "λ", "0.0035", tenLayers, or: "0.005", [.lambda: "0.005"]),
    VariedSetting(
      "10 layers", "initialization", "He", tenLayers, or: "Xavier", [.initialization: "xavier"]),
    VariedSetting(
      "10 layers", "cycles in the 20 epochs", "2", tenLayers, or: "1",
      [.cycles: "1", .stepSize: "4900"]),
    VariedSetting(
      "10 layers", "validation images", "1,000", tenLayers, or: "5,000",
      [.validation: "5000", .stepSize: "2250"]),
  ]

  private static let unvaried = [
    UnvariedSetting(
      "statistics: λ", "0.0035", "the report of 2022 compares 0.005 and 0.0035 above"),
    UnvariedSetting(
      "precise statistics: α", "0.9", "measured statistics take the place of the running ones"),
    UnvariedSetting(
      "gradients: rows, dimensions, h, eps", "10, 20, 1e-9, 1e-5", "the other reports vary them"),
  ]

  private static let settings: RecipeChanges = [.lambda: "0.0035"]
  private static let precise = settings.and([.preciseStatistics: "10000"])
  private static let adam = settings.and([
    .optimizer: "adam", .etaMaximum: "1e-3", .cycleDecay: "0.6",
  ])
  private static let tenLayers = settings.and([
    .hidden: "50,30,30,30,20,20,20,20,20", .validation: "1000", .stepSize: "2450",
  ])
  private static let notFound =
    "likeliest something in its training that it does not mention, or the best of several runs"
}
