import Strata
package import StrataLab

/// A search of a document.
package struct ReproducedSearch: Sendable {
  /// What the trials have in common.
  package let base: SourcedSettings
  /// The settings that vary.
  package let over: [String]
  /// How trials are chosen.
  package var method = SearchMethod.random
  /// Trials of the coarse stage; of a grid, the most.
  package let trials: Int
  /// The space of the fine stage; `nil` to derive it.
  package var fineOver: [String] = []
  /// Trials of the fine stage; 0 for none.
  package let fineTrials: Int
  /// What the finalists are trained with, but for what was searched; `nil` for no finalists.
  package var final: SourcedSettings?
  /// How many of the best trials are trained again where there is a final run.
  package var finalists = 3
  /// The idea for improvement that the search tries, in a few words; `nil` for none.
  package var improvement: String?

  /// The settings that vary, between dashes.
  var name: String { over.map { $0.prefix { $0 != "=" } }.joined(separator: "-") }

  /// The network of the finalists without what was searched; `nil` for no finalists.
  package var baseline: ReproducedRow? { final.map { ReproducedRow("before the search", $0) } }

  /// What trials share: evaluations on the way change nothing, so there are none.
  private var trialSettings: SourcedSettings { SheetSettings.endOnly(base) }

  /// What the finalists' runs change in the trials' settings, as it is typed.
  private var finalChanges: [String] {
    (final?.settings ?? []).filter { trialSettings[$0.key] != $0.text }
      .map { "\($0.key.rawValue)=\($0.text)" }
  }

  /// The request.
  ///
  /// - Parameter seeds: Seeds of each finalist.
  /// - Throws: `ConfigurationError` when a setting cannot be.
  package func request(seeds: Int) throws -> SearchRequest {
    var request = SearchRequest(base: try trialSettings.changes.recipe(), over: over)
    request.method = method
    request.trials = trials
    request.fineOver = fineOver
    request.fineTrials = fineTrials == 0 ? nil : fineTrials
    request.stages = fineTrials == 0 ? 1 : 2
    if final != nil {
      request.finalists = finalists
      request.finalSeeds = seeds
      request.final = finalChanges
    }
    return request
  }

  /// The command that makes it on a data set.
  ///
  /// - Parameter seeds: Seeds of each finalist.
  package func command(data: String, seeds: Int) -> String {
    let spaces = over.map { "--over \(shellWord($0))" }
    let fine = fineOver.map { "--fine-over \(shellWord($0))" }
    let counts =
      (method == .random ? [] : ["--method \(method.rawValue)"])
      + ["--trials \(trials)"]
      + (fineTrials == 0 ? ["--stages 1"] : ["--fine-trials \(fineTrials)"])
    let finals =
      final == nil
      ? []
      : ["--finalists \(finalists) --final-seeds \(seeds)"]
        + finalChanges.map { "--final \(shellWord($0))" }
    return
      (["strata search --data \(shellWord(data))"] + trialSettings.changes.words + spaces + fine
      + counts + finals).joined(separator: " ")
  }
}
