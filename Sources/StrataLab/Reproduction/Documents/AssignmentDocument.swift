import Strata

extension ReproductionDocument {
  /// KTH DD2424, assignment 3.
  static let assignment = ReproductionDocument(
    name: "assignment", title: "Assignment 3 of KTH DD2424: k layers with batch normalization",
    parts: [
      ReproductionPart(
        "gradients", "Gradient checks",
        "The analytic gradient of each parameter against central differences.",
        .gradients([
          gradient("2 layers", [50], .none), gradient("3 layers", [50, 50], .none),
          gradient("4 layers", [50, 50, 50], .none),
          gradient("2 layers, batch normalization", [50], .before),
          gradient("3 layers, batch normalization", [50, 50], .before),
        ])),
      ReproductionPart(
        "depth", "Networks of 2, 3, 6 and 9 layers, without and with batch normalization",
        "Two cycles of the learning rate, λ 0.005, He initialization. The numbers of the assignment "
          + "are rough ones. Chosen here: α 0.9.",
        .runs(
          [
            ReproducedRow("2 layers", [.hidden: "50", .batchNormalization: "none"]),
            ReproducedRow("3 layers", [.batchNormalization: "none"], .test(52, decimals: 0)),
            ReproducedRow("3 layers, batch normalization", [:], .test(53.5, decimals: 1)),
            ReproducedRow(
              "6 layers", [.hidden: "50,50,50,50,50", .batchNormalization: "none"]),
            ReproducedRow("6 layers, batch normalization", [.hidden: "50,50,50,50,50"]),
            ReproducedRow("9 layers", [.hidden: nineLayers, .batchNormalization: "none"]),
            ReproducedRow("9 layers, batch normalization", [.hidden: nineLayers]),
          ].leavingUnsaid([.statisticsDecay]),
          questions: [3, 6, 9].map { depth in
            PairedQuestion(
              text: "Does batch normalization help at \(depth) layers?",
              row: "\(depth) layers, batch normalization", baseline: "\(depth) layers")
          })),
      ReproductionPart(
        "lambda", "Search for λ, then three cycles",
        "20 random values of log₁₀ λ from −5 to −1, then 10 around the best; each trial lasts two "
          + "cycles with n_s 900. The best λ, and λ 0.005 of before, then have three cycles with n_s 2250.",
        .search(
          ReproducedSearch(
            base: [.stepSize: "900"], over: ["lambda=log:1e-5..1e-1"], trials: 20, fineTrials: 10,
            final: [.cycles: "3"]))),
      sensitivity(
        "The first weights are drawn with one σ for all layers; 3 layers, two cycles. Chosen here, as "
          + "above: λ 0.005, α 0.9.", unsaid: [.statisticsDecay, .lambda]),
      ReproductionPart(
        "variants", "The bonus ideas against one baseline",
        "Each differs from the 3-layer network with batch normalization in one thing.",
        .runs(
          [
            ReproducedRow("baseline", [:]),
            ReproducedRow("normalization after the ReLU", [.batchNormalization: "after"]),
            ReproducedRow("dropout 0.1", [.dropout: "0.1"]),
            ReproducedRow("mirrored images", [.augment: "flip"]),
            ReproducedRow("mirrored and shifted images", [.augment: "flip,shift:2"]),
            ReproducedRow("precise statistics", [.preciseStatistics: "10000"]),
            ReproducedRow("Adam", [.optimizer: "adam", .etaMaximum: "1e-3"]),
            ReproducedRow("wider: 200, 200", [.hidden: "200,200"]),
          ],
          questions: [
            "normalization after the ReLU", "dropout 0.1", "mirrored images",
            "mirrored and shifted images", "precise statistics", "Adam", "wider: 200, 200",
          ].map {
            PairedQuestion(text: "Is it better: \($0)?", row: $0, baseline: "baseline")
          })),
      ReproductionPart(
        "random-search", "A more exhaustive random search",
        "λ and η_max at once, 60 random trials of two cycles with n_s 900. The best of them is then "
          + "trained with n_s 2250, and compared with the baseline of the other ideas.",
        .search(
          ReproducedSearch(
            base: [.stepSize: "900"],
            over: ["lambda=log:1e-5..1e-1", "eta-max=log:1e-2..1e0"], trials: 60, fineTrials: 0,
            final: [:]))),
      ReproductionPart(
        "architecture", "Search over depth and width",
        "Each network is trained once, for two cycles with n_s 900. The best of them is then trained "
          + "with n_s 2250, and compared with the baseline of the other ideas.",
        .search(
          ReproducedSearch(
            base: [.stepSize: "900"],
            over: ["hidden=50|100|200|50,50|100,100|200,200|50,50,50|100,100,100|100,50,50,50"],
            method: .grid, trials: 9, fineTrials: 0, final: [:]))),
      .choices(varied, others: unvaried),
    ])

