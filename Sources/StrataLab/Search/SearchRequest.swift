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
  /// How trials are chosen.
  package var method = SearchMethod.random
  /// Trials of the coarse stage; of a grid, the most.
  package var trials = 20
  /// Trials of the fine stage; `nil` for the default.
  package var fineTrials: Int?
  /// 1 for the coarse stage alone, 2 for a fine one after it; `nil` for 2 where a range can be
  /// narrowed.
  package var stages: Int?

  /// Trials of the fine stage where nothing else is said.
  package static let defaultFineTrials = 10

  package init(base: Recipe, over: [String]) {
    self.base = base
    self.over = over
  }
}

/// A search of which everything is known but what its trials will show.
package struct SearchPlan: Sendable {
  /// What the trials have in common.
  package let base: Recipe
  /// The settings that vary in the coarse stage.
  package let space: SearchSpace
  /// What was given for the fine stage; `nil` to derive it.
  package let givenFineSpace: SearchSpace?
  /// How trials are chosen.
  package let method: SearchMethod
  /// The trials of the coarse stage; those of a grid may be fewer.
  package let trials: Int
  /// The trials of the fine stage; 0 for none.
  package let fineTrials: Int

  /// The most trials of a stage.
  package static let mostTrials = 100_000

  /// Reads the request.
  ///
  /// - Throws: `ConfigurationError` for the first part that cannot be.
  package init(_ request: SearchRequest) throws {
    base = request.base
    method = request.method
    trials = try Self.count(request.trials, of: "trials")
    let space = try SearchSpace(request.over.map { try SearchDimension($0) })
    self.space = space
    try space.checkUse(with: base.schedule)
    let stages = try request.stages(of: space)
    fineTrials =
      stages == 1
      ? 0
      : try Self.count(
        request.fineTrials ?? SearchRequest.defaultFineTrials, of: "fine-trials")
    givenFineSpace = try request.fineSpace(keys: Set(space.dimensions.map(\.key)))
    if method == .grid {
      _ = try space.pointsPerRange(atMost: trials)
      if fineTrials > 0 {
        // A derived space has no more choices than the coarse one.
        _ = try (givenFineSpace ?? space)
          .pointsPerRange(atMost: fineTrials, setting: "fine-trials")
      }
    }
  }

  private static func count(_ value: Int, of setting: String) throws -> Int {
    guard (1...mostTrials).contains(value) else {
      throw ConfigurationError(
        setting: setting, expected: "a whole number from 1 to \(mostTrials)", found: "\(value)")
    }
    return value
  }

  /// The trials of a stage, numbered from `first`.
  ///
  /// - Throws: `ConfigurationError` for a grid of more than its trials.
  func values(of stage: SearchStage, in space: SearchSpace, from first: Int) throws
    -> [[TrialValue]]
  {
    let count = stage == .coarse ? trials : fineTrials
    switch method {
    case .grid: return try space.grid(atMost: count)
    case .random:
      return (first..<(first + count)).map { space.draw(seed: base.seed, trial: $0) }
    }
  }

  /// The recipe of a trial.
  ///
  /// A value that the trial's schedule has no use for is left out.
  ///
  /// - Throws: `ConfigurationError` when a value is none of its setting.
  package func recipe(_ values: [TrialValue]) throws -> Recipe {
    var recipe = base
    for value in values where value.key == .schedule { try recipe.set(.schedule, to: value.text) }
    let used = values.filter { $0.key.isUsed(by: recipe.schedule) }
    try recipe.apply(options: used.map { (key: $0.key, text: $0.text) })
    recipe.threads = 1
    recipe.output = nil
    return recipe
  }
}

extension SearchRequest {
  /// The stages that are asked for.
  fileprivate func stages(of space: SearchSpace) throws -> Int {
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

  /// The space that is given for the fine stage, over the same settings as the coarse one.
  fileprivate func fineSpace(keys: Set<RecipeKey>) throws -> SearchSpace? {
    guard !fineOver.isEmpty else { return nil }
    let fine = try SearchSpace(fineOver.map { try SearchDimension($0) })
    for key in Set(fine.dimensions.map(\.key)).symmetricDifference(keys) {
      throw ConfigurationError(
        setting: "fine-over", expected: "the settings of --over",
        found: keys.contains(key) ? "no \(key.rawValue)" : "also \(key.rawValue)")
    }
    return fine
  }
}
