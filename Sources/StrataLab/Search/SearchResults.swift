import Strata

/// What a search has found, once all its trials have ended.
package struct SearchResults: Sendable {
  /// What was searched, and how.
  package let plan: SearchPlan
  /// The study's file.
  package let study: String
  /// The data set's name.
  package let data: String
  /// The space of the fine stage and the reason for it; `nil` where there was none.
  package let fine: FineStage?
  /// All trials, the best first.
  package let trials: [Trial]

  /// The trial of the greatest validation accuracy.
  package let best: Trial

  package init(
    plan: SearchPlan, study: String, data: String, fine: FineStage?, trials: [Trial], best: Trial
  ) {
    self.plan = plan
    self.study = study
    self.data = data
    self.fine = fine
    self.trials = trials
    self.best = best
  }
}

extension Search {
  /// The results.
  ///
  /// - Precondition: all trials have ended.
  /// - Throws: `SearchFailure` when no trial can be compared, `DataError` when the study cannot be
  ///   read.
  package func results() throws -> SearchResults {
    let trials = try study.endedTrials().ranked
    guard let best = trials.first, best.score != nil else { throw SearchFailure(trials) }
    return SearchResults(
      plan: plan, study: study.path, data: data.pair.training.name, fine: try fineStage(),
      trials: trials, best: best)
  }
}

extension SearchResults {
  /// A table of all trials, the best first.
  package var table: String {
    let keys = plan.space.dimensions.map(\.key)
    let isStatusShown = trials.contains { $0.score == nil }
    var table = TextTable(
      [.init("rank", .right), .init("trial", .right), .init("stage")]
        + keys.map { .init($0.rawValue, .right) }
        + [.init("validation", .right), .init("test", .right), .init("seconds", .right)]
        + (isStatusShown ? [.init("status")] : []))
    for (index, trial) in trials.enumerated() {
      table.add(cells(of: trial, rank: index + 1, keys: keys))
    }
    return table.text
  }

  private func cells(of trial: Trial, rank: Int, keys: [RecipeKey]) -> [String] {
    let outcome = trial.outcome
    let accuracies = [outcome?.validationAccuracy, outcome?.testAccuracy].map {
      $0.map { percentText($0, decimals: 2) } ?? "-"
    }
    return [trial.score == nil ? "-" : "\(rank)", "\(trial.number)", trial.stage.rawValue]
      + keys.map { trial.text(of: $0) ?? "-" } + accuracies
      + [fixedText(outcome?.seconds ?? 0, decimals: 1), outcome?.status.rawValue ?? ""]
  }

  /// The recipe of the best trial, as a file.
  package var bestRecipe: String {
    let score = percentText(best.score ?? 0, decimals: 2)
    let settings = (best.outcome?.recipe ?? "").split(separator: "\n").filter {
      !$0.hasPrefix("#")
    }
    return "# strata \(strataVersion): trial \(best.number) of \(trials.count) of "
      + "\(printableLine(lastComponent(of: study))), validation accuracy \(score)\n"
      + settings.map { $0 + "\n" }.joined()
  }
}
