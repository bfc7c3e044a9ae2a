import Strata

/// The first trial of each recipe; the others with it are not trained.
struct TrialTwins: Sendable {
  private var firsts: [Recipe: Int] = [:]

  /// Takes in the trials of a stage, and marks those whose recipe an earlier trial has.
  ///
  /// By the first rules, studies keep equal trials, which halving may have treated differently.
  mutating func marked(_ trials: [Trial], of plan: SearchPlan) -> [Trial] {
    trials.map { trial in
      // A recipe that cannot be is refused when its turn comes.
      guard let recipe = try? plan.recipe(trial.values) else { return trial }
      var marked = trial
      if let first = firsts[recipe] {
        marked.twin = isMarked(trial, of: plan) ? first : nil
      } else {
        firsts[recipe] = trial.number
      }
      return marked
    }
  }

  private func isMarked(_ trial: Trial, of plan: SearchPlan) -> Bool {
    plan.rules != .first || trial.stage == .final && plan.halving == nil
  }

  /// The trials of a search that have ended: those that are kept, and those that take the outcome of
  /// one of these, and no time.
  static func completed(_ made: [Trial], by ended: [Trial]) -> [Trial] {
    let outcomes = Dictionary(
      ended.map { ($0.number, $0.outcome) }, uniquingKeysWith: { first, _ in first })
    return made.compactMap { trial in
      var trial = trial
      trial.outcome = outcomes[trial.twin ?? trial.number] ?? nil
      if trial.twin != nil { trial.outcome?.seconds = 0 }
      return trial.outcome == nil ? nil : trial
    }
  }
}
