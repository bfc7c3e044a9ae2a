package import Strata

/// A run that was stopped, and is saved.
package struct RunStopped: Error {
  /// The run folder.
  package let path: String
  /// Update steps that have been made.
  package let step: Int
  /// Update steps of the whole run.
  package let totalSteps: Int
}

/// What somebody outside has to say to a run, and it to them.
package struct RunWatch {
  /// Whether the run is to be saved and left.
  package let shouldStop: () -> Bool
  /// Takes a sentence about what went wrong but does not end the run.
  package let warn: (String) -> Void
  /// Told of update steps and evaluations.
  package let observe: (TrainingEvent) throws -> Void

  /// Creates a watch.
  package init(
    shouldStop: @escaping () -> Bool, warn: @escaping (String) -> Void,
    observe: @escaping (TrainingEvent) throws -> Void
  ) {
    self.shouldStop = shouldStop
    self.warn = warn
    self.observe = observe
  }
}

extension TrainingPlan {
  /// Trains the network from the beginning or from a checkpoint, saves checkpoints on the way, and
  /// writes the results.
  ///
  /// - Throws: `RunStopped` when the run was to stop and is saved, `DivergenceError` at the first
  ///   number that is not finite, `DataError` when the folder cannot be written. The checkpoints
  ///   stay in the folder then.
  package func run(
    into folder: consuming RunFolder, from checkpoint: Checkpoint? = nil, watch: RunWatch
  ) throws -> RunSummary {
    let files = folder.files
    files.remove(RunFolder.divergenceName)
    do {
      return try runKept(in: folder, from: checkpoint, watch)
    } catch let error as DivergenceError {
      if files.checkpoints.areThere { files.record(Divergence(error)).map(watch.warn) }
      throw error
    }
  }

  private func runKept(
    in folder: consuming RunFolder, from checkpoint: Checkpoint?, _ watch: RunWatch
  ) throws -> RunSummary {
    let checkpoints = folder.files.checkpoints
    try folder.checkSpace(
      for: neededSpace + (checkpoint == nil ? 3 : 1) * checkpointSpace,
      greatestFile: max(greatestFile, checkpointSpace))
    data.beginDigest()
    let trainer = try trainer(from: checkpoint)
    let earlier = checkpoint?.origin
    let keeper = CheckpointKeeper(
      checkpoints, interval: recipe.checkpointEvery, stepsPerEpoch: length.stepsPerEpoch)
    if earlier == nil {
      try folder.write(RunFolder.recipeName, Array(recipe.yaml.utf8))
      // Without finite weights there is nothing to go on from.
      if trainer.network.isFinite {
        _ = keeper.save { [state = self.checkpoint(of: trainer, after: nil)] in complete(state) }
      }
    }
    var failure: (any Error)?
    do {
      try train(trainer, keeper, watch, after: earlier)
    } catch {
      failure = error
    }
    keeper.finish().map(watch.warn)
    if checkpoints.areThere { folder.keep() }
    if let failure { throw failure }
    if trainer.isFinished { return try conclude(trainer, in: folder, after: earlier) }
    try checkpoints.save(complete(self.checkpoint(of: trainer, after: earlier)))
    folder.keep()
    throw RunStopped(
      path: folder.path, step: trainer.step, totalSteps: length.updateSteps)
  }

  /// Makes update steps until the last or until the run is to stop, and saves when it is time.
  private func train(
    _ trainer: Trainer, _ keeper: CheckpointKeeper, _ watch: RunWatch,
    after earlier: Checkpoint.Origin?
  ) throws {
    while true {
      try trainer.run(
        pausingWhen: { watch.shouldStop() || keeper.isDue(afterStep: $0) },
        observe: watch.observe)
      if trainer.isFinished || watch.shouldStop() { return }
      let state = checkpoint(of: trainer, after: earlier)
      keeper.save { complete(state) }.map(watch.warn)
    }
  }

  /// The trainer of the run, at its beginning or at a checkpoint.
  func trainer(from checkpoint: Checkpoint? = nil) throws -> Trainer {
    guard let checkpoint else {
      return try Trainer(
        configuration, data: split, initialWeights: initialWeights, threads: threads,
        kernels: .ofProcess())
    }
    return try Trainer(
      resuming: checkpoint, configuration, data: split, threads: threads, kernels: .ofProcess())
  }

  /// The state of a trainer, all but the digest of the data, which may take a while.
  private func checkpoint(
    of trainer: Trainer, after earlier: Checkpoint.Origin?
  ) -> Checkpoint {
    let cost = cost(after: earlier)
    return trainer.checkpoint(
      origin: Checkpoint.Origin(
        recipe: recipe.yaml, dataName: split.training.name,
        kernel: kernelNames(trainer.kernelName, after: earlier),
        totalSeconds: cost.totalSeconds, peakMemory: cost.peakMemory))
  }

  /// The kernels that have worked on a run, in the order in which they came.
  func kernelNames(_ name: String, after earlier: Checkpoint.Origin?) -> String {
    guard let earlier, earlier.kernel != name else { return name }
    return earlier.kernel.split(separator: ", ").contains(Substring(name))
      ? earlier.kernel : "\(earlier.kernel), \(name)"
  }

  private func complete(_ checkpoint: Checkpoint) -> Checkpoint {
    var checkpoint = checkpoint
    checkpoint.origin.dataDigest = data.digest
    return checkpoint
  }
}