  private static let varied = [
    VariedSetting(
      "3 layers, batch normalization", "α", "0.9", [:], or: "0.7", [.statisticsDecay: "0.7"]),
    VariedSetting(
      "σ 1e-3 without batch normalization", "λ", "0.005",
      [.initialization: "1e-3", .batchNormalization: "none"], or: "0.003221",
      [.lambda: "0.003221"]),
    VariedSetting(
      "dropout", "probability", "0.1", [.dropout: "0.1"], or: "0.05", [.dropout: "0.05"]),
    VariedSetting(
      "augmentation", "pixels of a shift", "2", [.augment: "flip,shift:2"], or: "4",
      [.augment: "flip,shift:4"]),
  ]

  private static let unvaried = [
    UnvariedSetting(
      "gradients: rows, dimensions, h, eps", "10, 20, 1e-9, 1e-5",
      "the reports' checks below have other ones"),
    UnvariedSetting(
      "λ searches: trials, n_s, cycles", "20 and 10 (60 of two settings), 900, 2",
      "the report of 2019 says 20 and 20, 900 and 2, that of 2021 20 and 10 and 900; their searches are "
        + "below"),
    UnvariedSetting(
      "searches: seed", "1",
      "it draws other values, and those that the reports found, from 4.89e-5 to 0.0086, stand below "
        + "from several seeds"),
    UnvariedSetting("Adam: η_max", "1e-3", "the bonus report below varies it"),
    UnvariedSetting(
      "wider: units of a layer", "200", "the search over depth and width has other widths"),
  ]

  /// The widths of the assignment's 9 layers.
  static let nineLayers = "50,30,20,20,10,10,10,10"

  private static func gradient(
    _ label: String, _ hidden: [Int], _ placement: BatchNormalizationPlacement
  ) -> ReproducedGradient {
    ReproducedGradient(label) {
      $0.hidden = hidden
      $0.batchNormalization = placement
    }
  }

  /// σ of 1e-1, 1e-3 and 1e-4 without and with batch normalization.
  ///
  /// - Parameters:
  ///   - changes: What the networks have in common.
  ///   - unsaid: What the document does not say of them.
  ///   - published: For each σ the numbers without and with; none where curves were published.
  static func sensitivity(
    _ text: String, _ changes: RecipeChanges = [:],
    unsaid: [RecipeKey], published: [(plain: PublishedNumber, normalized: PublishedNumber)] = []
  ) -> ReproductionPart {
    let deviations = ["1e-1", "1e-3", "1e-4"]
    let rows = deviations.enumerated().flatMap { index, deviation in
      let numbers = published.isEmpty ? nil : published[index]
      let plain = changes.and([.initialization: deviation, .batchNormalization: "none"])
      let normalized = changes.and([.initialization: deviation])
      return [
        ReproducedRow("σ \(deviation)", plain, numbers.map { [$0.plain] } ?? []),
        ReproducedRow(
          "σ \(deviation), batch normalization", normalized, numbers.map { [$0.normalized] } ?? []),
      ]
    }
    return ReproductionPart(
      "sensitivity", "Sensitivity to the initialization", text,
      .runs(
        rows.leavingUnsaid(unsaid),
        questions: deviations.map {
          PairedQuestion(
            text: "Does batch normalization help when weights start with σ \($0)?",
            row: "σ \($0), batch normalization", baseline: "σ \($0)")
        }))
  }
}
