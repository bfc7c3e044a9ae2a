import Strata

/// Trials that have not ended, of the stage that is due.
struct DueTrials {
  /// The trials, in the order of their numbers.
  let trials: [Trial]
  /// The number of the first trial of their stage.
  let first: Int
  /// The trials of the study that they are some of.
  let extent: StudyExtent

  /// - Precondition: there is a trial.
  init(trials: [Trial], of stages: SearchStages) {
    self.trials = trials
    first = trials[0].stage == .coarse ? 1 : stages.firstFine
    extent = stages.plan.extent
  }
}

/// The trials of a search, as far as they are known.
struct SearchStages: Sendable {
  /// What is searched, with the trials of the study.
  let plan: SearchPlan
  /// The trials of the coarse stage.
  let coarse: [Trial]
  /// How the fine stage came about; `nil` before it has, and where there is none.
  private(set) var fineStage: FineStage?
  /// The trials of the fine stage; `nil` before they are known.
  private(set) var fine: [Trial]?

  /// Everything but the fine stage.
  ///
  /// - Throws: `ConfigurationError` for a grid of more than its trials.
  init(_ plan: SearchPlan) throws {
    self.plan = plan
    coarse = try plan.values(of: .coarse, in: plan.space, from: 1).enumerated().map {
      Trial($0.offset + 1, .coarse, $0.element)
    }
  }

  /// The number of the first fine trial.
  var firstFine: Int { coarse.count + 1 }

  /// The trials of the whole search; of a fine grid that is not yet known, the most.
  var trialCount: Int { coarse.count + (fine?.count ?? plan.fineTrials) }

  /// Takes in that the study has more trials; how many it has never falls.
  mutating func grow(to extent: StudyExtent) throws {
    let known = plan.extent
    guard known.trials < extent.trials || known.fineTrials < extent.fineTrials else { return }
    self = try SearchStages(plan.with(extent))
  }

  /// Derives the fine stage, once all coarse trials have ended; every process finds the same.
  private mutating func deriveFine(from endedCoarse: [Trial]) throws {
    guard fine == nil else { return }
    guard plan.fineTrials > 0, let stage = try FineStage(of: plan, after: endedCoarse) else {
      fine = []
      return
    }
    fineStage = stage
    fine = try plan.values(of: .fine, in: stage.space, from: firstFine).enumerated().map {
      Trial(firstFine + $0.offset, .fine, $0.element)
    }
  }

  /// Checks that the trials of a study are those that the search makes, and derives the fine stage
  /// once that can be done.
  ///
  /// - Throws: `DataError` for the first that is not.
  mutating func check(_ ended: [Trial], path: String) throws {
    let endedCoarse = ended.filter { $0.stage == .coarse }
    try Self.check(endedCoarse, against: coarse, path: path)
    if endedCoarse.count == coarse.count { try deriveFine(from: endedCoarse) }
    try Self.check(ended, against: coarse + (fine ?? []), path: path)
  }

  /// - Parameter made: The trials that the search makes, in the order of their numbers.
  private static func check(_ ended: [Trial], against made: [Trial], path: String) throws {
    for trial in ended {
      let isOurs =
        trial.number <= made.count && made[trial.number - 1].stage == trial.stage
        && made[trial.number - 1].values == trial.values
      guard isOurs else {
        throw DataError(
          damagedStudy: path, "trial \(trial.number) has other settings than the search gives it")
      }
    }
  }
}
