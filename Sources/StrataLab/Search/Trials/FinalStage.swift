import Strata

/// The trials that are trained again from several seeds, and how they were chosen.
package struct FinalStage: Sendable, Hashable {
  /// The settings of each finalist, the best first: its own and those of final runs, no seed.
  package let finalists: [[TrialValue]]
  /// The reason, a sentence.
  package let reason: String

  /// The best finished trials of the stages before whose recipes differ; `nil` when there is none.
  ///
  /// - Throws: `ConfigurationError` when a trial has a value that is none of its setting.
  init?(_ runs: FinalRuns, of plan: SearchPlan, after trials: [Trial]) throws {
    var seen: Set<Recipe> = []
    let best = try trials.ranked.filter { trial in
      try trial.score != nil && seen.insert(plan.recipe(trial.values)).inserted
    }.prefix(runs.finalists)
    guard !best.isEmpty else { return nil }
    finalists = best.map { $0.values + runs.settings }
    let names = best.map(\.scoreText).joined(separator: ", ")
    let isOne = best.count == 1
    let trials = isOne ? "the best trial, number" : "the best \(best.count) trials, numbers"
    reason = "final stage: \(trials) \(names), \(runs.text)"
  }

  /// The runs, numbered from `first`: every finalist from the first seed, then from the next one.
  ///
  /// More seeds give more runs and leave the earlier ones as they are.
  func trials(seeds: Int, base: UInt64, from first: Int) -> [Trial] {
    let values = (0..<seeds).flatMap { index in
      finalists.map { $0 + [TrialValue(.seed, "\(base &+ UInt64(index))")] }
    }
    return values.enumerated().map { Trial(first + $0.offset, .final, $0.element) }
  }
}
