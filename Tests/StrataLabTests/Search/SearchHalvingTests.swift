import Foundation
import GRDB
import LabTestSupport
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("Searches that stop trials early")
struct SearchHalvingTests {
  private let bench: SearchBench

  init() throws { bench = try SearchBench() }

  /// Nine coarse trials over η and λ and four fine ones, of 56 update steps, with rungs at 6 and 18.
  private func search(_ name: String = "study.sqlite") throws -> Search {
    try bench.search(
      name, over: ["eta-max=log:1e-4..1", "lambda=log:1e-5..1e-1"],
      base: SearchSamples.base((.epochs, "18"), (.evaluateEvery, "56"))
    ) { ($0.trials, $0.fineTrials, $0.isHalving) = (9, 4, true) }
  }

  @Test("each trial becomes what its own run and the results before it say")
  func rule() throws {
    let search = try search()
    let results = try bench.run(search, jobs: 3)
    let coarse = results.trials.filter { $0.stage == .coarse }.sorted { $0.number < $1.number }
    var accuracies: [[Double]] = [[], []]
    for trial in coarse {
      let plan = try TrainingPlan(
        results.plan.recipe(trial.values), data: search.data, memory: [])
      let trainer = try Trainer(
        plan.configuration, data: plan.split, threads: 1, kernels: .ofProcess())
      var stop: Int?
      for (rung, step) in [6, 18].enumerated() where stop == nil {
        while trainer.step < step { try trainer.advance() }
        let accuracy = try #require(trainer.measure().validation?.accuracy)
        let others = accuracies[rung].count { $0 >= accuracy }
        accuracies[rung].append(accuracy)
        let count = accuracies[rung].count
        if count >= 3, others >= count / 3 { stop = step }
      }
      #expect(trial.outcome?.status == (stop == nil ? .finished : .stopped))
      #expect(trial.outcome?.steps == stop ?? 56 && trial.outcome?.fullSteps == 56)
    }
    #expect(Set(coarse.compactMap { $0.outcome?.steps }) == [6, 18, 56])
  }

  @Test("a finished trial is what it is in a search that stops none; stopped ones come after it")
  func finished() throws {
    let halved = try bench.run(search())
    let whole = try bench.run(
      bench.search(
        "whole", over: ["eta-max=log:1e-4..1", "lambda=log:1e-5..1e-1"],
        base: SearchSamples.base((.epochs, "18"), (.evaluateEvery, "56"))
      ) { ($0.trials, $0.stages, $0.fineTrials) = (9, 1, nil) })
    let statuses = halved.trials.compactMap { $0.outcome?.status }
    let count = statuses.count { $0 == .finished }
    #expect(statuses.prefix(count).allSatisfy { $0 == .finished })
    #expect(statuses.dropFirst(count).allSatisfy { $0 == .stopped })
    let both = halved.timeless.filter { $0.stage == .coarse && $0.outcome?.status == .finished }
    #expect(!both.isEmpty && Set(both).isSubset(of: whole.timeless))
    let spanning = both.prefix(3).map {
      "\($0.number) (\(percentText($0.score ?? 0, decimals: 2)))"
    }
    #expect(halved.fine?.reason.contains("numbers \(spanning.joined(separator: ", ")),") == true)
  }

  @Test("results depend neither on jobs nor on who shares the study")
  func jobs() throws {
    let one = try bench.run(search("one"), jobs: 1)
    #expect(try bench.run(search("five"), jobs: 5).timeless == one.timeless)
    let searches = try (0..<4).map { _ in try search() }
    #expect(bench.numbersEnded(by: searches) == Array(1...13))
    #expect(try searches[0].results().timeless == one.timeless)
    #expect(try bench.names == ["five", "one", "study.sqlite"])
  }

  @Test("stopped right after each result at a rung, it ends as it does without")
  func resumed() throws {
    let whole = try bench.run(search("whole"))
    var stops = 0
    while true {
      let search = try search("halting")
      let path = search.study.path
      let before = trialsAtRungs(path).count
      do {
        try search.run(jobs: 2, shouldStop: { trialsAtRungs(path).count > before }) { _ in }
        break
      } catch is Stopped {
        stops += 1
      }
    }
    #expect(stops > 5)
    #expect(try search("halting").results().timeless == whole.timeless)
  }

  @Test("what waits for a trial whose process dies runs it, and itself again later")
  func orphaned() throws {
    let whole = try bench.run(search("whole"))
    let search = try search()
    let isHeld = DispatchSemaphore(value: 0)
    let file = search.study.path
    Thread {
      guard let claim = try? TrialClaim(firstFreeOf: [2], study: file) else { return }
      isHeld.signal()
      // Both jobs wait at the first rung: trials 3 and 4 for trial 2.
      while !Set(trialsAtRungs(file)).isSuperset(of: [1, 3, 4]) { usleep(10_000) }
      usleep(200_000)
      _ = claim.number
    }.start()
    isHeld.wait()
    var last = SearchProgress()
    try search.run(jobs: 2, shouldStop: { false }) { last = $0 }
    #expect(last.endedHere.map(\.trial.number).sorted() == Array(1...13))
    #expect(try search.results().timeless == whole.timeless)
  }

  @Test("a wish to stop is heard while trials wait")
  func stopped() throws {
    let search = try search()
    let path = search.study.path
    guard let claim = try TrialClaim(firstFreeOf: [2], study: path) else {
      Issue.record("trial 2 is not free")
      return
    }
    #expect(throws: Stopped.self) {
      try search.run(
        jobs: 2, shouldStop: { Set(trialsAtRungs(path)).isSuperset(of: [3, 4]) }
      ) { _ in }
    }
    let number = claim.number
    #expect(number == 2)
    #expect(try search.study.endedNumbers() == [1])
  }

  @Test("a result that differs from the one that is kept is an error")
  func edited() throws {
    let search = try search()
    let path = search.study.path
    try? search.run(jobs: 1, shouldStop: { trialsAtRungs(path).count >= 1 }) { _ in }
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "UPDATE rung SET validation_accuracy = 0.999")
    }
    let error = dataError { try search.run(jobs: 1, shouldStop: { false }) { _ in } }
    #expect(error?.found.contains("trial 1 has a result at rung 1 that differs") == true)
  }

  @Test("a run that is too short for its rungs is an error before the study is begun")
  func short() throws {
    let error = #expect(throws: ConfigurationError.self) {
      // 6 update steps.
      try bench.search { $0.isHalving = true }
    }
    #expect(error?.setting == "rungs")
    #expect(try bench.names.isEmpty)
  }
}

/// The trials with results at rungs, read past the program; a trial is there once for each.
private func trialsAtRungs(_ study: String) -> [Int] {
  let queue = try? DatabaseQueue(path: study)
  return (try? queue?.read { try Int.fetchAll($0, sql: "SELECT trial FROM rung") }) ?? []
}
