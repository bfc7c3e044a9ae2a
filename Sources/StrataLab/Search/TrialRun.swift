import Strata

/// Thrown out of a trial that is to be given up.
package struct SearchStopped: Error {
  package init() {}
}

extension SearchPlan {
  /// Trains and measures a trial on one thread; what comes of it depends on the plan, the trial, the
  /// data and the kernels alone.
  ///
  /// - Parameters:
  ///   - trial: The trial.
  ///   - data: The data set, shared by all trials of the process.
  ///   - memory: Bytes that it may take; `nil` for no limit.
  ///   - shouldStop: Asked between update steps.
  /// - Throws: `SearchStopped` when it is to stop, `DataError` for initial weights that cannot be
  ///   read.
  package func outcome(
    of trial: Trial, on data: RunData, memory: Int?, shouldStop: () -> Bool
  ) throws -> TrialOutcome {
    let start = ContinuousClock.now
    var outcome: TrialOutcome
    do {
      let plan = try TrainingPlan(
        recipe(trial.values), data: data, memoryLimit: memory)
      outcome = try plan.outcome(shouldStop: shouldStop)
    } catch let error as ConfigurationError {
      outcome = TrialOutcome(.refused)
      outcome.reason = error.description
    }
    outcome.seconds = start.duration(to: .now) / .seconds(1)
    return outcome
  }
}

extension TrainingPlan {
  /// Trains, and measures on the test part; a run that diverges is an outcome too.
  fileprivate func outcome(shouldStop: () -> Bool) throws -> TrialOutcome {
    var trainer = try Trainer(
      configuration, data: split, initialWeights: initialWeights, threads: 1,
      kernels: .ofProcess())
    do {
      try trainer.run { _ in if shouldStop() { throw SearchStopped() } }
    } catch let error as DivergenceError {
      var outcome = TrialOutcome(.diverged)
      outcome.reason = error.description
      outcome.recipe = sharedRecipe.yaml
      return outcome
    }
    let validation = trainer.finalMeasurement(statisticsSample).validation
    let test = trainer.evaluateOnTest().metrics
    var outcome = TrialOutcome(.finished)
    outcome.recipe = sharedRecipe.yaml
    outcome.metrics = MetricsFile.text(trainer.history)
    outcome.validationAccuracy = validation?.accuracy
    outcome.validationLoss = validation?.loss
    outcome.testAccuracy = test.accuracy
    outcome.testLoss = test.loss
    return outcome
  }

  /// The recipe without the threads, on which nothing depends.
  private var sharedRecipe: Recipe {
    var recipe = recipe
    recipe.threads = nil
    return recipe
  }
}
