import Strata
import StrataLab

/// How far a reproduction is.
package struct ReproductionProgress: Sendable {
  /// What is made, for a person.
  package var doing = ""
  /// Runs, trials or checks that were still to be made when this kind of work began.
  package var total = 0
  /// Those that have ended.
  package var ended = 0
  /// Multiplications of this kind of work that this process has made so far.
  package var made = 0.0
  /// Multiplications that are left, of this and all later kinds of work.
  package var left = 0.0

  package init() {}
}

extension Reproduction {
  /// Trains what has not ended yet, several at a time, together with other processes that work in the folder.
  ///
  /// - Parameters:
  ///   - runs: The runs; those that have ended are left as they are.
  ///   - jobs: Runs that are trained at the same time, on one thread each.
  ///   - shouldStop: Asked often; unfinished runs are given up once it says so.
  ///   - observe: Called several times a second.
  /// - Throws: `Stopped` when it was to stop, `DataError` when a folder cannot be had.
  package func train(
    _ runs: [ReproductionRun], jobs: Int, shouldStop: @escaping @Sendable () -> Bool,
    observe: (ReproductionProgress) -> Void
  ) throws {
    let missing = runs.filter { !hasEnded($0) }
    guard !missing.isEmpty else { return }
    let work = try TrainingWork(self, missing, jobs: jobs, shouldStop: shouldStop)
    try work.workers.perform(on: jobs, work.doAll) { observe(work.progress) }
  }

  /// Whether a run has been made, to its end or until it diverged.
  package func hasEnded(_ run: ReproductionRun) -> Bool {
    FileStatus(path: Strata.path(path(of: run), RunFolder.summaryName)).isFile
      || FileStatus(path: divergencePath(of: run)).isFile
  }

  /// What became of runs that have ended.
  ///
  /// - Throws: `DataError` when what was kept of one is damaged or not there.
  package func outcomes(of changes: RecipeChanges) throws -> [ReproductionOutcome] {
    let runs = runs(of: changes)
    guard let first = runs.first else { return [] }
    var recipe = try TrainingPlan(recipe(of: first), data: data, memory: []).recipe
    return try runs.map { run in
      recipe.seed = run.seed
      let record = divergencePath(of: run)
      return FileStatus(path: record).isFile
        ? .diverged(try DivergedRun(run, contentsOf: record))
        : .finished(
          try ReproductionResult(
            run, path: path(of: run), recipe: recipe, digest: data.digest))
    }
  }
}
