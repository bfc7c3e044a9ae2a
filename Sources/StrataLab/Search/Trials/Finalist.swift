import Strata

/// A trial that was trained again from several seeds.
package struct Finalist: Sendable, Hashable {
  /// Its settings: what the search varied, then those of final runs; no seed.
  package let values: [TrialValue]
  /// Its runs, in the order of their seeds.
  package let trials: [Trial]
  /// The validation accuracies of its runs; `nil` where one was not finished.
  package let validation: SampleSummary?
  /// Their test accuracies; no choice depends on them.
  package let test: SampleSummary?
  /// Whether the mean difference from the best finalist, seed by seed, cannot be told from 0 at the
  /// 5 % level; `nil` for the best, with one seed, and where a run was not finished.
  package private(set) var isTied: Bool?

  /// Why a run was not finished; empty where all were.
  package var reason: String {
    trials.first { $0.score == nil }?.outcome?.reason ?? ""
  }

  /// Summarizes the runs of a finalist, in the order of their seeds.
  ///
  /// - Throws: `ConfigurationError` where an accuracy is no number.
  private init(_ values: [TrialValue], _ trials: [Trial]) throws {
    self.values = values
    self.trials = trials
    let scores = trials.compactMap(\.score)
    let isWhole = scores.count == trials.count
    validation = isWhole ? try SampleSummary(scores) : nil
    test = isWhole ? try SampleSummary(trials.compactMap { $0.outcome?.testAccuracy }) : nil
  }

  /// Ranks the finalists of final runs: the greatest mean validation accuracy first, of equal ones
  /// that which was better before, and last those with a run that was not finished.
  ///
  /// - Throws: `ConfigurationError` where an accuracy is no number.
  package static func ranked(_ trials: [Trial]) throws -> [Finalist] {
    var settings: [[TrialValue]] = []
    var runs: [[TrialValue]: [Trial]] = [:]
    for trial in trials.sorted(by: { $0.number < $1.number }) where trial.stage == .final {
      let values = trial.values.filter { $0.key != .seed }
      if runs[values] == nil { settings.append(values) }
      runs[values, default: []].append(trial)
    }
    let finalists = try settings.map { try Finalist($0, runs[$0] ?? []) }
    let means = finalists.map { $0.validation?.mean ?? -1 }
    let order = finalists.indices.sorted { (-means[$0], $0) < (-means[$1], $1) }
    return try order.map { try finalists[$0].compared(with: finalists[order[0]]) }
  }

  /// The finalist, told apart from the best one or not.
  private func compared(with best: Finalist) throws -> Finalist {
    let scores = trials.compactMap(\.score)
    guard values != best.values, validation != nil, scores.count > 1 else { return self }
    var finalist = self
    let differences = try PairedDifferences(of: best.trials.compactMap(\.score), from: scores)
    finalist.isTied = try PairedTTest(differences, level: 0.95).interval.contains(0)
    return finalist
  }
}
