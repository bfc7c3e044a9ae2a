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
  /// All trials, the best first; those of the final stage, where there is one, before the others.
  package let trials: [Trial]
  /// The trials that were trained again, the best first.
  package let finalists: [Finalist]

  /// The finished trial of the greatest validation accuracy; with finalists, of the winner's.
  package let best: Trial

  package init(
    plan: SearchPlan, study: String, data: String, fine: FineStage?, trials: [Trial],
    finalists: [Finalist] = [], best: Trial
  ) {
    self.plan = plan
    self.study = study
    self.data = data
    self.fine = fine
    self.trials = trials
    self.finalists = finalists
    self.best = best
  }

  /// The best finalist; `nil` where there is none all of whose runs were finished.
  package var winner: Finalist? { finalists.first.flatMap { $0.validation == nil ? nil : $0 } }

  /// The trial whose recipe is the result: the winner's with the base seed, else the best.
  package var chosen: Trial { winner?.trials.first ?? best }
}

extension SearchResults {
  /// The same results as if finalists had been trained from fewer seeds.
  ///
  /// - Throws: `ConfigurationError` where an accuracy is no number.
  package func limited(toFinalSeeds seeds: Int) throws -> SearchResults {
    guard finalists.contains(where: { $0.trials.count > seeds }) else { return self }
    let finals = finalists.flatMap { $0.trials.prefix(seeds) }
    let before = trials.filter { $0.stage != .final }
    return try SearchResults(
      plan: plan, study: study, data: data, fine: fine, finals: finals, before: before)
  }

  /// Ranks the finalists by their runs, `finals`, and the trials of the stages before.
  ///
  /// - Precondition: a trial of the stages before is finished.
  /// - Throws: `ConfigurationError` where an accuracy is no number.
  init(
    plan: SearchPlan, study: String, data: String, fine: FineStage?, finals: [Trial],
    before: [Trial]
  ) throws {
    let finalists = try Finalist.ranked(finals)
    let winner = finalists.first.flatMap { $0.validation == nil ? nil : $0 }
    let before = before.ranked
    self.init(
      plan: plan, study: study, data: data, fine: fine, trials: finals.ranked + before,
      finalists: finalists, best: winner?.trials.ranked.first ?? before[0])
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
    let before = ended.filter { $0.stage != .final }.ranked
    guard before.first?.score != nil else {
      throw SearchFailure(before)
    }
    let results = try SearchResults(
      plan: stages.plan, study: study.path, data: data.pair.training.name, fine: stages.fineStage,
      finals: ended.filter { $0.stage == .final }, before: before)
    try check(recipeOf: results.chosen, plan: stages.plan)
    return results
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
    where key.isUsed(in: made) && !Self.keysFilledIn.contains(key) {
      guard let value = made.value(of: key), value != kept.value(of: key) else { continue }
      throw DataError(
        damagedStudy: study.path,
        "the recipe of trial \(trial.number) has a \(key.rawValue) that differs from its settings")
    }
  }

  /// What a recipe that is kept may say in other words than the one it was made from: where the data
  /// and the weights are, and how long the run lasts.
  private static let keysFilledIn: Set<RecipeKey> = [
    .data, .dataDirectory, .initialWeights, .threads, .output, .epochs, .stepSize,
  ]
}
