import Strata

extension SearchPlan {
  /// Checks that there is a validation part to compare by, and that every end of a range and every
  /// choice is possible with some values of the other settings.
  ///
  /// - Throws: `ConfigurationError` for the first that is not.
  func check(on data: RunData) throws {
    guard base.resolvedValidation(of: data.pair) > 0 else {
      throw ConfigurationError(
        setting: "validation", expected: "at least 1 image, to compare trials",
        found: "0")
    }
    for space in [space, givenFineSpace].compactMap(\.self) {
      for dimension in space.dimensions {
        for value in dimension.marks {
          try check([value], in: space, on: data, halving: halving)
        }
      }
    }
    if let finals { try check(finals.settings, in: space, on: data, halving: nil) }
  }

  /// The most combinations with values of the other settings that are tried for a value.
  private static let mostCombinations = 1000

  /// Checks values: by themselves in the base recipe, else with the ends and choices of the others.
  private func check(
    _ values: [TrialValue], in space: SearchSpace, on data: RunData, halving: Halving?
  ) throws {
    var problem: ConfigurationError?
    func isPossible(_ values: [TrialValue]) throws -> Bool {
      do {
        try checkPossible(values, on: data, halving: halving)
        return true
      } catch let error as ConfigurationError {
        problem = problem ?? error
        return false
      }
    }
    if try isPossible(values) { return }
    let keys = values.map(\.key)
    let others = space.dimensions.filter { !keys.contains($0.key) }.map(\.marks)
    for more in combinations(of: others, atMost: Self.mostCombinations)
    where try isPossible(values + more) { return }
    if let problem { throw problem }
  }

  private func checkPossible(
    _ values: [TrialValue], on data: RunData, halving: Halving?
  ) throws {
    let plan = try TrainingPlan(
      recipe(values), data: data, memory: Machine.memoryLimits)
    guard let halving else { return }
    let length = plan.length.updateSteps
    guard halving.rungs(ofRun: length).count == halving.rungs else {
      throw ConfigurationError(
        setting: "rungs",
        expected: "a first one after at least one of the \(length) update steps of a run",
        found: "\(halving.rungs) with the reduction \(halving.reduction)",
        hint: "lower rungs or reduction")
    }
  }
}

extension SearchDimension {
  /// The ends of the range, or every choice.
  fileprivate var marks: [TrialValue] { grid(2).map { TrialValue(key, $0) } }
}

/// The first of all combinations with one value of each list, the last list changing fastest.
private func combinations(of lists: [[TrialValue]], atMost limit: Int) -> [[TrialValue]] {
  lists.reduce([[]]) { rows, list in
    Array(rows.flatMap { row in list.map { row + [$0] } }.prefix(limit))
  }
}
