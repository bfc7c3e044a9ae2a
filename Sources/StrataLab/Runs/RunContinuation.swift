package import Strata

/// An unfinished run, read from its folder, with what it takes to go on.
package struct RunContinuation: Sendable {
  /// The state to go on from; `nil` for the beginning.
  package let checkpoint: Checkpoint?
  /// The run.
  package let plan: TrainingPlan
  /// Sentences about what is not as it was.
  package let warnings: [String]

  /// Reads the folder of a run that was begun.
  ///
  /// - Throws: `DataError` when there is none, it is finished, it is damaged, or the data is another;
  ///   `ConfigurationError` when its recipe was changed.
  package init(of folder: borrowing RunFolder) throws {
    let path = folder.path
    let found = try folder.files.checkpoints.load()
    let recipe = try Self.recipe(in: path, of: found.checkpoint)
    plan = try TrainingPlan(recipe, startsAnew: found.checkpoint == nil)
    checkpoint = found.checkpoint
    warnings = try found.warnings + Self.differences(found.checkpoint, plan, path)
  }

  /// The recipe of the checkpoint, which the file beside it still has to say.
  private static func recipe(in folder: String, of checkpoint: Checkpoint?) throws -> Recipe {
    let file = path(folder, RunFolder.recipeName)
    let isThere = FileStatus(path: file) != .missing
    var written = Recipe()
    if isThere { try written.apply(contentsOfFile: file) }
    guard let checkpoint else {
      guard isThere else {
        throw DataError(
          .malformed, path: folder, expected: "a whole checkpoint or a recipe", found: "neither",
          hint: "train again")
      }
      return written
    }
    var recipe = Recipe()
    try recipe.apply(
      yaml: checkpoint.origin.recipe, name: path(folder, CheckpointFiles.lastName))
    if isThere { try recipe.requireSame(as: written, in: file) }
    return recipe
  }

  /// Checks that data, version and kernel are what they were.
  private static func differences(
    _ checkpoint: Checkpoint?, _ plan: TrainingPlan, _ folder: String
  ) throws -> [String] {
    guard let origin = checkpoint?.origin else { return [] }
    let digest = plan.data.digest
    guard origin.dataDigest == digest else {
      throw DataError(
        .malformed, path: folder,
        expected: "the data that the run was begun with, \(origin.dataName) of SHA-256 "
          + origin.dataDigest,
        found: "\(plan.split.training.name) of SHA-256 \(digest)", hint: "restore the data")
    }
    let kernel = try KernelSet.ofProcess().name
    var warnings: [String] = []
    if origin.kernel != kernel {
      warnings.append(
        "the run was begun with the kernels \(origin.kernel) and goes on with \(kernel), so its "
          + "last bits may differ from those of a run that was not interrupted.")
    }
    if origin.version != strataVersion {
      warnings.append(
        "the run was begun by version \(origin.version) and goes on with \(strataVersion), so it "
          + "may differ from one that was not interrupted.")
    }
    return warnings
  }
}

extension RunContinuation {
  /// Where the run goes on, for standard error.
  package var line: String {
    guard let checkpoint else { return "resume    from the beginning, since nothing is saved yet" }
    return "resume    from update step \(countText(checkpoint.step)) of "
      + countText(plan.configuration.updateSteps)
  }
}

extension Recipe {
  /// Checks that a recipe file says what a run was begun with; threads and what only says when to
  /// save may differ.
  fileprivate func requireSame(as written: Recipe, in file: String) throws {
    let ignored: Set<RecipeKey> = [.threads, .checkpointEvery, .output]
    for key in RecipeKey.allCases where !ignored.contains(key) && key.isUsed(by: schedule) {
      let (begun, found) = (value(of: key), written.value(of: key))
      guard begun != found else { continue }
      throw ConfigurationError(
        setting: "\(file): \(key.rawValue)",
        expected: "\(begun?.option ?? "none"), with which the run was begun",
        found: found?.option ?? "none", hint: "restore the setting or train anew")
    }
  }
}
