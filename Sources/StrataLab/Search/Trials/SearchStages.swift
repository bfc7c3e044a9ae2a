import Strata

/// Trials that have not ended, of the stage that is due.
struct DueTrials {
  /// The trials, in the order of their numbers.
  let trials: [Trial]
  /// The number of the first trial of their stage.
  let first: Int
  /// The trials of the study that they are some of.
  let counts: TrialCounts
  /// The trials of their stage that take the outcome of another one.
  let copies: Set<Int>
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
  /// How the final stage came about; `nil` before it has, and where there is none.
  private(set) var finalStage: FinalStage?
  /// The trials of the final stage; `nil` before they are known.
  private(set) var final: [Trial]?
  private var twins = TrialTwins()

  /// Everything but the stages that follow from trials.
  ///
  /// - Throws: `ConfigurationError` for a grid of more than its trials.
  init(_ plan: SearchPlan) throws {
    self.plan = plan
    let values = try plan.values(of: .coarse, in: plan.space, from: 1)
    coarse = twins.marked(
      values.enumerated().map { Trial($0.offset + 1, .coarse, $0.element) }, of: plan)
  }

  /// All trials that are known, in the order of their numbers.
  private var made: [Trial] { coarse + (fine ?? []) + (final ?? []) }

  /// The trials of the whole search; of a stage that is not yet known, the most.
  var trialCount: Int {
    coarse.count + (fine?.count ?? plan.fineTrials) + (final?.count ?? plan.finals?.count ?? 0)
  }

  /// How the later stages came about, as far as they have.
  var reasons: [String] { [fineStage?.reason, finalStage?.reason].compactMap(\.self) }

  /// Takes in that the study has more trials; how many it has never falls.
  mutating func grow(to counts: TrialCounts) throws {
    guard counts.isNews(to: plan.counts) else { return }
    self = try SearchStages(plan.with(counts))
  }

  /// Derives the fine stage, once all coarse trials have ended; every process finds the same.
  private mutating func deriveFine(from ended: [Trial]) throws {
    guard fine == nil else { return }
    guard plan.fineTrials > 0, let stage = try FineStage(of: plan, after: ended) else {
      fine = []
      return
    }
    fineStage = stage
    let first = coarse.count + 1
    let values = try plan.values(of: .fine, in: stage.space, from: first)
    fine = twins.marked(
      values.enumerated().map { Trial(first + $0.offset, .fine, $0.element) }, of: plan)
  }

  /// Derives the final stage, once all trials before have ended.
  private mutating func deriveFinal(from ended: [Trial]) throws {
    guard final == nil else { return }
    guard let runs = plan.finals, let stage = try FinalStage(runs, of: plan, after: ended) else {
      final = []
      return
    }
    finalStage = stage
    let trials = stage.trials(seeds: runs.seeds, base: plan.base.seed, from: ended.count + 1)
    final = twins.marked(trials, of: plan)
  }

  /// Checks that the trials of a study are those that the search makes, and derives the stages that
  /// follow from them.
  ///
  /// - Returns: The trials that have ended, with those that take the outcome of one of them.
  /// - Throws: `DataError` for the first that is not.
  mutating func check(_ ended: [Trial], path: String) throws -> [Trial] {
    let endedCoarse = try checked(ended.filter { $0.stage == .coarse }, path: path)
    if endedCoarse.count == coarse.count { try deriveFine(from: endedCoarse) }
    let endedBefore = try checked(ended.filter { $0.stage != .final }, path: path)
    if let fine, endedBefore.count == coarse.count + fine.count {
      try deriveFinal(from: endedBefore)
    }
    return try checked(ended, path: path)
  }

  /// Checks trials against those that are known, and adds those that take the outcome of one.
  private func checked(_ ended: [Trial], path: String) throws -> [Trial] {
    let made = made
    for trial in ended {
      let isOurs =
        trial.number <= made.count && made[trial.number - 1].stage == trial.stage
        && made[trial.number - 1].values == trial.values
      guard isOurs else {
        throw DataError(
          damagedStudy: path, "trial \(trial.number) has settings that differ from the search's")
      }
    }
    return TrialTwins.completed(made, by: ended)
  }
}

extension SearchStages {
  /// The trials of a stage that have to be trained; `nil` where none has, or where they are unknown.
  ///
  /// - Parameter ended: The numbers of those that are kept.
  func due(_ stage: SearchStage, besides ended: Set<Int>) -> DueTrials? {
    let all =
      switch stage {
      case .coarse: coarse
      case .fine: fine ?? []
      case .final: final ?? []
      }
    let trials = all.filter { $0.twin == nil && !ended.contains($0.number) }
    guard let first = all.first, !trials.isEmpty else { return nil }
    return DueTrials(
      trials: trials, first: first.number, counts: plan.counts,
      copies: Set(all.filter { $0.twin != nil }.map(\.number)))
  }

  /// How many trials have ended, those that take the outcome of another one too.
  ///
  /// - Parameter ended: The numbers of those that are kept.
  func count(of ended: Set<Int>) -> Int {
    ended.count + made.count { $0.twin.map(ended.contains) ?? false }
  }

  /// What has to be trained and what of it is done, in runs as long as those of the first stages.
  ///
  /// - Parameters:
  ///   - ended: The numbers of the trials that are kept.
  ///   - finalLength: The length of a final run in such runs.
  func work(_ ended: Set<Int>, finalLength: Double) -> (done: Double, all: Double) {
    func length(_ trial: Trial) -> Double { trial.stage == .final ? finalLength : 1 }
    let trained = made.filter { $0.twin == nil }
    let unknown =
      Double(fine == nil ? plan.fineTrials : 0)
      + Double(final == nil ? plan.finals?.count ?? 0 : 0) * finalLength
    let done = trained.filter { ended.contains($0.number) }.reduce(0) { $0 + length($1) }
    return (done, trained.reduce(unknown) { $0 + length($1) })
  }
}
