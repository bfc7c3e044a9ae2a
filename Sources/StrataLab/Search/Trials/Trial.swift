/// The parts of a search, in their order.
package enum SearchStage: String, Sendable, Hashable, CaseIterable {
  /// Over the whole space.
  case coarse
  /// Around the best of the coarse stage.
  case fine
  /// The best trials again, from several seeds.
  case final
}

/// What came of a trial.
package struct TrialOutcome: Sendable, Hashable {
  /// How a trial ended.
  package enum Status: String, Sendable, Hashable, CaseIterable {
    /// It was trained and measured.
    case finished
    /// Others were better at a rung.
    case stopped
    /// A number stopped being finite.
    case diverged
    /// Its settings do not fit each other or the data.
    case refused
  }

  /// How it ended.
  package let status: Status
  /// Why it was not finished; empty for a trial that was.
  package var reason = ""
  /// The recipe, every setting resolved but the threads, as YAML; empty for a refused one.
  package var recipe = ""
  /// The evaluations so far as `metrics.csv` holds them; empty for a diverged or refused trial.
  package var metrics = ""
  /// Update steps made; `nil` for a refused trial and for those that an earlier version kept.
  package var steps: Int?
  /// Update steps of the whole run; `nil` where `steps` is.
  package var fullSteps: Int?
  /// At the end, with measured statistics where the recipe asks for them, or at the rung where it
  /// was stopped, a fraction; `nil` for a diverged or refused trial.
  package var validationAccuracy: Double?
  /// At the same place, in nats.
  package var validationLoss: Double?
  /// Measured with the last network of a finished trial; no choice depends on it.
  package var testAccuracy: Double?
  /// Measured with the last network of a finished trial, in nats.
  package var testLoss: Double?
  /// Seconds that the trial took on one thread, evaluations included, waiting not.
  package var seconds = 0.0

  package init(_ status: Status) { self.status = status }
}

/// One training of a search.
package struct Trial: Sendable, Hashable {
  /// Counted from 1 through all stages.
  package let number: Int
  /// The part of the search that it belongs to.
  package let stage: SearchStage
  /// What it varies.
  package let values: [TrialValue]
  /// The first trial with an equal recipe, where that is another one, whose outcome it takes.
  package var twin: Int?
  /// What came of it; `nil` while it has not ended.
  package var outcome: TrialOutcome?

  package init(
    _ number: Int, _ stage: SearchStage, _ values: [TrialValue], twin: Int? = nil,
    outcome: TrialOutcome? = nil
  ) {
    self.number = number
    self.stage = stage
    self.values = values
    self.twin = twin
    self.outcome = outcome
  }

  /// What finished trials are compared by: the validation accuracy at the end.
  package var score: Double? {
    outcome?.status == .finished ? outcome?.validationAccuracy : nil
  }

  /// The number and the score for a person: `12 (52.30 %)`.
  var scoreText: String { "\(number) (\(percentText(score ?? 0, decimals: 2)))" }

  /// The value of a setting.
  package func text(of key: RecipeKey) -> String? {
    values.first { $0.key == key }?.text
  }

  /// The number by which it is sorted among trials that ended alike, and before it how they ended:
  /// finished, stopped after so many steps, or without any result.
  fileprivate var rank: (Int, Double) {
    if let score { return (.max, score) }
    guard let outcome, let accuracy = outcome.validationAccuracy else { return (-1, 0) }
    return (outcome.steps ?? 0, accuracy)
  }
}

extension Sequence<Trial> {
  /// The best first: finished trials, then stopped ones, those that came far before the others,
  /// then those without a result; equally good ones in the order of their numbers.
  package var ranked: [Trial] {
    sorted { left, right in
      left.rank == right.rank ? left.number < right.number : left.rank > right.rank
    }
  }
}
