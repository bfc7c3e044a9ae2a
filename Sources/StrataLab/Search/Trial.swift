/// The two parts of a search.
package enum SearchStage: String, Sendable, Hashable, CaseIterable {
  /// Over the whole space.
  case coarse
  /// Around the best of the coarse stage.
  case fine
}

/// What came of a trial.
package struct TrialOutcome: Sendable, Hashable {
  /// How a trial ended.
  package enum Status: String, Sendable, Hashable, CaseIterable {
    /// It was trained and measured.
    case finished
    /// A number stopped being finite.
    case diverged
    /// Its settings do not fit each other, the data or the memory.
    case refused
  }

  /// How it ended.
  package let status: Status
  /// Why it was not finished; empty for a trial that was.
  package var reason = ""
  /// The recipe, every setting resolved but the threads, as YAML; empty for a refused one.
  package var recipe = ""
  /// The evaluations as `metrics.csv` holds them; empty for a trial that was not finished.
  package var metrics = ""
  /// At the end, with measured statistics where the recipe asks for them, a fraction; `nil` for a
  /// trial that was not finished.
  package var validationAccuracy: Double?
  /// At the end, in nats.
  package var validationLoss: Double?
  /// Measured with the last network; no choice depends on it.
  package var testAccuracy: Double?
  /// Measured with the last network, in nats.
  package var testLoss: Double?
  /// Seconds that the trial took on one thread, evaluations included.
  package var seconds = 0.0

  package init(_ status: Status) { self.status = status }
}

/// One training of a search.
package struct Trial: Sendable, Hashable {
  /// Counted from 1 through both stages.
  package let number: Int
  /// The part of the search that it belongs to.
  package let stage: SearchStage
  /// What it varies.
  package let values: [TrialValue]
  /// What came of it; `nil` while it has not ended.
  package var outcome: TrialOutcome?

  package init(
    _ number: Int, _ stage: SearchStage, _ values: [TrialValue], outcome: TrialOutcome? = nil
  ) {
    self.number = number
    self.stage = stage
    self.values = values
    self.outcome = outcome
  }

  /// What trials are compared by: the validation accuracy at the last evaluation.
  package var score: Double? { outcome?.validationAccuracy }

  /// The value of a setting.
  package func text(of key: RecipeKey) -> String? {
    values.first { $0.key == key }?.text
  }
}

extension Sequence<Trial> {
  /// The best first; those without a score last; equally good ones in the order of their numbers.
  package var ranked: [Trial] {
    sorted { left, right in
      let scores = (left.score ?? -1, right.score ?? -1)
      return scores.0 == scores.1 ? left.number < right.number : scores.0 > scores.1
    }
  }
}
