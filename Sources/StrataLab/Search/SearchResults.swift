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

  /// The finished trial of the greatest validation accuracy.
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
  /// - Throws: `SearchFailure` when no trial is finished, `DataError` when the study cannot be read
  ///   or was edited.
  package func results() throws -> SearchResults {
    let (ended, stages) = try checkedTrials()
    let trials = ended.ranked
    guard let best = trials.first, best.score != nil else { throw SearchFailure(trials) }
    try check(recipeOf: best, plan: stages.plan)
    return SearchResults(
      plan: stages.plan, study: study.path, data: data.pair.training.name, fine: stages.fineStage,
      trials: trials, best: best)
  }

  /// Checks that the recipe that is kept with a trial is its recipe, since it is given out.
  private func check(recipeOf trial: Trial, plan: SearchPlan) throws {
    var kept = Recipe()
    do {
      try kept.apply(yaml: trial.outcome?.recipe ?? "", name: study.path)
    } catch {
      throw DataError(
        damagedStudy: study.path, "the recipe of trial \(trial.number) cannot be read")
    }
    let made = try plan.recipe(trial.values)
    for key in RecipeKey.allCases
    where key.isUsed(by: made.schedule) && !Self.keysFilledIn.contains(key) {
      guard let value = made.value(of: key), value != kept.value(of: key) else { continue }
      throw DataError(
        damagedStudy: study.path,
        "the recipe of trial \(trial.number) has another \(key.rawValue) than its settings")
    }
  }

  /// What a recipe that is kept may say in other words than the one it was made from: where the data
  /// and the weights are, and how long the run lasts.
  private static let keysFilledIn: Set<RecipeKey> = [
    .data, .dataDirectory, .initialWeights, .threads, .output, .epochs, .stepSize,
  ]
}

extension SearchResults {
  /// A table of all trials, the best first.
  package var table: String {
    let keys = plan.space.dimensions.map(\.key)
    let isStatusShown = trials.contains { $0.score == nil }
    let columns = keys.map { key in
      alikeNumbers(trials.map { $0.text(of: key) ?? "-" })
    }
    var table = TextTable(
      [.init("rank", .right), .init("trial", .right), .init("stage")]
        + keys.map { .init($0.rawValue, .right) }
        + [.init("validation", .right), .init("test", .right), .init("seconds", .right)]
        + (isStatusShown ? [.init("status")] : []))
    for (index, trial) in trials.enumerated() {
      table.add(cells(of: trial, rank: index + 1, values: columns.map { $0[index] }))
    }
    return table.text
  }

  private func cells(of trial: Trial, rank: Int, values: [String]) -> [String] {
    let outcome = trial.outcome
    let status = outcome?.status.rawValue ?? ""
    let step = outcome?.steps.map { " at step \($0)" } ?? ""
    let accuracies = [outcome?.validationAccuracy, outcome?.testAccuracy].map {
      $0.map { percentText($0, decimals: 2) } ?? "-"
    }
    return [trial.score == nil ? "-" : "\(rank)", "\(trial.number)", trial.stage.rawValue]
      + values + accuracies
      + [
        fixedText(outcome?.seconds ?? 0, decimals: 1),
        outcome?.status == .stopped ? status + step : status,
      ]
  }

  /// What stopping trials early has saved, for standard error; `nil` where none was to be.
  package var halvingLine: String? {
    guard plan.halving != nil else { return nil }
    let outcomes = trials.compactMap(\.outcome)
    let made = outcomes.reduce(0) { $0 + ($1.steps ?? 0) }
    let all = outcomes.reduce(0) { $0 + ($1.fullSteps ?? 0) }
    let stopped = outcomes.count { $0.status == .stopped }
    return "halving   \(countText(stopped)) of \(countText(trials.count)) trials stopped early, "
      + "\(countText(made)) of \(countText(all)) update steps made "
      + "(\(percentText(Double(made) / Double(max(1, all)))))"
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
