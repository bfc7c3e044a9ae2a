import Strata

/// A search, and what a document says it found.
package struct ReproducedSearch: Sendable {
  /// What the trials have in common.
  package let base: RecipeChanges
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
  /// What is trained as it is and with the best values that are found; `nil` for nothing.
  package var final: RecipeChanges?

  /// The request.
  ///
  /// - Throws: `ConfigurationError` when a setting cannot be.
  package func request() throws -> SearchRequest {
    var request = SearchRequest(base: try base.recipe(), over: over)
    request.method = method
    request.trials = trials
    request.fineOver = fineOver
    request.fineTrials = fineTrials == 0 ? nil : fineTrials
    request.stages = fineTrials == 0 ? 1 : 2
    return request
  }

  /// The command that makes it on a data set.
  package func command(data: String) -> String {
    let spaces = over.map { "--over \(shellWord($0))" }
    let fine = fineOver.map { "--fine-over \(shellWord($0))" }
    let counts =
      (method == .random ? [] : ["--method \(method.rawValue)"])
      + ["--trials \(trials)"]
      + (fineTrials == 0 ? ["--stages 1"] : ["--fine-trials \(fineTrials)"])
    return (["strata search --data \(shellWord(data))"] + base.words + spaces + fine + counts)
      .joined(separator: " ")
  }
}
