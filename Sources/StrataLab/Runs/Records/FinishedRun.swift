package import Strata

/// A run that is over, as its folder tells.
package struct FinishedRun: Sendable {
  /// The folder, as it was given.
  package let path: String
  /// The content of `summary.json`.
  package let summary: JSONValue
  /// The settings.
  package let recipe: Recipe
  /// The evaluations; at least one.
  package let history: [HistoryPoint]
  /// The trained network.
  package let model: Model

  /// Reads a run folder.
  ///
  /// - Throws: `DataError` when there is no finished run, a file of it is damaged, or they are not of
  ///   one run.
  package init(contentsOf path: String) throws {
    try Self.requireFinished(path)
    try Self.requireFiles(path)
    self.path = path
    let summaryPath = Strata.path(path, RunFolder.summaryName)
    summary = try Self.readSummary(summaryPath)
    recipe = try Self.readRecipe(Strata.path(path, RunFolder.recipeName))
    history = try MetricsFile.read(Strata.path(path, RunFolder.metricsName))
    model = try Model(contentsOfFile: Strata.path(path, RunFolder.modelName))
    try checkAgreement()
  }

  /// A number of `summary.json`; `nil` where it holds none.
  package func number(_ name: String) -> Double? { summary[name]?.real(Double.self) }

  /// A name for people: the folder's own.
  package var name: String {
    let name = lastComponent(of: path)
    return name == "." || name == ".." || name == "/" ? lastComponent(of: absolutePath(path)) : name
  }

  /// The SHA-256 of the data that it learned from.
  package var dataDigest: String { model.dataDigest }

  private static func requireFinished(_ path: String) throws {
    try RunFiles.requireFolder(path)
    let files = RunFiles(in: path)
    switch files.state {
    case .finished: return
    case .unfinished: throw files.unfinished
    case .none:
      throw DataError(
        .notFound, path: path, expected: "a finished run, which has a \(RunFolder.summaryName)",
        found: FileStatus(path: Strata.path(path, RunFolder.modelName)).isFile
          ? "one without it" : "no run",
        hint: "make one with strata train")
    }
  }

  /// Refuses what would be waited for, such as a named pipe.
  private static func requireFiles(_ path: String) throws {
    for name in [RunFolder.summaryName, RunFolder.recipeName, RunFolder.metricsName] {
      let file = Strata.path(path, name)
      let status = FileStatus(path: file)
      guard status.isFile || status == .missing else {
        throw DataError(
          .malformed, path: file, expected: "a file", found: "something else",
          hint: "train it again")
      }
    }
  }

  private static func readRecipe(_ path: String) throws -> Recipe {
    var recipe = Recipe()
    do {
      try recipe.apply(contentsOfFile: path)
    } catch let error as ConfigurationError {
      throw DataError(
        .malformed, path: path, expected: "the recipe of a run",
        found: "one that this version rejects: “\(error)”", hint: "train it again")
    }
    return recipe
  }
}
