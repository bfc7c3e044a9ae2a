import Glibc
import Strata
import Synchronization

/// A search that is tied to its data and its study, ready to be run by any number of processes.
package final class Search: Sendable {
  /// What is searched, and how.
  package let plan: SearchPlan
  /// The data set, which all trials share.
  package let data: RunData
  /// Where every trial that has ended is kept.
  package let study: StudyFile
  private let coarse: [Trial]
  private let fine = Mutex<FineTrials?>(nil)

  /// The trials of the fine stage and what they are around; no stage where none could be derived.
  private struct FineTrials {
    let stage: FineStage?
    let trials: [Trial]
  }

  /// Checks that the trials can be compared and opens the study, or begins it.
  ///
  /// - Parameters:
  ///   - plan: What is searched, and how.
  ///   - data: The data set of the plan's base recipe.
  ///   - study: The file; `nil` for one in `studies/` whose name follows from what is searched.
  /// - Throws: `ConfigurationError` when no trial is possible or the study is of another search,
  ///   `DataError` when the file is no study or cannot be written.
  package init(_ plan: SearchPlan, data: RunData, study path: String?) throws {
    self.plan = plan
    self.data = data
    coarse = try plan.values(of: .coarse, in: plan.space, from: 1).enumerated().map {
      Trial($0.offset + 1, .coarse, $0.element)
    }
    try plan.checkPossible(coarse, on: data)
    let identity = try StudyIdentity(plan, data: data, kernel: KernelSet.ofProcess().name)
    study = try StudyFile(path: path ?? plan.defaultStudy(identity), identity: identity)
  }

  /// The trials that have not ended, of the stage that is due; `nil` when all have.
  func remaining() throws -> [Trial]? {
    let ended = try study.endedNumbers()
    let coarse = coarse.filter { !ended.contains($0.number) }
    if !coarse.isEmpty { return coarse }
    let fine = try fineTrials().trials.filter { !ended.contains($0.number) }
    return fine.isEmpty ? nil : fine
  }

  /// The trials of the coarse stage.
  var coarseCount: Int { coarse.count }

  /// How the fine stage came about, once that is known.
  var fineReason: String? { fine.withLock { $0?.stage?.reason } }

  /// The trials of the whole search; of a fine grid that is not yet known, the most.
  var trialCount: Int {
    coarse.count + (fine.withLock { $0?.trials.count } ?? plan.fineTrials)
  }

  /// The space of the fine stage and the reason for it; `nil` where there is none.
  ///
  /// - Precondition: the coarse trials have ended.
  package func fineStage() throws -> FineStage? { try fineTrials().stage }

  /// It follows from the coarse results, so every process finds the same.
  private func fineTrials() throws -> FineTrials {
    if let known = fine.withLock({ $0 }) { return known }
    let found = try findFineTrials()
    fine.withLock { $0 = found }
    return found
  }

  private func findFineTrials() throws -> FineTrials {
    guard plan.fineTrials > 0 else { return FineTrials(stage: nil, trials: []) }
    let ended = try study.endedTrials().filter { $0.stage == .coarse }
    guard let stage = try FineStage(of: plan, after: ended) else {
      return FineTrials(stage: nil, trials: [])
    }
    let first = coarse.count + 1
    let values = try plan.values(of: .fine, in: stage.space, from: first)
    return FineTrials(
      stage: stage,
      trials: values.enumerated().map { Trial(first + $0.offset, .fine, $0.element) })
  }
}

extension SearchPlan {
  /// Checks that there is a validation part to compare by, and a trial that can be made.
  ///
  /// - Throws: `ConfigurationError` that says what is wrong with the first trial.
  fileprivate func checkPossible(_ trials: [Trial], on data: RunData) throws {
    guard base.resolvedValidation(of: data.pair) > 0 else {
      throw ConfigurationError(
        setting: "validation", expected: "at least 1 image, by which trials are compared",
        found: "0")
    }
    var problem: ConfigurationError?
    for trial in trials {
      do {
        _ = try TrainingPlan(
          recipe(trial.values), data: data, memoryLimit: Machine.usableMemory)
        return
      } catch let error as ConfigurationError {
        problem = problem ?? error
      }
    }
    if let problem { throw problem }
  }

  /// The name of a study that was given none; the same search has the same.
  fileprivate func defaultStudy(_ identity: StudyIdentity) -> String {
    let keys = space.dimensions.map(\.key.rawValue).joined(separator: "-")
    let data = identity["data"].map(fileName) ?? "data"
    return "studies/\(data)-\(keys)-\(identity.mark).sqlite"
  }
}
