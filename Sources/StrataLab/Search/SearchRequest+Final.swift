import Strata

extension SearchRequest {
  /// The final runs that are asked for; `nil` for none.
  ///
  /// - Parameters:
  ///   - space: What the coarse stage varies.
  ///   - trials: The trials of the stages before.
  /// - Throws: `ConfigurationError` for the first part that cannot be.
  func finalRuns(of space: SearchSpace, after trials: Int) throws -> FinalRuns? {
    let finalists = finalists ?? 0
    guard (0...trials).contains(finalists) else {
      throw ConfigurationError(
        setting: FinalRuns.finalistsName,
        expected: "a whole number from 0 to \(trials), the number of earlier trials",
        found: "\(finalists)")
    }
    guard finalists > 0 else {
      try checkNothingFinal()
      return nil
    }
    let seeds = finalSeeds ?? FinalRuns.defaultSeeds
    guard (1...FinalRuns.mostSeeds).contains(seeds) else {
      throw ConfigurationError(
        setting: FinalRuns.seedsName,
        expected: "a whole number from 1 to \(FinalRuns.mostSeeds)", found: "\(seeds)")
    }
    guard !space.dimensions.contains(where: { $0.key == .seed }) else {
      throw ConfigurationError(
        setting: "over", expected: "no seed in a search with finalists, which have several each",
        found: "seed", hint: "leave out --over seed=... or --finalists")
    }
    let runs = FinalRuns(
      finalists: finalists, seeds: seeds, settings: try finalSettings(of: space))
    guard runs.count <= SearchPlan.mostTrials else {
      throw ConfigurationError(
        setting: FinalRuns.finalistsName,
        expected: "at most \(SearchPlan.mostTrials) runs of finalists", found: "\(runs.count)",
        hint: "lower --finalists or --final-seeds")
    }
    return runs
  }

  /// Checks that no option of finalists is given without finalists.
  private func checkNothingFinal() throws {
    let given = [
      (FinalRuns.seedsName, finalSeeds.map { "\($0)" }), (FinalRuns.settingsName, final.first),
    ]
    for case (let name, let found?) in given {
      throw ConfigurationError(
        setting: name, expected: "no value in a search without finalists", found: found,
        hint: "give --finalists too")
    }
  }

  /// Reads the settings that only final runs have; their order is that of the help page.
  private func finalSettings(of space: SearchSpace) throws -> [TrialValue] {
    var settings: [TrialValue] = []
    for text in final {
      let value = try Self.finalSetting(text, of: space)
      guard !settings.contains(where: { $0.key == value.key }) else {
        throw ConfigurationError(
          setting: FinalRuns.settingsName, expected: "every setting once",
          found: "\(value.key.rawValue) twice")
      }
      settings.append(value)
    }
    try space.checkUse(of: settings, with: base)
    return RecipeKey.allCases.compactMap { key in settings.first { $0.key == key } }
  }

  private static func finalSetting(_ text: String, of space: SearchSpace) throws -> TrialValue {
    guard let sign = text.firstIndex(of: "=") else {
      throw ConfigurationError(
        setting: FinalRuns.settingsName,
        expected: "a setting and its value, such as step-size=2250",
        found: text.isEmpty ? "nothing" : text.debugDescription)
    }
    let key = try SearchDimension.key(
      named: String(text[..<sign]), setting: FinalRuns.settingsName)
    guard key != .seed else {
      throw ConfigurationError(
        setting: FinalRuns.settingsName, expected: "a setting other than the seed", found: "seed",
        hint: "--seed gives the first one and --final-seeds their number")
    }
    guard !space.dimensions.contains(where: { $0.key == key }) else {
      throw ConfigurationError(
        setting: FinalRuns.settingsName, expected: "a setting that the search does not vary",
        found: key.rawValue, hint: "leave it out here or in --over")
    }
    var recipe = Recipe()
    try recipe.set(key, to: String(text[text.index(after: sign)...]))
    return TrialValue(key, recipe.value(of: key)?.option ?? "")
  }
}
