package import Strata

/// An unfinished run, read from its folder and ready to continue.
package struct RunContinuation: Sendable {
  /// The state to go on from; `nil` for the beginning, where nothing was saved.
  package let checkpoint: Checkpoint?
  /// The run.
  package let plan: TrainingPlan
  /// Sentences about changes since the start.
  package let warnings: [String]

  /// Reads the folder of a started run; damaged checkpoints get other names.
  ///
  /// - Throws: `DataError` when there is none, all that was saved of it is damaged, or the data is
  ///   another; `ConfigurationError` when its recipe was changed.
  package init(of folder: borrowing RunFolder) throws {
    let path = folder.path
    let checkpoints = folder.files.checkpoints
    let found = try checkpoints.load()
    if found.checkpoint == nil, let damage = found.damages.first {
      guard damage.kind == .malformed else { throw damage }
      throw DataError(
        .malformed, path: damage.path, expected: damage.expected, found: damage.found,
        hint: "no intact checkpoint is left: remove checkpoint*.safetensors to start from the "
          + "beginning")
    }
    let recipe = try Self.recipe(in: path, of: found.checkpoint)
    do {
      plan = try TrainingPlan(recipe, startsAnew: found.checkpoint == nil)
    } catch let error as DataError where error.kind == .notFound && error.path == recipe.data {
      throw DataError(
        .notFound, path: error.path, expected: error.expected, found: error.found,
        hint: "set STRATA_DATA, or data and data-dir in "
          + Strata.path(path, RunFolder.recipeName))
    }
    checkpoint = found.checkpoint
    let differences = try Self.differences(found.checkpoint, plan, path)
    warnings = try checkpoints.setAside(found.damages) + differences
  }

  /// The recipe of the checkpoint, which the file beside it still has to say; where things are, and
  /// who does the work, the file alone says.
  private static func recipe(in folder: String, of checkpoint: Checkpoint?) throws -> Recipe {
    let written = try writtenRecipe(path(folder, RunFolder.recipeName))
    guard let checkpoint else {
      guard let written else {
        throw DataError(
          .notFound, path: folder, expected: "a checkpoint or a recipe", found: "neither",
          hint: "train again")
      }
      return written
    }
    let begun = try begunRecipe(of: checkpoint, in: folder)
    guard let written else { return begun }
    try begun.requireSame(as: written, in: path(folder, RunFolder.recipeName))
    return written
  }

  /// The recipe file of a run; `nil` where there is none.
  private static func writtenRecipe(_ file: String) throws -> Recipe? {
    let status = FileStatus(path: file)
    if status == .missing { return nil }
    guard status.isFile else {
      throw DataError(
        .malformed, path: file, expected: "a recipe file", found: "something else",
        hint: "remove it; the checkpoint also holds the recipe")
    }
    var recipe = Recipe()
    try recipe.apply(contentsOfFile: file)
    return recipe
  }

  private static func begunRecipe(of checkpoint: Checkpoint, in folder: String) throws -> Recipe {
    var recipe = Recipe()
    do {
      try recipe.apply(yaml: checkpoint.origin.recipe, name: "the recipe")
    } catch let error as ConfigurationError {
      throw DataError(
        .malformed, path: folder, expected: "a checkpoint with a recipe",
        found: "one that this version rejects: “\(error)”", hint: "train again")
    }
    return recipe
  }

  /// Checks that data, version and kernel are unchanged.
  private static func differences(
    _ checkpoint: Checkpoint?, _ plan: TrainingPlan, _ folder: String
  ) throws -> [String] {
    guard let origin = checkpoint?.origin else { return [] }
    let digest = plan.data.digest
    guard origin.dataDigest == digest else {
      throw DataError(
        .malformed, path: folder,
        expected: "the run's original data, \(origin.dataName) of SHA-256 "
          + origin.dataDigest,
        found: "\(plan.split.training.name) of SHA-256 \(digest)", hint: "restore the data")
    }
    let kernel = try KernelSet.ofProcess().name
    var warnings: [String] = []
    if origin.kernel != kernel {
      warnings.append(
        "the run started with the kernels \(origin.kernel) and continues with \(kernel), so its "
          + "last bits may differ from those of an uninterrupted run.")
    }
    if origin.version != strataVersion {
      warnings.append(
        "the run started with version \(origin.version) and continues with \(strataVersion), so "
          + "it may differ from an uninterrupted run.")
    }
    return warnings
  }
}

extension RunContinuation {
  /// Where the run goes on, for standard error.
  package var line: String {
    guard let checkpoint else { return "resume    from the beginning, since nothing is saved yet" }
    return "resume    from update step \(countText(checkpoint.step)) of "
      + countText(plan.length.updateSteps)
  }
}

extension Recipe {
  /// Checks that a recipe file has the run's original settings.
  fileprivate func requireSame(as written: Recipe, in file: String) throws {
    for key in RecipeKey.allCases where !key.isPlace && key.isUsed(in: self) {
      let (begun, found) = (value(of: key), written.value(of: key))
      guard begun != found else { continue }
      throw ConfigurationError(
        setting: "\(file): \(key.rawValue)",
        expected: "\(begun?.option ?? "none"), the run's original setting",
        found: found?.option ?? "none", hint: "restore the setting or start a new run")
    }
  }
}
