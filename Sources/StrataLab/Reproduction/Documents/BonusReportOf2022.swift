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
              "precise statistics of 10,000 images", settings.and([.preciseStatistics: "10000"]),
              .test(54.8, decimals: 1, obstacle: unsaid)),
            ReproducedRow(
              "adaptive statistics of 1,000 test images, half of them mirrored",
              settings.and([.adaptiveStatistics: "1000,flip"]),
              .test(53.9, decimals: 1, obstacle: unsaid)),
            ReproducedRow(
              "normalization after the ReLU", settings.and([.batchNormalization: "after"]),
              .test(54.4, decimals: 1, obstacle: unsaid)),
          ],
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
        "η_max is multiplied by 0.6 after each of two cycles. Chosen here: 3 layers, λ 0.0035, and three "
          + "values of η_max, to show how much that matters.",
        .runs(
          ["3e-4", "1e-3", "3e-3"].map { rate in
            let changes: RecipeChanges = [
              .optimizer: "adam", .etaMaximum: rate, .cycleDecay: "0.6",
            ]
            return ReproducedRow(
              "Adam, η_max \(rate)", settings.and(changes),
              rate == "1e-3" ? [.test(56.4, decimals: 1, obstacle: unsaid)] : [])
          }, questions: [])),
      ReproductionPart(
        "deep", "Ten layers, all the data",
        "50, 30, 30, 30, 20, 20, 20, 20, 20 units with batch normalization, 20 epochs on all the data. "
          + "Chosen here: 1,000 images are held back for the validation accuracy; λ 0.0035, n_s 2450.",
        .runs(
          [
            ReproducedRow(
              "10 layers, batch normalization",
              settings.and([
                .hidden: "50,30,30,30,20,20,20,20,20", .validation: "1000", .stepSize: "2450",
              ]), .validation(54.6, decimals: 1), .test(55.1, decimals: 1))
          ], questions: [])),
    ])

  private static let settings: RecipeChanges = [.lambda: "0.0035"]
  private static let unsaid = "neither the network nor the learning rates are said"
}
