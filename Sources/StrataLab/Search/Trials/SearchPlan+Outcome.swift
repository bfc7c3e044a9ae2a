import Strata

extension SearchPlan {
  /// Trains and measures a trial on one thread; what comes of it depends on the plan, the trial, the
  /// data, the kernels and the decisions at rungs alone.
  ///
  /// - Parameters:
  ///   - trial: The trial.
  ///   - data: The data set, shared by all trials of the process.
  ///   - memory: What it may take; empty for no limit.
  ///   - shouldStop: Asked between update steps.
  ///   - shouldContinue: Asked at each rung.
  /// - Throws: `Stopped` when it is to stop, `TrialTooLarge` where there is no memory for it now,
  ///   `DataError` for initial weights that cannot be read, and what `shouldContinue` throws.
  package func outcome(
    of trial: Trial, on data: RunData, memory: [MemoryLimit], shouldStop: @escaping () -> Bool,
    shouldContinue: (RungResult) throws -> Bool
  ) throws -> TrialOutcome {
    let clock = ContinuousClock()
    let start = clock.now
    var waiting = Duration.zero
    var outcome: TrialOutcome
    do {
      let plan = try TrainingPlan(recipe(trial.values), data: data, memory: [])
      try plan.checkMemory(memory, of: trial)
      outcome = try plan.outcome(
        rungs: trial.stage == .final
          ? [] : halving?.rungs(ofRun: plan.length.updateSteps) ?? [],
        shouldStop: shouldStop
      ) { rung, accuracy in
        let asked = clock.now
        defer { waiting += asked.duration(to: clock.now) }
        return try shouldContinue(RungResult(trial.number, trial.stage, rung, accuracy: accuracy))
      }
    } catch let error as ConfigurationError {
      outcome = TrialOutcome(.refused)
      outcome.reason = error.description
    }
    outcome.seconds = (start.duration(to: clock.now) - waiting) / .seconds(1)
    return outcome
  }
}

extension TrainingPlan {
  /// Tells a lack of memory from settings that are impossible, which are an outcome.
  fileprivate func checkMemory(_ limits: [MemoryLimit], of trial: Trial) throws {
    do {
      try checkMemory(limits)
    } catch let error as ConfigurationError {
      throw TrialTooLarge(trial, error)
    }
  }

  /// Trains from rung to rung and measures; a run that diverges is an outcome too.
  fileprivate func outcome(
    rungs: [Rung], shouldStop: @escaping () -> Bool, shouldContinue: (Rung, Double) throws -> Bool
  ) throws -> TrialOutcome {
    let trainer = try Trainer(
      configuration, data: split, initialWeights: initialWeights, threads: 1,
      kernels: .ofProcess())
    var rungs = rungs[...]
    var lost: Metrics?
    do {
      try trainer.run(
        RunCallbacks(shouldStop: shouldStop),
        isDue: { step in rungs.first.map { step >= $0.step } ?? false },
        pause: {
          guard let rung = rungs.popFirst(), let found = trainer.measureValidation() else {
            rungs = []
            return true
          }
          try trainer.requireFinite(found, on: "validation")
          if try shouldContinue(rung, found.accuracy) { return true }
          lost = found
          return false
        })
      if let lost { return stopped(trainer, at: lost) }
      return try finished(trainer)
    } catch let error as DivergenceError {
      var outcome = TrialOutcome(.diverged)
      outcome.reason = error.description
      outcome.recipe = sharedRecipe.yaml
      (outcome.steps, outcome.fullSteps) = (error.step, length.updateSteps)
      return outcome
    }
  }

  private func stopped(_ trainer: Trainer, at found: Metrics) -> TrialOutcome {
    var outcome = measured(.stopped, trainer, found)
    outcome.reason = "stopped at step \(trainer.step) of \(length.updateSteps)"
    return outcome
  }

  /// - Throws: `DivergenceError` where a cost is not finite.
  private func finished(_ trainer: Trainer) throws -> TrialOutcome {
    let (last, test, _) = try trainer.finalMeasurements(statisticsSample)
    var outcome = measured(.finished, trainer, last.validation)
    outcome.testAccuracy = test.metrics.accuracy
    outcome.testLoss = test.metrics.loss
    return outcome
  }

  private func measured(
    _ status: TrialOutcome.Status, _ trainer: Trainer, _ validation: Metrics?
  ) -> TrialOutcome {
    var outcome = TrialOutcome(status)
    outcome.recipe = sharedRecipe.yaml
    outcome.metrics = MetricsFile.text(trainer.history)
    (outcome.steps, outcome.fullSteps) = (trainer.step, length.updateSteps)
    outcome.validationAccuracy = validation?.accuracy
    outcome.validationLoss = validation?.loss
    return outcome
  }

  /// The recipe without the threads, on which nothing depends.
  private var sharedRecipe: Recipe {
    var recipe = recipe
    recipe.threads = nil
    return recipe
  }
}
