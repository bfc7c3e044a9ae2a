package import Strata
import StrataLab

/// What became of a run of a reproduction.
package enum ReproductionOutcome: Sendable {
  /// It was trained to its end.
  case finished(ReproductionResult)
  /// It met a number that is not finite.
  case diverged(DivergedRun)
}

/// What a finished run of a reproduction found.
package struct ReproductionResult: Sendable {
  /// The run.
  package let run: ReproductionRun
  /// Where its folder is.
  package let path: String
  /// The evaluations.
  package let history: [HistoryPoint]
  private let summary: JSONValue

  /// Reads the folder of a finished run.
  ///
  /// - Parameters:
  ///   - run: The run that it is to be.
  ///   - recipe: What the run was asked to be, everything resolved.
  ///   - digest: The SHA-256 of the data.
  /// - Throws: `DataError` when it is damaged, or that of another run.
  init(_ run: ReproductionRun, path: String, recipe: Recipe, digest: String) throws {
    let kept: FinishedRun
    do {
      kept = try FinishedRun(contentsOf: path)
    } catch let error as DataError {
      throw DataError(
        error.kind == .notFound ? .malformed : error.kind, path: error.path,
        expected: error.expected, found: error.found, hint: Self.advice(path))
    }
    let keys = RecipeKey.allCases.filter { !$0.isPlace && $0.isUsed(in: recipe) }
    if let key = keys.first(where: { kept.recipe.value(of: $0) != recipe.value(of: $0) }) {
      throw DataError(
        .malformed, path: Strata.path(path, RunFolder.recipeName),
        expected: "\(recipe.value(of: key)?.option ?? "nothing") as \(key.rawValue)",
        found: kept.recipe.value(of: key)?.option ?? "nothing", hint: Self.advice(path))
    }
    guard kept.dataDigest == digest else {
      throw DataError(
        .malformed, path: Strata.path(path, RunFolder.modelName),
        expected: "a model of the data with the SHA-256 \(digest)", found: kept.dataDigest,
        hint: Self.advice(path))
    }
    self.init(run, path: path, history: kept.history, summary: kept.summary)
  }

  /// A result whose numbers are known.
  init(_ run: ReproductionRun, path: String, history: [HistoryPoint], summary: JSONValue) {
    self.run = run
    self.path = path
    self.history = history
    self.summary = summary
  }

  private static func advice(_ path: String) -> String {
    "remove the folder \(path) to train it again"
  }

  /// A number of `summary.json`.
  ///
  /// - Throws: `DataError` when it is missing.
  package func number(_ name: String) throws -> Double {
    guard let number = summary[name]?.real(Double.self) else {
      throw DataError(
        .malformed, path: Strata.path(path, RunFolder.summaryName), expected: "the number \(name)",
        found: "none", hint: Self.advice(path))
    }
    return number
  }
}
