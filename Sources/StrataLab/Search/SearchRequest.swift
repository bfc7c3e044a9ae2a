import Strata

/// How the trials of a search are chosen.
package enum SearchMethod: String, Sendable, Hashable, CaseIterable {
  /// Independently of each other (Bergstra & Bengio 2012,
  /// <https://jmlr.org/papers/v13/bergstra12a.html>).
  case random
  /// At equal distances.
  case grid
}

/// What a search is asked to do, in the words of the command's options.
package struct SearchRequest: Sendable {
  /// What the trials have in common; its seed is also that of the search.
  package var base: Recipe
  /// The settings that vary.
  package var over: [String]
  /// The same for the fine stage; none to derive it from the coarse one.
  package var fineOver: [String] = []
  /// How trials are chosen; `nil` for random ones where a range is varied, else for every choice.
  package var method: SearchMethod?
  /// Trials of the coarse stage; of a grid, the most.
  package var trials = 20
  /// Trials of the fine stage; `nil` for the default.
  package var fineTrials: Int?
  /// 1 for the coarse stage alone, 2 for a fine one after it; `nil` for 2 where a range can be
  /// narrowed.
  package var stages: Int?

  /// The trials that are trained again in the end; `nil` for none.
  package var finalists: Int?
  /// The seeds of each of them; `nil` for the default.
  package var finalSeeds: Int?
  /// The settings that these runs have on top of their own, such as `step-size=2250`.
  package var final: [String] = []

  /// Whether hopeless trials are stopped early.
  package var isHalving = false
  /// η of the halving; `nil` for the default.
  package var reduction: Int?
  /// Rungs of the halving; `nil` for the default.
  package var rungs: Int?

  /// The default number of trials of the fine stage.
  package static let defaultFineTrials = 10

  package init(base: Recipe, over: [String]) {
    self.base = base
    self.over = over
  }
}

extension SearchRequest {
  /// The stages that are asked for.
  func stages(of space: SearchSpace) throws -> Int {
    let hasRange = space.dimensions.contains { $0.range != nil }
    let stages = stages ?? (hasRange ? 2 : 1)
    guard (1...2).contains(stages) else {
      throw ConfigurationError(
        setting: "stages", expected: "1 (coarse) or 2 (coarse, then fine)", found: "\(stages)")
    }
    guard stages == 1 || hasRange else {
      throw ConfigurationError(
        setting: "stages", expected: "1, since choices cannot be narrowed like a range",
        found: "2")
    }
    for (name, isGiven) in [("fine-trials", fineTrials != nil), ("fine-over", !fineOver.isEmpty)]
    where stages == 1 && isGiven {
      throw ConfigurationError(
        setting: name, expected: "no value in a search of one stage", found: "one",
        hint: hasRange ? "give --stages 2" : "vary a setting over a range")
    }
    return stages
  }

  /// The halving that is asked for; `nil` for none.
  func halvingAsked() throws -> Halving? {
    for (name, value, range) in [("reduction", reduction, 2...100), ("rungs", rungs, 1...20)] {
      guard let value else { continue }
      guard isHalving else {
        throw ConfigurationError(
          setting: name, expected: "no value in a search without halving",
          found: "\(value)", hint: "give --halving too")
      }
      guard range.contains(value) else {
        throw ConfigurationError(
          setting: name,
          expected: "a whole number from \(range.lowerBound) to \(range.upperBound)",
          found: "\(value)")
      }
    }
    guard isHalving else { return nil }
    return Halving(
      reduction: reduction ?? Halving.defaultReduction, rungs: rungs ?? Halving.defaultRungs)
  }

  /// The space that is given for the fine stage, over the same settings as the coarse one.
  func fineSpace(keys: Set<RecipeKey>) throws -> SearchSpace? {
    guard !fineOver.isEmpty else { return nil }
    let fine = try SearchSpace(fineOver.map { try SearchDimension($0) })
    let difference = Set(fine.dimensions.map(\.key)).symmetricDifference(keys)
    if let key = RecipeKey.allCases.first(where: difference.contains) {
      throw ConfigurationError(
        setting: "fine-over", expected: "the settings of --over",
        found: keys.contains(key) ? "no \(key.rawValue)" : "also \(key.rawValue)")
    }
    return fine
  }
}
