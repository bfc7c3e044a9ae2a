import Strata
import StrataLab
import TestSupport

@testable import StrataReproduction

/// Small documents that are made again on the built-in images in a moment.
enum Toy {
  static let base: RecipeChanges = [
    .train: "60", .validation: "20", .hidden: "6", .batchSize: "20", .stepSize: "5", .cycles: "1",
  ]

  static let citation = SourceDocument.assignment.line(1, "a toy")

  static let data = Result {
    var recipe = Recipe()
    try recipe.set(.data, to: "shapes")
    return try RunData(recipe)
  }

  /// What became of a claim.
  static func result(_ verdict: ClaimResult.Verdict) -> ClaimResult {
    ClaimResult(
      document: "toy", kind: .curve, text: "a", citation: citation, published: "–",
      statistic: "b", ours: "1", interval: "–", verdict: verdict, reason: "")
  }

  /// Settings that no document says.
  static func settings(_ changes: RecipeChanges = base) -> SourcedSettings {
    SourcedSettings().unreported(changes, "It is a toy.")
  }

  static func row(
    _ label: String, _ changes: RecipeChanges = base, _ published: PublishedNumber...
  ) -> ReproducedRow {
    ReproducedRow(label, settings(changes), published)
  }

  static func part(
    _ name: String, _ rows: [ReproducedRow], questions: [PairedQuestion] = []
  ) -> ReproductionPart {
    ReproductionPart(name, "Part \(name)", "Text.", .runs(rows, questions: questions))
  }

  static func document(
    _ parts: [ReproductionPart], name: String = "toy"
  ) -> ReproductionDocument {
    ReproductionDocument(name: name, title: "A toy", parts: parts)
  }

  static func reproduction(
    _ documents: [ReproductionDocument], seeds: Int = 1, in folder: String,
    about subject: String = "cifar10"
  ) throws -> Reproduction {
    try Reproduction(documents, seeds: seeds, folder: folder, data: data.get(), about: subject)
  }

  static func make(_ reproduction: Reproduction) throws -> [ReproducedPart] {
    try reproduction.make(jobs: 2, shouldStop: { false }) { _ in }
  }

  /// The report of documents that are made at once.
  ///
  /// - Parameter subject: The data that they are about; ours are the built-in images.
  static func report(
    _ documents: [ReproductionDocument], seeds: Int = 1, in folder: String,
    about subject: String = "cifar10"
  ) throws -> ReproductionReport {
    let reproduction = try reproduction(documents, seeds: seeds, in: folder, about: subject)
    return try ReproductionReport(
      reproduction, make(reproduction), command: "strata x", machine: ["M."])
  }
}

extension Report {
  /// The texts of a table's rows; `nil` where there is no table of that name.
  func rows(of name: String) -> [[String]]? {
    tables.first { $0.name == name }?.rows.map { $0.map(\.text) }
  }
}
