package import Strata

extension TrainingPlan {
  /// Trains the network from the beginning or from a checkpoint and writes the results.
  ///
  /// - Parameters:
  ///   - isKept: Whether checkpoints are saved on the way, from which an interrupted run goes on.
  /// - Throws: `Stopped` when the run was to stop, `DivergenceError` at the first number that is not
  ///   finite, `DataError` when the folder cannot be written. Checkpoints stay in the folder then;
  ///   where there are none, what was written is removed.
  package func run(
    into folder: consuming RunFolder, from checkpoint: Checkpoint? = nil, isKept: Bool = true,
    _ callbacks: RunCallbacks = RunCallbacks()
  ) throws -> RunSummary {
    let files = folder.files
    files.remove(RunFolder.divergenceName)
    do {
      return try isKept
        ? runKept(in: folder, from: checkpoint, callbacks) : runAtOnce(in: folder, callbacks)
    } catch let error as DivergenceError {
      if files.checkpoints.areThere { files.record(Divergence(error)).map(callbacks.warn) }
      throw error
    }
  }

  private func runAtOnce(
    in folder: consuming RunFolder, _ callbacks: RunCallbacks
  ) throws -> RunSummary {
    let start = ContinuousClock.now
    try folder.checkSpace(for: neededSpace, greatestFile: greatestFile)
    data.beginDigest()
    let trainer = try trainer()
    try trainer.run(callbacks)
    return try conclude(trainer, in: folder, since: start)
  }

  private func runKept(
    in folder: consuming RunFolder, from checkpoint: Checkpoint?, _ callbacks: RunCallbacks
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
      if trainer.network.isFinite { keep(trainer, by: keeper, callbacks, after: nil) }
    }
    let outcome = Result {
      try trainer.run(callbacks, isDue: keeper.isDue(afterStep:)) {
        keep(trainer, by: keeper, callbacks, after: earlier)
        return true
      }
    }
    keeper.finish().map(callbacks.warn)
    if checkpoints.areThere { folder.keep() }
    do {
      try outcome.get()
    } catch is Stopped {
      try checkpoints.save(complete(self.checkpoint(of: trainer, after: earlier)))
      folder.keep()
      throw stopped(at: trainer.step, in: folder.path)
    }
    return try conclude(trainer, in: folder, after: earlier)
  }

  private func keep(
    _ trainer: Trainer, by keeper: CheckpointKeeper, _ callbacks: RunCallbacks,
    after earlier: Checkpoint.Origin?
  ) {
    let state = checkpoint(of: trainer, after: earlier)
    keeper.save { complete(state) }.map(callbacks.warn)
  }

  private func stopped(at step: Int, in folder: String) -> Stopped {
    Stopped(
      "stopped and saved at update step \(step) of \(length.updateSteps); this continues the "
        + "run: strata resume \(shellWord(folder))")
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
