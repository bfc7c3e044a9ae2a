import Strata

extension ReproductionDocument {
  /// A report on assignments 2 and 3 of 2022.
  static let reportOf2022 = ReproductionDocument(
    name: "report-2022", title: "Report on assignments 2 and 3 (2022)",
    parts: [
      ReproductionPart(
        "gradients", "Gradient checks",
        "The largest relative error of any parameter, λ 0. Chosen here: ten rows of twenty numbers, batch "
          + "normalization.",
        .gradients([
          gradient("2 layers", [50], published: 8.37e-7),
          gradient("3 layers", [50, 50], published: 9.6e-7),
        ])),
      ReproductionPart(
        "depth", "3 and 9 layers",
        "He initialization. Chosen here, as in the assignment: λ 0.005, two cycles, n_s 2250.",
        .runs(
          [
            ReproducedRow("3 layers", [.batchNormalization: "none"], .test(52.09)),
            ReproducedRow("3 layers, batch normalization", [:], .test(52.13)),
            ReproducedRow(
              "9 layers", [.hidden: nineLayers, .batchNormalization: "none"], .test(47.57)),
            ReproducedRow(
              "9 layers, batch normalization", [.hidden: nineLayers], .test(51.44)),
          ],
          questions: [])),
      ReproductionPart(
        "lambda", "Coarse and fine search for λ",
        "Chosen here: 20 and then 20 trials of two cycles with n_s 900, log₁₀ λ from −5 to −1.",
        .search(
          ReproducedSearch(
            base: [.stepSize: "900"], over: ["lambda=log:1e-5..1e-1"], trials: 20,
            fineTrials: 20))),
      ReproductionPart(
        "lambda-values", "The best values of λ by themselves",
        "The report's values of λ, each from several seeds. Chosen here: n_s 900 for the values of the "
          + "searches, 2250 for the last row; two cycles.",
        .runs(
          [
            ("0.0019", 52.96), ("0.0072", 52.86), ("0.0001", 52.12), ("0.0035", 53.80),
            ("0.0036", 53.66), ("0.0086", 53.48),
          ].map { lambda, accuracy in
            ReproducedRow(
              "λ \(lambda)", [.stepSize: "900", .lambda: lambda],
              .validation(accuracy, obstacle: "the length of a run is not said"))
          } + [
            ReproducedRow(
              "λ 0.0035, two cycles", [.lambda: "0.0035"],
              .test(52.29, obstacle: "the length of the run is not said"))
          ],
          questions: [])),
      sensitivity(
        "Curves of the loss for σ 0.1, 0.001 and 0.0001. Chosen here: λ 0.005, two cycles."),
    ])

  private static func gradient(
    _ label: String, _ hidden: [Int], published: Double
  ) -> ReproducedGradient {
    ReproducedGradient(label, published: published) {
      $0.hidden = hidden
      $0.lambda = 0
    }
  }
}
