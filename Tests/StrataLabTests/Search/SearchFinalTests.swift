import GRDB
import LabTestSupport
import Strata
import Testing

@testable import StrataLab

@Suite("Searches with finalists")
struct SearchFinalTests {
  private let bench: SearchBench

  init() throws { bench = try SearchBench() }

  /// Six coarse trials, four fine ones, and the best three again from four seeds for longer.
  private func search(
    _ name: String = "study.sqlite", _ change: (inout SearchRequest) -> Void = { _ in }
  ) throws -> Search {
    try bench.search(name) {
      ($0.finalists, $0.finalSeeds, $0.final) = (3, 4, ["epochs=4"])
      change(&$0)
    }
  }

  @Test("the best distinct trials are trained again from several seeds, and the best mean wins")
  func winner() throws {
    let search = try search()
    let results = try bench.run(search)
    let final = results.trials.filter { $0.stage == .final }.sorted { $0.number < $1.number }
    #expect(final.map(\.number) == Array(11...22))
    #expect(final.compactMap { $0.text(of: .seed) } == (0..<12).map { "\(1 + $0 / 3)" })
    let before = results.trials.filter { $0.stage != .final }
    #expect(
      final.prefix(3).map { $0.text(of: .lambda) } == before.prefix(3).map { $0.text(of: .lambda) })
    for finalist in results.finalists {
      let scores = finalist.trials.compactMap(\.score)
      #expect(scores.count == 4)
      #expect(abs((finalist.validation?.mean ?? 0) - scores.reduce(0, +) / 4) < 1e-12)
      #expect(finalist.values.last == TrialValue(.epochs, "4"))
    }
    let means = results.finalists.map { $0.validation?.mean ?? 0 }
    #expect(means == means.sorted(by: >))
    #expect(results.best == results.finalists[0].trials.ranked.first)
    #expect(results.chosen.text(of: .seed) == "1")
    var recipe = Recipe()
    try recipe.apply(yaml: results.bestRecipe, name: "best")
    // 60 images in batches of 20.
    #expect(recipe.schedule.stepSize == 3 && recipe.schedule.cycles == 2 && recipe.seed == 1)
    #expect(decimalText(recipe.lambda) == results.chosen.text(of: .lambda))
  }

  @Test("results depend neither on jobs, nor on who shares the study, nor on stops")
  func shared() throws {
    let one = try bench.run(search("one"), jobs: 1)
    let searches = try (0..<4).map { _ in try search() }
    #expect(bench.numbersEnded(by: searches) == Array(1...22))
    #expect(try searches[0].results().timeless == one.timeless)
    var stops = 0
    while true {
      let search = try search("halting")
      let before = try search.study.endedNumbers().count
      do {
        try search.run(
          jobs: 2, shouldStop: { (try? search.study.endedNumbers().count) ?? 0 >= before + 3 }
        ) { _ in }
        break
      } catch is Stopped { stops += 1 }
    }
    #expect(stops > 3)
    let halting = try search("halting").results()
    #expect(halting.timeless == one.timeless)
    #expect(halting.finalists.map(\.validation) == one.finalists.map(\.validation))
  }

  @Test("finalists and more seeds can be asked of a study that has ended; no less, and no others")
  func grows() throws {
    _ = try bench.run(search { ($0.finalists, $0.finalSeeds, $0.final) = (nil, nil, []) })
    _ = try bench.run(search { $0.finalSeeds = 2 })
    let grown = try bench.run(search())
    #expect(try bench.run(search("whole")).timeless == grown.timeless)
    func error(_ change: (inout SearchRequest) -> Void) -> String {
      let error = #expect(throws: ConfigurationError.self) { try search("whole", change) }
      return error?.description ?? ""
    }
    #expect(
      error { $0.finalists = 4 }.contains(
        "its original finalists, 3, on which its final stage depends"))
    #expect(error { $0.fineTrials = 5 }.contains("on which its final stage depends"))
    #expect(error { $0.trials = 7 }.contains("raise --final-seeds"))
    #expect(error { $0.finalSeeds = 3 }.contains("at least its 4 final-seeds"))
    #expect(error { $0.final = ["epochs=5"] }.contains("its original final"))
    #expect(
      error { ($0.finalists, $0.finalSeeds, $0.final) = (nil, nil, []) }.contains(
        "at least its 3 finalists, found 0"))
  }

  @Test("a study of the first rules keeps its fine stage and can have finalists")
  func firstRules() throws {
    let plain: (inout SearchRequest) -> Void = {
      ($0.finalists, $0.finalSeeds, $0.final) = (nil, nil, [])
    }
    let path = try search("study.sqlite", plain).study.path
    try DatabaseQueue(path: path).write {
      try $0.execute(
        sql: "DELETE FROM identity WHERE name IN ('rules', 'finalists', 'final-seeds', 'final')")
    }
    let before = try bench.run(search("study.sqlite", plain))
    #expect(before.fine?.reason.contains("beyond the coarse range") == false)
    let after = try bench.run(search { $0.final = [] })
    #expect(after.trials.filter { $0.stage != .final } == before.trials)
    // With the settings and the seed of a trial before, a run is that trial.
    #expect(after.finalists.map { $0.trials[0].twin != nil } == [true, true, true])
    #expect(try search { $0.final = [] }.study.endedNumbers().count == 10 + 9)
  }

  @Test("seeds go on after the greatest one")
  func wrapping() throws {
    let results = try bench.run(
      bench.search(base: SearchSamples.base((.seed, "\(UInt64.max)"))) {
        ($0.stages, $0.fineTrials, $0.finalists, $0.finalSeeds) = (1, nil, 1, 3)
      })
    #expect(
      results.finalists[0].trials.map { $0.text(of: .seed) } == ["\(UInt64.max)", "0", "1"])
  }

  @Test("hopeless trials are stopped, runs of finalists are not")
  func halving() throws {
    let search = try bench.search(
      over: ["eta-max=log:1e-4..1", "lambda=log:1e-5..1e-1"],
      base: SearchSamples.base((.epochs, "9"))
    ) {
      ($0.trials, $0.fineTrials, $0.stages, $0.isHalving) = (9, nil, 1, true)
      ($0.finalists, $0.finalSeeds, $0.final) = (2, 3, ["epochs=12"])
    }
    let results = try bench.run(search, jobs: 3)
    let final = results.trials.filter { $0.stage == .final }
    #expect(!final.isEmpty && final.allSatisfy { $0.score != nil })
    #expect(results.halvingLine?.contains("of 9 trials") == true)
  }

  @Test("where every finalist diverges, the best is that of the stages before")
  func diverged() throws {
    let results = try bench.run(search { ($0.final, $0.finalSeeds) = (["eta-max=1e30"], 2) })
    #expect(results.winner == nil && results.best.stage != .final)
    #expect(results.finalists.allSatisfy { $0.reason.contains("training diverged") })
    #expect(results.notes.contains { $0.contains("no finalist finished") })
    #expect(results.table.contains("training diverged"))
    #expect(results.chosen == results.best)
  }

  @Test("a final run of before the fine stage grew is not kept")
  func stale() throws {
    let study = try search().study
    let old = try study.state().counts
    _ = try search { $0.fineTrials = 5 }
    let run = SearchSamples.trial(12, lambda: "0.5", accuracy: 0.5, stage: .final)
    #expect(try !study.record(run, in: old))
    // More seeds change none of the runs.
    let now = try study.state().counts
    _ = try search { ($0.fineTrials, $0.finalSeeds) = (5, 9) }
    #expect(try study.record(run, in: now))
    // A fine trial is one of the study's all the same.
    let fine = SearchSamples.trial(7, lambda: "0.5", accuracy: 0.5, stage: .fine)
    #expect(try study.record(fine, in: old))
  }
}
