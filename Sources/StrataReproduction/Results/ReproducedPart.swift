import Strata
package import StrataLab

/// What was found when an experiment was made again.
package enum ReproducedPart: Sendable {
  /// Of each row the results, seed by seed.
  case runs([ReproducedResults])
  /// The checks.
  case gradients([ReproducedCheck])
  /// The search, and the network that its finalists are compared with.
  case search(SearchResults, baseline: ReproducedResults?)
  /// The sentence that says why a search found nothing.
  case failedSearch(String)
  /// Of each setting the results with what was chosen, and with something else.
  case choices([ReproducedChoice])
}

/// The results of a row.
package struct ReproducedResults: Sendable {
  /// What was trained.
  package let row: ReproducedRow
  /// Those that were trained to their end.
  package let finished: [ReproductionResult]
  /// Those that met a number that is not finite.
  package let diverged: [DivergedRun]

  init(_ row: ReproducedRow, _ outcomes: [ReproductionOutcome]) {
    self.row = row
    finished = outcomes.compactMap { if case .finished(let result) = $0 { result } else { nil } }
    diverged = outcomes.compactMap { if case .diverged(let run) = $0 { run } else { nil } }
  }

  /// A number of `summary.json`, seed by seed; those that diverged have none.
  ///
  /// - Throws: `DataError` when a summary lacks it.
  package func numbers(_ measure: PublishedNumber.Measure) throws -> [Double] {
    try finished.map { try $0.number(measure.rawValue) }
  }

  /// Summarizes that number; `nil` where every run diverged.
  ///
  /// - Throws: `DataError` when a summary lacks it.
  package func summary(_ measure: PublishedNumber.Measure) throws -> SampleSummary? {
    finished.isEmpty ? nil : try SampleSummary(numbers(measure))
  }
}

/// The results with what was chosen for a setting, and with something else.
package struct ReproducedChoice: Sendable {
  /// The setting.
  package let setting: VariedSetting
  /// With what was chosen.
  package let chosen: ReproducedResults
  /// With something else.
  package let alternative: ReproducedResults
}

extension ReproducedPart {
  /// Of every network that was trained for it.
  package var results: [ReproducedResults] {
    switch self {
    case .runs(let results): results
    case .search(_, let baseline): baseline.map { [$0] } ?? []
    case .choices(let choices): choices.flatMap { [$0.chosen, $0.alternative] }
    case .gradients, .failedSearch: []
    }
  }
}

extension [ReproducedResults] {
  /// The results of the network of that label; `nil` where there is none.
  func labelled(_ label: String) -> ReproducedResults? { first { $0.row.label == label } }
}
