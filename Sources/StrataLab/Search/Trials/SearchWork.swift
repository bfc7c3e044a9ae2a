import CLibrary
import Strata

/// What the threads that run trials in this process have in common.
final class SearchWork: Sendable {
  let workers: WorkerGroup
  private let search: Search
  /// What each trial may take; asked before the first one has taken any.
  private let memory: [MemoryLimit]
  /// The length of a final run in runs of the stages before.
  private let finalLength: Double
  private let state: Locked<SearchProgress>

  /// Microseconds between two looks at what others do.
  private static let pause: UInt32 = 50_000

  init(_ search: Search, jobs: Int, shouldStop: @escaping @Sendable () -> Bool) throws {
    self.search = search
    memory = Machine.memoryLimits.shared(by: jobs)
    workers = WorkerGroup(shouldStop: shouldStop)
    finalLength = search.known.plan.finalLength(on: search.data)
    state = Locked(SearchProgress())
    try state.withLock { progress in
      try look(&progress)
      (progress.endedBefore, progress.work.before) = (progress.ended, progress.work.done)
    }
  }

  var progress: SearchProgress { state.withLock(\.self) }

  /// Claims and runs one trial after the other.
  func doAll() throws {
    while let due = try search.dueTrials() {
      if workers.isStopped { throw Stopped() }
      let claim = try TrialClaim(
        firstFreeOf: due.trials.map(\.number), study: search.study.path)
      if let claim {
        try run(claim, of: due)
      } else {
        // Others have the last ones of the stage; should one of them die, its trial becomes free.
        try state.withLock { try look(&$0) }
        usleep(Self.pause)
      }
    }
  }

  /// Runs the trial that is claimed; where it gives way to another, that one.
  private func run(_ first: consuming TrialClaim, of due: DueTrials) throws {
    var claim = first
    while let trial = try trial(claim.number, of: due) {
      var earlier: TrialClaim?
      try run(trial, of: due, givingWayTo: &earlier)
      guard let next = earlier.take() else { return }
      claim = next
    }
  }

  /// The trial of a claim; `nil` where it ended after this thread looked and before it had the claim.
  private func trial(_ number: Int, of due: DueTrials) throws -> Trial? {
    if try search.study.endedNumbers().contains(number) { return nil }
    return due.trials.first { $0.number == number }
  }

  /// Runs a trial and writes it down.
  private func run(
    _ trial: Trial, of due: DueTrials, givingWayTo earlier: inout TrialClaim?
  ) throws {
    try state.withLock { progress in
      progress.running += 1
      try look(&progress)
    }
    var ended = trial
    do {
      ended.outcome = try search.known.plan.outcome(
        of: trial, on: search.data, memory: memory,
        shouldStop: { [workers] in workers.isStopped },
        shouldContinue: { try shouldContinue($0, of: due, givingWayTo: &earlier) })
    } catch {
      state.withLock { $0.running -= 1 }
      if error is TrialGivenUp { return }
      throw error
    }
    try end(ended, of: due)
  }

  /// Writes down what came of a trial, and takes it in at the same moment.
  private func end(_ trial: Trial, of due: DueTrials) throws {
    try state.withLock { progress in
      let isKept = try search.study.record(trial, in: due.counts)
      progress.running -= 1
      try look(&progress)
      guard isKept else { return }
      var then = progress
      then.endedHere = []
      progress.endedHere.append(SearchProgress.Ended(trial: trial, progress: then))
    }
  }

  /// Looks at what has been done, here and by others.
  private func look(_ progress: inout SearchProgress) throws {
    let known = search.known
    let ended = try search.study.endedNumbers()
    progress.ended = known.count(of: ended)
    (progress.work.done, progress.work.all) = known.work(ended, finalLength: finalLength)
    progress.best = try search.study.bestTrial()
    progress.total = known.trialCount
    progress.reasons = known.reasons
  }
}

/// Thrown out of a trial that is to be run again later.
private struct TrialGivenUp: Error {}

extension SearchWork {
  /// Writes down how good a trial was at a rung, waits until all trials of smaller numbers have been
  /// there or have ended, and says whether the trial goes on.
  ///
  /// The smallest unfinished trial never waits, so the search always progresses. Where
  /// the process that ran the awaited trial has died, the trial's claim is free: who takes it gives
  /// up the trial that waits, which is run again later and shows the same. To keep that one beside
  /// the other would take the memory of two networks for each thread, for something so rare.
  ///
  /// - Throws: `TrialGivenUp` when the trial gives way to that of the claim `earlier`, or is no
  ///   longer one of the study's; `Stopped` when the search is to stop.
  private func shouldContinue(
    _ result: RungResult, of due: DueTrials, givingWayTo earlier: inout TrialClaim?
  ) throws -> Bool {
    guard let halving = search.known.plan.halving,
      try search.study.record(result, in: due.counts)
    else { throw TrialGivenUp() }
    while true {
      if workers.isStopped { throw Stopped() }
      let standing = try search.study.standing(
        before: result, first: due.first, besides: due.copies)
      guard let awaited = standing.awaited else {
        return halving.shouldContinue(result.accuracy, after: standing.accuracies)
      }
      earlier = try TrialClaim(firstFreeOf: [awaited], study: search.study.path)
      if earlier != nil, try !search.study.endedNumbers().contains(awaited) {
        throw TrialGivenUp()
      }
      earlier = nil
      usleep(Self.pause)
    }
  }
}
