import Dispatch
import Foundation
import Strata
import StrataLab
import Synchronization
import TestSupport
import Testing

@Suite("Searches on the built-in images")
struct SearchTests {
  private static let data = Result { try RunData(SearchSamples.base()) }
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func search(
    _ name: String = "study.sqlite", over: [String] = ["lambda=log:1e-5..1e-1"],
    base: Recipe? = nil, _ change: (inout SearchRequest) -> Void = { _ in }
  ) throws -> Search {
    let plan = try SearchSamples.plan(over: over, base: base) {
      ($0.trials, $0.fineTrials) = (6, over == ["lambda=log:1e-5..1e-1"] ? 4 : nil)
      change(&$0)
    }
    return try Search(plan, data: Self.data.get(), study: folder[name])
  }

  private func run(_ search: Search, jobs: Int = 2) throws -> SearchResults {
    try search.run(jobs: jobs, shouldStop: { false }) { _ in }
    return try search.results()
  }

  /// The trials without their seconds.
  private func timeless(_ results: SearchResults) -> [Trial] {
    results.trials.map { trial in
      var trial = trial
      trial.outcome?.seconds = 0
      return trial
    }
  }

  @Test("results do not depend on the number of jobs, and the best is the first")
  func jobs() throws {
    let one = try run(search("one"), jobs: 1)
    let three = try run(search("three"), jobs: 3)
    #expect(timeless(one) == timeless(three))
    #expect(one.trials.count == 10)
    #expect(one.trials.map { $0.score ?? -1 } == one.trials.map { $0.score ?? -1 }.sorted(by: >))
    #expect(one.best == one.trials.first)
    #expect(one.fine?.reason == three.fine?.reason)
    #expect(try folder.names == ["one", "three"])
  }

  @Test("a trial has the numbers that its recipe trained by itself has")
  func agreesWithTraining() throws {
    let best = try run(search()).best
    var recipe = Recipe()
    try recipe.apply(yaml: try #require(best.outcome).recipe, name: "recipe")
    let plan = try TrainingPlan(recipe)
    var trainer = try Trainer(
      plan.configuration, data: plan.split, threads: 2, kernels: .ofProcess())
    try trainer.run { _ in }
    #expect(trainer.history.last?.validation?.accuracy == best.score)
    #expect(trainer.evaluateOnTest().metrics.loss == best.outcome?.testLoss)
    #expect(MetricsFile.text(trainer.history) == best.outcome?.metrics)
  }

  @Test("a search that was stopped any number of times equals one that was not")
  func resumed() throws {
    let whole = try run(search("whole"))
    var stops = 0
    while true {
      let search = try search("halting")
      let before = try search.study.endedNumbers().count
      do {
        try search.run(
          jobs: 2, shouldStop: { (try? search.study.endedNumbers().count) ?? 0 >= before + 3 }
        ) { _ in }
        break
      } catch is SearchStopped {
        stops += 1
        #expect(try search.study.endedNumbers().count >= before + 3)
      }
    }
    #expect(stops > 0)
    #expect(timeless(try search("halting").results()) == timeless(whole))
  }

  @Test("searches that share a study run each trial once")
  func shared() throws {
    let searches = try (0..<4).map { _ in try search() }
    let ended = Mutex([Int]())
    DispatchQueue.concurrentPerform(iterations: 4) { index in
      var last = SearchProgress()
      try? searches[index].run(jobs: 2, shouldStop: { false }) { last = $0 }
      ended.withLock { $0 += last.endedHere.map(\.number) }
    }
    #expect(ended.withLock { $0.sorted() } == Array(1...10))
    #expect(timeless(try searches[0].results()) == timeless(try run(search("alone"))))
  }

  @Test("a search that has ended runs nothing")
  func ended() throws {
    let first = try run(search())
    var last = SearchProgress()
    let again = try search()
    try again.run(jobs: 2, shouldStop: { false }) { last = $0 }
    #expect(last.endedHere.isEmpty)
    #expect(last.ended == 10 && last.total == 10 && last.endedBefore == 10)
    #expect(try again.results().trials == first.trials)
  }

  @Test("trials that diverge or cannot be are kept with the reason, and ranked last")
  func failures() throws {
    let search = try search(
      over: ["eta=0.01,1e30", "batch-size=20,59"],
      base: SearchSamples.base((.schedule, "constant"))
    ) { $0.method = .grid }
    let results = try run(search)
    #expect(
      results.trials.compactMap { $0.outcome?.status } == [
        .finished, .refused, .diverged, .refused,
      ])
    let reasons = results.trials.compactMap { $0.outcome?.reason }
    #expect(reasons.contains { $0.contains("last batch of 1") })
    #expect(reasons.contains { $0.contains("training diverged") })
    #expect(results.table.contains("diverged"))
  }

  @Test("a search without a possible trial begins no study; without a score it fails")
  func impossible() throws {
    let error = #expect(throws: ConfigurationError.self) {
      try search(over: ["batch-size=linear:61..90"])
    }
    #expect(error?.setting == "batch-size")
    #expect(throws: ConfigurationError.self) {
      try search(base: SearchSamples.base((.validation, "0")))
    }
    #expect(try folder.names.isEmpty)
    let diverging = try search(over: ["eta-max=log:1e30..1e35"])
    #expect(throws: SearchFailure.self) { try run(diverging) }
  }

  @Test("what results depend on is in the identity, where things lie and threads are not")
  func identity() throws {
    func mark(_ settings: (RecipeKey, String)..., trials: Int = 6) throws -> String {
      var base = try SearchSamples.base()
      try base.apply(options: settings.map { (key: $0.0, text: $0.1) })
      let plan = try SearchSamples.plan(base: base) { $0.trials = trials }
      return try StudyIdentity(plan, data: Self.data.get(), kernel: "plain").mark
    }
    let mark0 = try mark()
    #expect(try mark((.threads, "2"), (.output, "x")) == mark0)
    for other in [
      try mark((.seed, "2")), try mark((.lambda, "0.1")), try mark((.epochs, "3")),
      try mark(trials: 7),
    ] {
      #expect(other != mark0)
    }
  }
}
