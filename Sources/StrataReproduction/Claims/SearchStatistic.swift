import Strata
import StrataLab

/// A number of a search.
package struct SearchStatistic: Sendable {
  /// What it is, a phrase.
  package let name: String
  /// How it is written.
  package let form: RunStatistic.Form
  /// The number; `nil` where the search has none.
  let value: @Sendable (SearchResults) -> Double?

  /// The greatest validation accuracy of a stage.
  static func highest(_ stage: SearchStage) -> SearchStatistic {
    SearchStatistic(
      name: "highest validation accuracy of the \(stage.rawValue) stage", form: .percent
    ) {
      $0.scores(of: stage).max()
    }
  }

  /// The least validation accuracy of a stage.
  static func lowest(_ stage: SearchStage) -> SearchStatistic {
    SearchStatistic(
      name: "lowest validation accuracy of the \(stage.rawValue) stage", form: .percent
    ) {
      $0.scores(of: stage).min()
    }
  }

  /// The mean accuracy of the fine stage minus that of the coarse one.
  static let meanGain = SearchStatistic(
    name: "mean validation accuracy of the fine stage minus that of the coarse one", form: .percent
  ) { results in
    summaries(results).map { $0.fine.mean - $0.coarse.mean }
  }

  /// The highest accuracy of the fine stage minus that of the coarse one.
  static let highestGain = SearchStatistic(
    name: "highest validation accuracy of the fine stage minus that of the coarse one",
    form: .percent
  ) { results in
    summaries(results).map { $0.fine.maximum - $0.coarse.maximum }
  }

  /// The variance of the accuracies of the fine stage divided by that of the coarse one.
  static let varianceRatio = SearchStatistic(
    name:
      "variance of the validation accuracies of the fine stage, divided by that of the coarse one",
    form: .plain
  ) { results in
    guard let (coarse, fine) = summaries(results), let s = coarse.standardDeviation, s > 0,
      let t = fine.standardDeviation
    else { return nil }
    return t * t / (s * s)
  }

  /// The value of a setting in the best trial of a stage.
  static func best(_ key: RecipeKey, in stage: SearchStage) -> SearchStatistic {
    SearchStatistic(name: "best \(key.rawValue) of the \(stage.rawValue) stage", form: .plain) {
      $0.trials.first { $0.stage == stage }?.text(of: key).flatMap { Double($0) }
    }
  }

  private static func summaries(
    _ results: SearchResults
  ) -> (coarse: SampleSummary, fine: SampleSummary)? {
    guard let coarse = try? SampleSummary(results.scores(of: .coarse)),
      let fine = try? SampleSummary(results.scores(of: .fine))
    else { return nil }
    return (coarse, fine)
  }
}

extension SearchResults {
  /// The validation accuracies of the finished trials of a stage.
  fileprivate func scores(of stage: SearchStage) -> [Double] {
    trials.filter { $0.stage == stage }.compactMap(\.score)
  }
}
