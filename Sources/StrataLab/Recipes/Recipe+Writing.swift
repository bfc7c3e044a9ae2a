import Strata

extension Recipe {
  /// The settings that say what is computed, with their values: what repeats the run.
  ///
  /// Where the run folder lies is left out, and so is what the schedule does not use.
  private var entries: [(key: RecipeKey, value: SettingValue)] {
    RecipeKey.allCases.compactMap { key in
      guard key != .output, key.isUsed(in: self) else { return nil }
      return value(of: key).map { (key, $0) }
    }
  }

  /// The recipe as a file.
  package var yaml: String {
    let lines = entries.map { "\($0.key.rawValue): \($0.value.yaml)\n" }
    return "# strata \(strataVersion): strata train \(RunFolder.recipeName) repeats this run\n"
      + lines.joined()
  }

  /// The recipe as one line of JSON, for the metadata of a model file.
  ///
  /// Threads and the time between checkpoints are left out: the result does not depend on them, and
  /// so the file does not either.
  package var json: String {
    let members = entries.filter { $0.key != .threads && $0.key != .checkpointEvery }.map {
      "\"\($0.key.rawValue)\": \($0.value.json)"
    }
    return "{" + members.joined(separator: ", ") + "}"
  }
}
