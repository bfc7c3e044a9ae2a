import CLibrary
import Strata
import StrataLab

/// What the threads that train the runs of a reproduction have in common.
final class TrainingWork: Sendable {
  let workers: WorkerGroup
  private let reproduction: Reproduction
  /// What each run may take; asked before the first one has taken any.
  private let memory: [MemoryLimit]
  private let works: [RecipeChanges: Double]
  private let state: Locked<State>

  private struct State {
    var waiting: [ReproductionRun]
    var progress: ReproductionProgress
  }

  /// A run whose folder this process holds.
  private struct Claim: ~Copyable {
    let run: ReproductionRun
    let folder: RunFolder
  }

  /// The longest runs begin first, so that the threads end at about the same time.
  init(
    _ reproduction: Reproduction, _ runs: [ReproductionRun], jobs: Int,
    shouldStop: @escaping @Sendable () -> Bool
  ) throws {
    self.reproduction = reproduction
    memory = Machine.memoryLimits.shared(by: jobs)
    workers = WorkerGroup(shouldStop: shouldStop)
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
    state = Locked(State(waiting: ordered, progress: progress))
  }

  var progress: ReproductionProgress { state.withLock { $0.progress } }

  /// Trains one run after the other.
  func doAll() throws {
    while let claim = try next() {
      let run = claim.run
      try train(consume claim)
      end(run, isOurs: true)
    }
  }

  /// The first waiting run that no other process is making; `nil` when none is waiting.
  ///
  /// While others make the last ones it waits, since a run whose process dies becomes free.
  private func next() throws -> Claim? {
    while true {
      let waiting = state.withLock { $0.waiting }
      if waiting.isEmpty { return nil }
      for run in waiting {
        if workers.isStopped { throw Stopped() }
        if let claim = try claim(run) { return claim }
      }
      usleep(100_000)
    }
  }

  /// Takes a waiting run; `nil` where another thread or process has it, or had it until it ended.
  private func claim(_ run: ReproductionRun) throws -> Claim? {
    if reproduction.hasEnded(run) {
      if take(run) { end(run, isOurs: false) }
      return nil
    }
    guard let folder = try RunFolder(claimingUnfinished: reproduction.path(of: run)) else {
      return nil
    }
    // It may have diverged elsewhere after the first look and before the folder was free.
    guard !reproduction.hasEnded(run), take(run) else { return nil }
    return Claim(run: run, folder: folder)
  }

  /// Takes a run from those that wait, unless another thread has.
  private func take(_ run: ReproductionRun) -> Bool {
    state.withLock { state in
      guard let index = state.waiting.firstIndex(of: run) else { return false }
      state.waiting.remove(at: index)
      return true
    }
  }

  private func train(_ claim: consuming Claim) throws {
    let run = claim.run
    let plan = try TrainingPlan(
      reproduction.recipe(of: run), data: reproduction.data,
      memory: memory)
    do {
      _ = try plan.run(
        into: claim.folder, isKept: false,
        RunCallbacks(shouldStop: { [workers] in workers.isStopped }))
    } catch let error as DivergenceError {
      try DurableFile.write(
        DivergedRun(run, error).json.indentedText + "\n",
        to: reproduction.divergencePath(of: run))
    }
  }

  /// Notes that a run has ended, here or elsewhere.
  private func end(_ run: ReproductionRun, isOurs: Bool) {
    let work = works[run.changes] ?? 0
    state.withLock {
      $0.progress.ended += 1
      $0.progress.made += isOurs ? work : 0
      $0.progress.left -= work
    }
  }
}
