import Glibc
import Strata
import Synchronization

/// How far a search is.
package struct SearchProgress: Sendable {
  /// Trials of the whole search; while a fine grid is not yet known, the most.
  package var total = 0
  /// Trials that have ended, in whatever process.
  package var ended = 0
  /// Trials that had ended when this process began.
  package var endedBefore = 0
  /// Trials that this process is training.
  package var running = 0
  /// The best of those that have ended.
  package var best: Trial?
  /// How the fine stage came about; `nil` before it has.
  package var fineReason: String?
  /// What this process has to tell about: the trials that it has ended, in that order.
  package var endedHere: [Trial] = []

  package init() {}
}

extension Search {
  /// Runs the trials that have not ended, together with whoever else works on the study, until all
  /// have.
  ///
  /// - Parameters:
  ///   - jobs: Trials that run at the same time here.
  ///   - shouldStop: Asked often; trials that are running are given up once it says so.
  ///   - observe: Called several times a second.
  /// - Throws: `SearchStopped` when it was to stop, `DataError` when the study fails.
  package func run(
    jobs: Int, shouldStop: @escaping @Sendable () -> Bool, observe: (SearchProgress) -> Void
  ) throws {
    let work = try SearchWork(self, jobs: jobs, shouldStop: shouldStop)
    try work.crew.perform(on: jobs, work.doAll) { observe(work.progress) }
    TrialClaim.removeFile(ofStudy: study.path)
  }
}

/// What the threads that run trials in this process have in common.
private final class SearchWork: Sendable {
  let crew: Crew
  private let search: Search
  private let jobs: Int
  private let state: Mutex<SearchProgress>

  init(_ search: Search, jobs: Int, shouldStop: @escaping @Sendable () -> Bool) throws {
    self.search = search
    self.jobs = jobs
    crew = Crew(shouldStop: shouldStop)
    var progress = SearchProgress()
    progress.endedBefore = try search.study.endedNumbers().count
    state = Mutex(progress)
    try update { _ in }
  }

  var progress: SearchProgress { state.withLock(\.self) }

  /// Claims and runs one trial after the other.
  func doAll() throws {
    while let remaining = try search.remaining() {
      if crew.isStopped { throw SearchStopped() }
      let claim = try TrialClaim(
        firstFreeOf: remaining.map(\.number), study: search.study.path)
      guard let claim else {
        // Others have the last ones of the stage; should one of them die, its trial becomes free.
        try update { _ in }
        usleep(50_000)
        continue
      }
      // It may have ended after this thread looked and before it had the claim.
      guard try !search.study.endedNumbers().contains(claim.number) else { continue }
      if let trial = remaining.first(where: { $0.number == claim.number }) { try run(trial) }
    }
  }

  /// Runs a trial that is claimed, and writes it down.
  private func run(_ trial: Trial) throws {
    try update { $0.running += 1 }
    var ended = trial
    do {
      ended.outcome = try search.plan.outcome(
        of: trial, on: search.data, memory: Machine.usableMemory.map { $0 / jobs },
        shouldStop: { crew.isStopped })
      try search.study.record(ended)
    } catch {
      try update { $0.running -= 1 }
      throw error
    }
    try update {
      $0.running -= 1
      $0.endedHere.append(ended)
    }
  }

  /// Changes what is known here, and looks at what others have done.
  private func update(_ change: (inout SearchProgress) -> Void) throws {
    let ended = try search.study.endedNumbers().count
    let best = try search.study.bestTrial()
    let total = search.trialCount
    let reason = search.fineReason
    state.withLock { progress in
      progress.total = total
      progress.ended = ended
      progress.best = best
      progress.fineReason = reason
      change(&progress)
    }
  }
}
