import Strata

extension SearchResults {
  /// The recipe that is the result.
  package static let recipeName = "best.yaml"
  /// Accuracies over the first setting that was varied over a range.
  package static let figureName = "scatter.svg"
  /// All trials, as comma-separated values.
  package static let tableName = "trials.csv"

  /// Writes the best recipe, the trials and the figure, each whole or not at all.
  ///
  /// - Returns: What was written, a line for each.
  /// - Throws: `DataError` when a file cannot be written.
  package func write(to folder: String) throws -> [String] {
    try Folder.create(folder)
    let recipe = path(folder, Self.recipeName)
    try DurableFile.write(bestRecipe, to: recipe)
    let table = path(folder, Self.tableName)
    try DurableFile.write(csv, to: table)
    var lines = ["best      \(recipe)", "trials    \(table)"]
    if let figure {
      let file = path(folder, Self.figureName)
      try DurableFile.write(figure, to: file)
      lines.append("scatter   \(file)")
    }
    return lines.map(printableLine)
  }

  /// The folder beside a study: its path without the ending of its name.
  package static func folder(besideStudy study: String) -> String {
    let name = lastComponent(of: study)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else {
      return study + "-results"
    }
    return String(study.dropLast(name[dot...].count))
  }

  /// The recipe of the best trial, or of the winner with the base seed, as a file.
  package var bestRecipe: String {
    let score = percentText(winner?.validation?.mean ?? best.score ?? 0, decimals: 2)
    let seeds = winner.map { ", mean of \($0.trials.count) seed\($0.trials.count == 1 ? "" : "s")" }
    let settings = (chosen.outcome?.recipe ?? "").split(separator: "\n").filter {
      !$0.hasPrefix("#")
    }
    return "# strata \(strataVersion): trial \(chosen.number) of \(trials.count) of "
      + "\(printableLine(lastComponent(of: study))), validation accuracy \(score)\(seeds ?? "")\n"
      + settings.map { $0 + "\n" }.joined()
  }
}
