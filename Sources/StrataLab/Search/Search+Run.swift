import Strata

/// How far a search is.
package struct SearchProgress: Sendable {
  /// A trial that this process has ended.
  package struct Ended: Sendable {
    /// The trial.
    package let trial: Trial
    /// How far the search was then; it tells of no trials itself.
    package let progress: SearchProgress
  }

  /// Trials of the whole search; while a stage is not yet known, the most.
  package var total = 0
  /// Finished trials of all processes, including repetitions of earlier ones.
  package var ended = 0
  /// Trials that had ended when this process began.
  package var endedBefore = 0
  /// What has to be trained, in runs of the first stages, by which the time left is estimated.
  package var work = Work()
  /// Trials that this process is training.
  package var running = 0
  /// The best of those that are finished.
  package var best: Trial?
  /// How the later stages came about, as far as they have.
  package var reasons: [String] = []
  /// What this process has to tell about: the trials that it has ended, in that order.
  package var endedHere: [Ended] = []

  /// Training in runs of one length.
  package struct Work: Sendable {
    /// What the whole search has to train.
    package var all = 0.0
    /// The trained trials of all processes.
    package var done = 0.0
    /// What had been trained when this process began.
    package var before = 0.0

    package init(all: Double = 0, done: Double = 0, before: Double = 0) {
      (self.all, self.done, self.before) = (all, done, before)
    }
  }

  package init() {}
}

extension Search {
  /// Runs the unfinished trials, together with other processes on the study, until all
  /// have.
  ///
  /// - Parameters:
  ///   - jobs: Trials that run at the same time here.
  ///   - shouldStop: Asked often; trials that are running are given up once it says so.
  ///   - observe: Called several times a second.
  /// - Throws: `Stopped` when it was to stop, `DataError` when the study fails.
  package func run(
    jobs: Int, shouldStop: @escaping @Sendable () -> Bool, observe: (SearchProgress) -> Void
  ) throws {
    let work = try SearchWork(self, jobs: jobs, shouldStop: shouldStop)
    try work.workers.perform(on: jobs, work.doAll) { observe(work.progress) }
    try TrialClaim.removeFile(ofStudy: study.path) { try dueTrials() == nil }
  }
}
