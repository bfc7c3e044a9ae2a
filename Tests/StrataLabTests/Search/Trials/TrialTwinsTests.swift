import GRDB
import LabTestSupport
import Strata
import Testing

@testable import StrataLab

@Suite("Trials with equal recipes")
struct TrialTwinsTests {
  private let over = ["hidden=3|4", "dropout=0,0.25"]

  /// Twelve random trials of four choices.
  private func search(
    _ bench: SearchBench, _ name: String = "study.sqlite", halving: Bool = false
  ) throws -> Search {
    try bench.search(name, over: over, base: SearchSamples.base((.epochs, "9"))) {
      ($0.trials, $0.method, $0.isHalving) = (12, .random, halving)
    }
  }

  @Test("are trained once; the others take the outcome, and no time")
  func once() throws {
    let bench = try SearchBench()
    let search = try search(bench)
    var last = SearchProgress()
    try search.run(jobs: 3, shouldStop: { false }) { last = $0 }
    let results = try search.results()
    let kept = try search.study.endedNumbers()
    #expect(results.trials.count == 12 && kept.count == 4)
    #expect(Set(last.endedHere.map(\.trial.number)) == kept)
    #expect(last.ended == 12 && last.total == 12 && last.work.all == 4 && last.work.done == 4)
    let outcomes = Dictionary(uniqueKeysWithValues: results.trials.map { ($0.number, $0) })
    for trial in results.trials {
      #expect(kept.contains(trial.number) == (trial.twin == nil))
      guard let twin = trial.twin, var outcome = outcomes[twin]?.outcome else { continue }
      outcome.seconds = 0
      #expect(twin < trial.number && trial.outcome == outcome)
      #expect(trial.values == outcomes[twin]?.values)
      #expect(results.table.contains("as trial \(twin)"))
    }
    #expect(results.best.twin == nil)
    #expect(StudySnapshot(search.known.plan, study: search.study.path).isDone)
    let rows = try #require(results.json["trials"]?.elements)
    #expect(rows.compactMap { $0["same_as"]?.integer }.count == 8)
  }

  @Test("count once at rungs, and none waits for them, whatever the number of jobs")
  func rungs() throws {
    let bench = try SearchBench()
    let one = try bench.run(search(bench, "one", halving: true), jobs: 1)
    let four = try bench.run(search(bench, "four", halving: true), jobs: 4)
    #expect(one.timeless == four.timeless)
    // Of four trials at each rung, the first two go on, and one of all in the end.
    #expect(one.halvingLine?.contains("of 4 trials stopped early") == true)
  }

  @Test("the fine stage takes the outcome of coarse trials")
  func fine() throws {
    let bench = try SearchBench()
    let search = try bench.search(over: ["batch-size=linear:20..21"]) {
      ($0.trials, $0.fineTrials, $0.fineOver) = (8, 4, ["batch-size=20,21"])
    }
    let results = try bench.run(search)
    #expect(results.trials.count == 12)
    #expect(try search.study.endedNumbers().count == 2)
    #expect(results.trials.filter { $0.stage == .fine }.allSatisfy { $0.twin ?? 9 < 9 })
  }

  @Test("a study of the first rules keeps those that it trained, and trains the others")
  func firstRules() throws {
    let bench = try SearchBench()
    var search = try search(bench)
    let path = search.study.path
    try DatabaseQueue(path: path).write {
      try $0.execute(
        sql: "DELETE FROM identity WHERE name IN ('rules', 'finalists', 'final-seeds', 'final')")
    }
    search = try self.search(bench)
    #expect(search.known.plan.rules == .first)
    let results = try bench.run(search)
    #expect(try search.study.endedNumbers() == Set(1...12))
    #expect(results.trials.allSatisfy { $0.twin == nil })
    #expect(try self.search(bench).results().trials == results.trials)
  }

  @Test("a trial whose recipe cannot be is none's twin")
  func impossible() throws {
    let plan = try SearchSamples.plan(over: ["lambda=1,2"])
    var twins = TrialTwins()
    let trials = (1...2).map { Trial($0, .coarse, [TrialValue(.lambda, "much")]) }
    #expect(twins.marked(trials, of: plan).allSatisfy { $0.twin == nil })
  }
}
