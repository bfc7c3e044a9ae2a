import Strata

/// How far a search is, as its study tells who only looks: nothing is made, written or claimed.
package struct StudySnapshot: Sendable {
  /// Trials of the whole search; while a fine grid is not yet known, the most.
  package let total: Int
  /// Those that have ended.
  package let ended: [Trial]

  /// Looks at a study; where there is none, or no whole one of this search, no trial has ended.
  package init(_ plan: SearchPlan, study path: String) {
    self =
      (try? StudySnapshot(reading: path, plan))
      ?? StudySnapshot(
        total: plan.trials + plan.fineTrials + (plan.finals?.count ?? 0), ended: [])
  }

  private init(reading path: String, _ plan: SearchPlan) throws {
    let (counts, ended) = try StudyFile(reading: path).contents()
    var stages = try SearchStages(plan)
    try stages.grow(to: counts)
    let all = try stages.check(ended, path: path)
    self.init(total: stages.trialCount, ended: all)
  }

  private init(total: Int, ended: [Trial]) {
    self.total = total
    self.ended = ended
  }

  /// Whether all trials have ended.
  package var isDone: Bool { ended.count >= total }

  /// The share of the trials that have not ended.
  package var shareLeft: Double { isDone ? 0 : 1 - Double(ended.count) / Double(total) }

  /// The finished trial of the greatest validation accuracy so far; `nil` for none.
  package var best: Trial? { ended.ranked.first.flatMap { $0.score == nil ? nil : $0 } }
}
