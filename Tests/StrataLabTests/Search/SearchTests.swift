import Foundation
import LabTestSupport
import Strata
import StrataLab
import Testing

@Suite("Searches on the built-in images")
struct SearchTests {
  private let bench: SearchBench

  init() throws { bench = try SearchBench() }

  @Test("results do not depend on the number of jobs, and the best is the first")
  func jobs() throws {
    let one = try bench.run(bench.search("one"), jobs: 1)
    let three = try bench.run(bench.search("three"), jobs: 3)
    #expect(one.timeless == three.timeless)
    #expect(one.trials.count == 10)
    #expect(one.trials.map { $0.score ?? -1 } == one.trials.map { $0.score ?? -1 }.sorted(by: >))
    #expect(one.best == one.trials.first)
    #expect(one.fine?.reason == three.fine?.reason)
    #expect(try bench.names == ["one", "three"])
  }

  @Test("a trial has the numbers that its recipe trained by itself has")
  func agreesWithTraining() throws {
    let best = try bench.run(bench.search()).best
    var recipe = Recipe()
    try recipe.apply(yaml: try #require(best.outcome).recipe, name: "recipe")
    let plan = try TrainingPlan(recipe)
    let trainer = try Trainer(
      plan.configuration, data: plan.split, threads: 2, kernels: .ofProcess())
    try trainer.run { _ in }
    #expect(trainer.history.last?.validation?.accuracy == best.score)
    #expect(try trainer.evaluateOnTest().metrics.loss == best.outcome?.testLoss)
    #expect(MetricsFile.text(trainer.history) == best.outcome?.metrics)
  }

  @Test("a search that was stopped any number of times equals one that was not")
  func resumed() throws {
    let whole = try bench.run(bench.search("whole"))
    var stops = 0
    while true {
      let search = try bench.search("halting")
      let before = try search.study.endedNumbers().count
      do {
        try search.run(
          jobs: 2, shouldStop: { (try? search.study.endedNumbers().count) ?? 0 >= before + 3 }
        ) { _ in }
        break
      } catch is Stopped {
        stops += 1
        #expect(try search.study.endedNumbers().count >= before + 3)
      }
    }
    #expect(stops > 0)
    #expect(try bench.search("halting").results().timeless == whole.timeless)
  }

  @Test("searches that share a study run each trial once")
  func shared() throws {
    let searches = try (0..<4).map { _ in try bench.search() }
    #expect(bench.numbersEnded(by: searches) == Array(1...10))
    #expect(try searches[0].results().timeless == bench.run(bench.search("alone")).timeless)
  }

  @Test("each trial is told of with the count of trials that have ended then")
  func counts() throws {
    var last = SearchProgress()
    try bench.search().run(jobs: 3, shouldStop: { false }) { last = $0 }
    #expect(last.endedHere.map(\.progress.ended) == Array(1...10))
    #expect(last.endedHere.allSatisfy { $0.progress.total == 10 && $0.progress.running < 3 })
    #expect(last.endedHere.last?.progress.running == 0)
  }

  @Test("a search that has ended runs nothing")
  func ended() throws {
    let first = try bench.run(bench.search())
    var last = SearchProgress()
    let again = try bench.search()
    try again.run(jobs: 2, shouldStop: { false }) { last = $0 }
    #expect(last.endedHere.isEmpty)
    #expect(last.ended == 10 && last.total == 10 && last.endedBefore == 10)
    #expect(try again.results().trials == first.trials)
  }

  @Test("trials that diverge or cannot be are kept with the reason, and ranked last")
  func failures() throws {
    let search = try bench.search(
      over: ["eta=0.01,1e30", "batch-size=20,59", "batch-norm=none,before"],
      base: SearchSamples.base((.schedule, "constant"))
    ) { $0.trials = 8 }
    let results = try bench.run(search)
    #expect(
      results.trials.compactMap { $0.outcome?.status } == [
        .finished, .finished, .finished, .refused, .diverged, .diverged, .diverged, .refused,
      ])
    let reasons = results.trials.compactMap { $0.outcome?.reason }
    #expect(reasons.contains { $0.contains("last batch of 1") })
    #expect(reasons.contains { $0.contains("training diverged") })
    #expect(results.table.contains("diverged"))
  }

  @Test("a search without a possible trial begins no study; without a score it fails")
  func impossible() throws {
    let error = #expect(throws: ConfigurationError.self) {
      try bench.search(over: ["batch-size=linear:61..90"])
    }
    #expect(error?.setting == "batch-size")
    #expect(throws: ConfigurationError.self) {
      try bench.search(base: SearchSamples.base((.validation, "0")))
    }
    #expect(try bench.names.isEmpty)
    let diverging = try bench.search(over: ["eta-max=log:1e30..1e35"])
    #expect(throws: SearchFailure.self) { try bench.run(diverging) }
  }

  @Test("what results depend on is in the identity, where things lie and threads are not")
  func identity() throws {
    func mark(
      _ settings: (RecipeKey, String)..., change: (inout SearchRequest) -> Void = { _ in }
    ) throws -> String {
      var base = try SearchSamples.base()
      try base.apply(options: settings.map { (key: $0.0, text: $0.1) })
      let plan = try SearchSamples.plan(base: base, change)
      return try StudyIdentity(plan, data: SearchBench.data.get(), kernel: "plain").mark
    }
    let mark0 = try mark()
    #expect(try mark((.threads, "2"), (.output, "x")) == mark0)
    #expect(try mark { ($0.trials, $0.fineTrials) = (7, 30) } == mark0)
    #expect(try mark { $0.method = .grid } != mark { ($0.method, $0.trials) = (.grid, 7) })
    for other in [
      try mark((.seed, "2")), try mark((.normalizationEpsilon, "1e-6")), try mark((.lambda, "0.1")),
      try mark((.epochs, "3")), try mark { $0.isHalving = true },
      try mark { $0.fineOver = ["lambda=log:1e-3..1"] },
    ] {
      #expect(other != mark0)
    }
  }

  @Test("the identity names ε only where it is not 1e-5, as studies from before it do not")
  func identityOfOlderStudies() throws {
    func part(_ epsilon: String) throws -> String? {
      let base = try SearchSamples.base((.normalizationEpsilon, epsilon))
      let plan = try SearchSamples.plan(base: base)
      return try StudyIdentity(plan, data: SearchBench.data.get(), kernel: "plain")[
        "normalization-epsilon"]
    }
    #expect(try part("0.00001") == nil)
    #expect(try part("1e-6") == "1.0e-6")
  }
}
