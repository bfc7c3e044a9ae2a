import Dispatch
import Foundation
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
    let crew = try SearchCrew(self, jobs: jobs, shouldStop: shouldStop)
    crew.start()
    while !crew.isDone(within: 0.1) { observe(crew.progress) }
    observe(crew.progress)
    try crew.result()
    TrialClaim.removeFile(ofStudy: study.path)
  }
}

/// The threads that run trials in this process.
private final class SearchCrew: Sendable {
  private let search: Search
  private let jobs: Int
  private let shouldStop: @Sendable () -> Bool
  private let group = DispatchGroup()
  private let state: Mutex<State>

  private struct State {
    var progress = SearchProgress()
    var failure: (any Error)?
  }

  init(_ search: Search, jobs: Int, shouldStop: @escaping @Sendable () -> Bool) throws {
    self.search = search
    self.jobs = jobs
    self.shouldStop = shouldStop
    var progress = SearchProgress()
    progress.endedBefore = try search.study.endedNumbers().count
    state = Mutex(State(progress: progress))
    try update { _ in }
  }

  var progress: SearchProgress { state.withLock { $0.progress } }

  /// Starts a thread for each job.
  func start() {
    for _ in 0..<jobs {
      group.enter()
      Thread { [self] in
        do {
          try work()
        } catch {
          state.withLock { $0.failure = $0.failure ?? error }
        }
        group.leave()
      }.start()
    }
  }

  func isDone(within seconds: Double) -> Bool {
    group.wait(timeout: .now() + seconds) == .success
  }

  /// What ended the work, when it was not the last trial.
  func result() throws {
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  private var isStopped: Bool { shouldStop() || state.withLock { $0.failure != nil } }

  /// Claims and runs one trial after the other.
  private func work() throws {
    while let remaining = try search.remaining() {
      if isStopped { throw SearchStopped() }
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
        shouldStop: { isStopped })
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
    state.withLock { state in
      state.progress.total = total
      state.progress.ended = ended
      state.progress.best = best
      state.progress.fineReason = reason
      change(&state.progress)
    }
  }
}
