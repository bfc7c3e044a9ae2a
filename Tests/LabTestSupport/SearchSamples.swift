package import StrataLab

/// Plans and trials for the tests of searches.
package enum SearchSamples {
  /// A small base recipe on the built-in images: a trial takes a moment.
  package static func base(_ settings: (RecipeKey, String)...) throws -> Recipe {
    let options: [(RecipeKey, String)] =
      [
        (.data, "shapes"), (.train, "60"), (.validation, "40"), (.hidden, "4"),
        (.batchSize, "20"), (.epochs, "2"),
      ] + settings
    var recipe = Recipe()
    try recipe.apply(options: options.map { (key: $0.0, text: $0.1) })
    return recipe
  }

  package static func plan(
    over: [String] = ["lambda=log:1e-5..1e-1"], base: Recipe? = nil,
    _ change: (inout SearchRequest) -> Void = { _ in }
  ) throws -> SearchPlan {
    var request = SearchRequest(base: try base ?? Self.base(), over: over)
    change(&request)
    return try SearchPlan(request)
  }

  package static func trial(
    _ number: Int, lambda: String, accuracy: Double?, stage: SearchStage = .coarse
  ) -> Trial {
    var outcome = TrialOutcome(accuracy == nil ? .diverged : .finished)
    outcome.validationAccuracy = accuracy
    outcome.validationLoss = accuracy.map { 2 - $0 }
    outcome.testAccuracy = accuracy.map { $0 - 0.01 }
    outcome.testLoss = accuracy.map { 2.1 - $0 }
    outcome.seconds = 1.25
    outcome.reason = accuracy == nil ? "it diverged" : ""
    outcome.recipe = "# a heading\nlambda: \(lambda)\n"
    return Trial(number, stage, [TrialValue(.lambda, lambda)], outcome: outcome)
  }

  /// A trial that was stopped at a third or less of 360 steps.
  package static func stopped(
    _ number: Int, lambda: String, accuracy: Double, step: Int, stage: SearchStage = .coarse
  ) -> Trial {
    var outcome = TrialOutcome(.stopped)
    outcome.validationAccuracy = accuracy
    outcome.validationLoss = 2 - accuracy
    (outcome.steps, outcome.fullSteps) = (step, 360)
    outcome.seconds = 0.5
    outcome.reason = "stopped at step \(step) of 360"
    outcome.recipe = "lambda: \(lambda)\n"
    return Trial(number, stage, [TrialValue(.lambda, lambda)], outcome: outcome)
  }
}
