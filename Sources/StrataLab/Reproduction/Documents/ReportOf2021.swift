extension ReproductionDocument {
  /// A report on assignment 3 of 2021.
  static let reportOf2021 = ReproductionDocument(
    name: "report-2021", title: "Report on assignment 3 (2021)",
    parts: [
      ReproductionPart(
        "gradients", "Tables 1 and 2: gradient checks with batch normalization",
        "Two images of ten dimensions, λ 0.005, He initialization, eps 1e-5. Chosen here: the step "
          + "1e-9, and b, γ and β drawn around their initial values, where they hide no mistake.",
        .gradients([
          gradient("Table 1: 2 layers", [50]), gradient("Table 2: 3 layers", [50, 50]),
        ])),
      ReproductionPart(
        "overfit", "Figure 1: 100 images learned by heart",
        "100 epochs at η 0.001, batches of ten, α 0.7. Chosen here: 3 layers with batch normalization, "
          + "Xavier initialization, λ 0.",
        .runs(
          [
            ReproducedRow(
              "100 images",
              [
                .train: "100", .initialization: "xavier", .statisticsDecay: "0.7",
                .schedule: "constant", .eta: "0.001", .epochs: "100", .batchSize: "10",
                .lambda: "0",
              ]
            ).measured(.training)
          ], questions: [])),
      ReproductionPart(
        "depth", "Figures 2 and 3: 3 and 9 layers",
        "Xavier initialization, α 0.7, λ 0.005, n_s 2250, two cycles.",
        .runs(
          [
            ReproducedRow("3 layers", settings.and([.batchNormalization: "none"]), .test(53.69)),
            ReproducedRow("3 layers, batch normalization", settings, .test(53.97)),
            ReproducedRow(
              "9 layers", settings.and([.hidden: nineLayers, .batchNormalization: "none"]),
              .test(40.28)),
            ReproducedRow(
              "9 layers, batch normalization", settings.and([.hidden: nineLayers]), .test(51.73)),
          ],
          questions: [3, 9].map { depth in
            PairedQuestion(
              text: "Does batch normalization help at \(depth) layers?",
              row: "\(depth) layers, batch normalization", baseline: "\(depth) layers")
          })),
      ReproductionPart(
        "lambda", "Tables 3 and 4: coarse and fine search for λ",
        "20 values of log₁₀ λ from −5 to −1, then 10 from 0.001 to 0.007; n_s 900. Chosen here: 3 layers "
          + "with batch normalization, Xavier initialization, α 0.7, two cycles, and for the second "
          + "range a linear scale.",
        .search(
          ReproducedSearch(
            base: searchSettings, over: ["lambda=log:1e-5..1e-1"], trials: 20,
            fineOver: ["lambda=linear:0.001..0.007"], fineTrials: 10))),
      ReproductionPart(
        "lambda-values", "Tables 3 and 4: the best values of λ by themselves",
        "The report's values of λ, each from several seeds. They are the best of 20 and of 10 trials, "
          + "so their accuracies are a little too good for typical runs.",
        .runs(
          values(
            coarse: [(".001489", 52.30), (".001948", 52.22), (".006807", 52.18)],
            fine: [(".003221", 52.70), (".006834", 52.68), (".006144", 52.54)]),
          questions: [])),
      ReproductionPart(
        "final", "Three cycles with the best λ",
        "λ 0.003221, n_s 2250, three cycles. Chosen here: Xavier initialization, α 0.7.",
        .runs(
          [
            ReproducedRow(
              "3 layers, batch normalization", settings.and([.lambda: "0.003221", .cycles: "3"]),
              .test(54.00)),
            ReproducedRow(
              "9 layers, batch normalization",
              settings.and([.lambda: "0.003221", .cycles: "3", .hidden: nineLayers]),
              .test(52.63)),
          ], questions: [])),
      sensitivity(
        "Table 5 and figures 4 to 6: one σ for all layers, λ 0.003221. Chosen here: two cycles, n_s 2250.",
        [.statisticsDecay: "0.7", .lambda: "0.003221"],
        published: [(53.11, 52.69), (52.11, 52.87), (10.00, 53.75)]),
    ])

  private static let settings: RecipeChanges = [
    .initialization: "xavier", .statisticsDecay: "0.7",
  ]
  private static let searchSettings = settings.and([.stepSize: "900"])

  private static func values(
    coarse: [(String, Double)], fine: [(String, Double)]
  ) -> [ReproducedRow] {
    let numbers = coarse.map { ($0.0, $0.1, 20) } + fine.map { ($0.0, $0.1, 10) }
    return numbers.map { lambda, accuracy, trials in
      ReproducedRow(
        "λ \(lambda)", searchSettings.and([.lambda: "0" + lambda]), .best(accuracy, of: trials))
    }
  }

  private static func gradient(_ label: String, _ hidden: [Int]) -> ReproducedGradient {
    ReproducedGradient(label) {
      $0.hidden = hidden
      $0.inputs = 10
      $0.samples = 2
    }
  }
}
