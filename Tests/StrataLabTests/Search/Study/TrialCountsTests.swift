import GRDB
import LabTestSupport
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("Studies that get more trials")
struct TrialCountsTests {
  private let bench: SearchBench

  init() throws { bench = try SearchBench() }

  private func search(
    _ trials: Int, fine: Int, name: String = "study.sqlite"
  ) throws -> Search {
    try bench.search(name) {
      ($0.trials, $0.fineTrials, $0.stages) = (trials, fine == 0 ? nil : fine, fine == 0 ? 1 : 2)
    }
  }

  private func error(_ trials: Int, fine: Int) -> String? {
    let error = #expect(throws: ConfigurationError.self) { try search(trials, fine: fine) }
    return error?.description
  }

  @Test("step by step it becomes what it is at once")
  func grows() throws {
    for (trials, fine) in [(3, 0), (5, 0), (5, 2), (5, 4)] {
      _ = try bench.run(search(trials, fine: fine))
    }
    let whole = try bench.run(search(5, fine: 4, name: "whole"))
    #expect(try search(5, fine: 4).results().timeless == whole.timeless)
  }

  @Test("the coarse stage does not grow after fine trials, and nothing shrinks")
  func refused() throws {
    _ = try bench.run(search(4, fine: 2))
    #expect(
      error(5, fine: 2)?.contains(
        "its original trials, 4, on which its fine stage depends, found 5; raise "
          + "--fine-trials") == true)
    #expect(error(3, fine: 2)?.contains("at least its 4 trials, found 3") == true)
    #expect(error(4, fine: 1)?.contains("at least its 2 fine-trials") == true)
    #expect(error(4, fine: 0)?.contains("at least its 2 fine-trials") == true)
  }

  @Test("the points of a grid depend on their number, so that it does not grow")
  func grid() throws {
    func search(_ trials: Int) throws -> Search {
      try bench.search { ($0.method, $0.trials, $0.fineTrials) = (.grid, trials, 2) }
    }
    _ = try search(3)
    let error = #expect(throws: ConfigurationError.self) { try search(4) }
    #expect(error?.description.contains("its original trials, 3, found 4") == true)
  }

  @Test("a search that is at work takes in what another asks for")
  func atWork() throws {
    let first = try search(3, fine: 0)
    _ = try search(5, fine: 0)
    let results = try bench.run(first)
    #expect(results.trials.map { $0.number }.sorted() == Array(1...5))
    #expect(results.plan.trials == 5)
  }

  @Test("a fine trial of before the coarse stage grew is not kept, nor are its results at rungs")
  func stale() throws {
    let search = try search(4, fine: 2)
    let study = search.study
    let old = try study.state().counts
    let rung = RungResult(5, .fine, Rung(number: 1, step: 2), accuracy: 0.5)
    #expect(try study.record(rung, in: old))
    _ = try self.search(5, fine: 2)
    #expect(try study.state().counts == TrialCounts(trials: 5, fineTrials: 2))
    let trial = SearchSamples.trial(5, lambda: "0.5", accuracy: 0.5, stage: .fine)
    #expect(try !study.record(trial, in: old))
    #expect(try !study.record(rung, in: old))
    let later = RungResult(7, .fine, Rung(number: 1, step: 2), accuracy: 0.5)
    #expect(try study.standing(before: later, first: 5).accuracies.isEmpty)
    // A coarse trial is one of the study's all the same.
    #expect(try study.record(SearchSamples.trial(1, lambda: "0.5", accuracy: 0.5), in: old))
  }

  @Test(
    "trials that the search does not make are found when the study is opened",
    arguments: [
      "UPDATE trial SET settings = '{\"lambda\":\"0.5\"}' WHERE number = 2",
      "UPDATE trial SET settings = '{\"lambda\":\"much\"}'",
      "UPDATE trial SET settings = '{}'", "UPDATE trial SET stage = 'fine' WHERE number = 2",
      "UPDATE trial SET stage = 'coarse' WHERE number = 5",
      "UPDATE trial SET settings = '{\"lambda\":\"0.5\"}' WHERE number = 6",
      "UPDATE trial SET number = 60 WHERE number = 6", "DELETE FROM trial WHERE number = 1",
    ])
  func edited(_ sql: String) throws {
    let study = try search(4, fine: 2).study
    _ = try bench.run(search(4, fine: 2))
    try DatabaseQueue(path: study.path).write { try $0.execute(sql: sql) }
    let error = dataError { _ = try search(4, fine: 2) }
    #expect(error?.kind == .malformed)
    #expect(error?.found.contains("has settings that differ from the search's") == true)
  }

  @Test("a setting that the best trial's schedule does not use is no difference")
  func unused() throws {
    let base = try SearchSamples.base((.schedule, "constant"), (.eta, "0.5"))
    let search = try bench.search(over: ["schedule=cyclical,cosine"], base: base)
    #expect(try bench.run(search).trials.count == 2)
  }

  @Test("a recipe that was edited is not given out", arguments: ["lambda", "batch-size"])
  func editedRecipe(_ key: String) throws {
    let results = try bench.run(search(2, fine: 0))
    let recipe = try #require(results.best.outcome).recipe
    let edited = recipe.split(separator: "\n").map {
      $0.hasPrefix("\(key):") ? "\(key): 7" : String($0)
    }
    try DatabaseQueue(path: results.study).write {
      try $0.execute(
        sql: "UPDATE trial SET recipe = ?", arguments: [edited.joined(separator: "\n") + "\n"])
    }
    let error = dataError { _ = try search(2, fine: 0).results() }
    #expect(error?.found.contains("has a \(key) that differs from its settings") == true)
  }
}
