import Glibc
import Strata
import Synchronization

/// How far a reproduction is.
package struct ReproductionProgress: Sendable {
  /// What is made, for a person.
  package var doing = ""
  /// Runs that this process has to make.
  package var total = 0
  /// Those that have ended.
  package var ended = 0
  /// Multiplications of this kind of work that this process has made so far.
  package var made = 0.0
  /// Multiplications that are left, of this and all later kinds of work.
  package var left = 0.0

  package init() {}
}

/// Thrown out of a reproduction that is to stop; what is finished is kept.
package struct ReproductionStopped: Error {
  package init() {}
}

/// A network that could not be trained.
package struct ReproductionFailure: Error, CustomStringConvertible {
  /// Which, and why.
  package let description: String
}

extension Reproduction {
  /// Trains what is not finished yet, several at a time.
  ///
  /// - Parameters:
  ///   - runs: The runs; finished ones are left as they are.
  ///   - jobs: Runs that are trained at the same time, on one thread each.
  ///   - shouldStop: Asked often; unfinished runs are given up once it says so.
  ///   - observe: Called several times a second.
  /// - Throws: `ReproductionStopped` when it was to stop, `ReproductionFailure` for a run that
  ///   diverged, and `DataError` when a folder cannot be had.
  package func train(
    _ runs: [ReproductionRun], jobs: Int, shouldStop: @escaping @Sendable () -> Bool,
    observe: (ReproductionProgress) -> Void
  ) throws {
    let missing = runs.filter { !isFinished($0) }
    guard !missing.isEmpty else { return }
    let work = try TrainingWork(self, missing, jobs: jobs, shouldStop: shouldStop)
    try work.crew.perform(on: jobs, work.doAll) { observe(work.progress) }
  }

  /// Whether a run has been made.
  package func isFinished(_ run: ReproductionRun) -> Bool {
    FileStatus(path: Strata.path(path(of: run), RunFolder.summaryName)).isFile
  }

  /// The results of runs.
  ///
  /// - Throws: `DataError` when one is damaged or not there.
  package func results(of runs: [ReproductionRun]) throws -> [ReproductionResult] {
    try runs.map { try ReproductionResult($0, path: path(of: $0)) }
  }
}

/// What the threads that train the runs of a reproduction have in common.
private final class TrainingWork: Sendable {
  let crew: Crew
  private let reproduction: Reproduction
  private let jobs: Int
  private let works: [RecipeChanges: Double]
  private let state: Mutex<State>

  private struct State {
    var waiting: [ReproductionRun]
    var progress: ReproductionProgress
  }

  /// The longest runs begin first, so that the threads end at about the same time.
  init(
    _ reproduction: Reproduction, _ runs: [ReproductionRun], jobs: Int,
    shouldStop: @escaping @Sendable () -> Bool
  ) throws {
    self.reproduction = reproduction
    self.jobs = jobs
    crew = Crew(shouldStop: shouldStop)
    var works: [RecipeChanges: Double] = [:]
    for changes in Set(runs.map(\.changes)) { works[changes] = try reproduction.work(of: changes) }
    self.works = works
    func names(_ run: ReproductionRun) -> String { run.folderName(origin: "") }
    func work(_ run: ReproductionRun) -> Double { works[run.changes] ?? 0 }
    let ordered = Set(runs).sorted { left, right in
      work(left) == work(right) ? names(left) < names(right) : work(left) > work(right)
    }
    var progress = ReproductionProgress()
    progress.total = ordered.count
    progress.doing = "networks"
    progress.left = ordered.reduce(0) { $0 + work($1) }
    state = Mutex(State(waiting: ordered, progress: progress))
  }

  var progress: ReproductionProgress { state.withLock { $0.progress } }

  /// Trains one run after the other.
  func doAll() throws {
    while let run = try next() { try train(run) }
  }

  private func next() throws -> ReproductionRun? {
    if crew.isStopped { throw ReproductionStopped() }
    return state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
  }

  private func train(_ run: ReproductionRun) throws {
    let plan = try TrainingPlan(
      reproduction.recipe(of: run), data: reproduction.data,
      memoryLimit: Machine.usableMemory.map { $0 / jobs })
    // Another process may be making it, or may just have made it.
    while !reproduction.isFinished(run) {
      if crew.isStopped { throw ReproductionStopped() }
      guard let folder = try RunFolder(claimingUnfinished: reproduction.path(of: run)) else {
        usleep(100_000)
        continue
      }
      do {
        _ = try plan.run(into: folder) { _ in if crew.isStopped { throw ReproductionStopped() } }
      } catch let error as DivergenceError {
        throw ReproductionFailure(
          description:
            "\(run.changes.command(data: reproduction.data.reference)) --seed \(run.seed): "
            + "\(error)")
      }
    }
    let work = works[run.changes] ?? 0
    state.withLock {
      $0.progress.ended += 1
      $0.progress.made += work
      $0.progress.left -= work
    }
  }
}
