import Strata
import StrataLab

@testable import StrataReproduction

/// The assignment in small: its parts and labels, on a few built-in images.
enum HandedInSamples {
  private static let plain = SourcedSettings().unreported(
    [
      .train: "60", .validation: "20", .hidden: "6", .batchSize: "20", .stepSize: "3", .cycles: "1",
      .lambda: "0.005", .etaMinimum: "1e-5", .etaMaximum: "0.1", .initialization: "he",
      .batchNormalization: "none",
    ], "It is a toy.")
  private static let normalized = plain.unreported([.batchNormalization: "before"], "It is a toy.")

  private static func pair(_ title: String, _ changes: RecipeChanges) -> [ReproducedRow] {
    [
      ReproducedRow(title, plain.unreported(changes, "It is a toy.")),
      ReproducedRow(
        "\(title), batch normalization", normalized.unreported(changes, "It is a toy.")),
    ]
  }

  private static func pairs(
    _ name: String, _ titles: [(title: String, changes: RecipeChanges)]
  ) -> ReproductionPart {
    ReproductionPart(
      name, "The part \(name)", "Text.",
      .runs(titles.flatMap { pair($0.title, $0.changes) }, questions: [])
    ).drawn(.curves(titles.map { .pair($0.title, $0.title) }))
  }

  private static func gradients(_ bound: Double) -> ReproductionPart {
    let kinds = [BatchNormalizationPlacement.none, .before]
    let checks = [0, 0.005].flatMap { lambda in
      kinds.flatMap { kind in
        [1, 2].map { hidden in
          ReproducedGradient("\(hidden + 1) layers, \(kind.rawValue), λ \(lambda)") {
            $0.hidden = Array(repeating: 4, count: hidden)
            ($0.inputs, $0.lambda, $0.batchNormalization, $0.bound) = (5, lambda, kind, bound)
          }
        }
      }
    }
    return ReproductionPart("gradients", "Gradients", "Text.", .gradients(checks))
  }

  private static let lambda = ReproductionPart(
    "lambda", "A search", "Text.",
    .search(
      ReproducedSearch(
        base: normalized, over: ["lambda=log:1e-5..1e-1"], trials: 4, fineTrials: 2,
        final: normalized.unreported([.cycles: "3"], "It is a toy."),
        improvement: "λ from a search")))

  /// Questions about a network with other settings.
  private static func questions(
    _ name: String, _ rows: [(label: String, changes: RecipeChanges)], isImprovement: Bool = false
  ) -> ReproductionPart {
    let points = (["baseline"] + rows.map(\.label)).enumerated().map { index, label in
      SweepDrawing.Point(label: label, role: .normalized, value: Double(index))
    }
    return ReproductionPart(
      name, "The part \(name)", "Text.",
      .runs(
        [ReproducedRow("baseline", normalized)]
          + rows.map { ReproducedRow($0.label, normalized.unreported($0.changes, "It is a toy.")) },
        questions: rows.map {
          PairedQuestion(
            "Is it better", "with \($0.label)", row: $0.label, baseline: "baseline",
            improvement: isImprovement ? $0.label : nil)
        })
    ).drawn(.sweep(SweepDrawing(axis: "x", isLogarithmic: false, points: points)))
  }

  /// The document.
  ///
  /// - Parameters:
  ///   - deviation: The greatest σ of the sensitivity study; 1e30 lets its runs diverge.
  ///   - bound: The largest error that gradient checks allow.
  static func document(deviation: String = "1e-1", bound: Double = 1e-6) -> ReproductionDocument {
    ReproductionDocument(
      name: SourceDocument.assignment.rawValue, title: "A toy",
      parts: [
        gradients(bound),
        pairs(
          "depth",
          [
            ("2 layers", [.hidden: "6"]), ("3 layers", [.hidden: "6,6"]),
            ("6 layers", [.hidden: "6,6,6,6,6"]), ("9 layers", [.hidden: "6,5,5,4,4,4,4,4"]),
          ]),
        lambda,
        pairs(
          "sensitivity",
          [
            ("σ \(deviation)", [.initialization: deviation]), ("σ 1e-3", [.initialization: "1e-3"]),
            ("σ 1e-4", [.initialization: "1e-4"]),
          ]),
        questions("deeper", [("two layers", [.hidden: "6,6"])]),
        questions("learning-rates", [("a greater rate", [.etaMaximum: "0.3"])]),
        questions("shuffling", [("file order", [.shuffle: "false"])]),
        questions("epsilon", [("another ε", [.normalizationEpsilon: "1e-3"])]),
        questions(
          "variants", [("more units", [.hidden: "30"]), ("longer", [.cycles: "20"])],
          isImprovement: true),
      ])
  }

  /// What was found when it was made.
  static func report(
    _ document: ReproductionDocument = document(), seeds: Int, in folder: String
  ) throws -> ReproductionReport {
    var recipe = Recipe()
    try recipe.set(.data, to: "shapes")
    let reproduction = try Reproduction(
      [document], seeds: seeds, folder: folder, data: RunData(recipe))
    let found = try reproduction.make(jobs: 2, shouldStop: { false }) { _ in }
    return try ReproductionReport(
      reproduction, found, command: "strata reproduce assignment --report", machine: [])
  }

  /// An answer from differences, seed by seed.
  static func answer(
    _ subject: String, _ differences: [Double], improvement: String? = nil
  ) throws -> PairedAnswer {
    try PairedAnswer(
      PairedQuestion(
        "Is it better", subject, row: subject, baseline: "baseline", improvement: improvement),
      pairs: PairedDifferences(of: differences, from: differences.map { _ in 0 }))
  }

  /// An answer that there is not.
  static func failure(_ subject: String, improvement: String? = nil) -> PairedAnswer {
    PairedAnswer(
      question: PairedQuestion(
        "Is it better", subject, row: subject, baseline: "baseline", improvement: improvement),
      difference: .failure(PairedAnswer.Obstacle(text: "“\(subject)” diverged with seed 1")))
  }
}
