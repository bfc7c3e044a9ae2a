import Strata

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
  package private(set) var trials: Int
  /// The trials of the fine stage; 0 for none.
  package private(set) var fineTrials: Int
  /// How the best trials are trained again in the end; `nil` for not at all.
  package private(set) var finals: FinalRuns?
  /// How trials follow from each other.
  package private(set) var rules = SearchRules.current
  /// How hopeless trials are stopped early; `nil` where all are trained to their end.
  package let halving: Halving?

  /// The most trials of a stage.
  package static let mostTrials = 100_000

  /// Reads the request.
  ///
  /// - Throws: `ConfigurationError` for the first part that cannot be.
  package init(_ request: SearchRequest) throws {
    base = request.base
    trials = try Self.count(request.trials, of: "trials")
    let space = try SearchSpace(request.over.map { try SearchDimension($0) })
    self.space = space
    let hasRange = space.dimensions.contains { $0.range != nil }
    method = request.method ?? (hasRange ? .random : .grid)
    try space.checkUse(with: base)
    let stages = try request.stages(of: space)
    fineTrials =
      stages == 1
      ? 0
      : try Self.count(
        request.fineTrials ?? SearchRequest.defaultFineTrials, of: "fine-trials")
    givenFineSpace = try request.fineSpace(keys: Set(space.dimensions.map(\.key)))
    halving = try request.halvingAsked()
    finals = try request.finalRuns(of: space, after: trials + fineTrials)
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

  /// How many trials there are.
  var counts: TrialCounts {
    TrialCounts(trials: trials, fineTrials: fineTrials, finals: finals, rules: rules)
  }

  /// The same plan with the trials of a study, which may have grown.
  func with(_ counts: TrialCounts) -> SearchPlan {
    var plan = self
    (plan.trials, plan.fineTrials) = (counts.trials, counts.fineTrials)
    (plan.finals, plan.rules) = (counts.finals, counts.rules)
    return plan
  }

  /// The trials of the coarse or the fine stage, numbered from `first`.
  ///
  /// - Throws: `ConfigurationError` for a grid of more than its trials.
  package func values(of stage: SearchStage, in space: SearchSpace, from first: Int) throws
    -> [[TrialValue]]
  {
    let count = stage == .coarse ? trials : fineTrials
    switch method {
    case .grid: return try space.grid(atMost: count)
    case .random:
      return (first..<(first + count)).map { space.draw(seed: base.seed, trial: $0) }
    }
  }

  /// The length of a final run in update steps of the base recipe's run; 1 where one cannot be.
  package func finalLength(on data: RunData) -> Double {
    func steps(_ values: [TrialValue]) -> Int? {
      try? TrainingPlan(recipe(values), data: data, memory: []).length.updateSteps
    }
    guard let finals, let long = steps(finals.settings), let short = steps([]) else { return 1 }
    return Double(long) / Double(max(1, short))
  }

  /// The recipe of a trial.
  ///
  /// A value that changes nothing, such as one that the trial's schedule does not use, is left out.
  ///
  /// - Throws: `ConfigurationError` when a value is none of its setting.
  package func recipe(_ values: [TrialValue]) throws -> Recipe {
    var recipe = base
    for value in values where RecipeKey.choosing.contains(value.key) {
      try recipe.set(value.key, to: value.text)
    }
    let used = values.filter { $0.key.isUsed(in: recipe) }
    try recipe.apply(options: used.map { (key: $0.key, text: $0.text) })
    recipe.threads = 1
    recipe.output = nil
    return recipe
  }
}
