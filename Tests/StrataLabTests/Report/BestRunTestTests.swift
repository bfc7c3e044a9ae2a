import Foundation
import Strata
import TestSupport
import Testing

@testable import StrataLab

@Suite("The best run against the next")
struct BestRunTestTests {
  private func comparison(_ paths: [String]) throws -> RunComparison {
    RunComparison(
      try ComparedRun.read(paths, dataDirectory: nil, threads: 1), command: "strata report")
  }

  /// For each test image whether the run gets it right, one image at a time.
  private func isRight(_ run: ComparedRun) throws -> [Bool] {
    let test = try run.examination.get().test
    let classifier = try Classifier(run.run.model, threads: 1)
    return try (0..<test.count).map { row in
      let probabilities = try classifier.probabilities(of: Array(test.rows.bytes(of: row)))
      let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] }
      return best == Int(test.labels[row])
    }
  }

  /// Twice the smaller tail of n throws of a coin, from Pascal's triangle.
  private func exact(_ only: (Int, Int)) -> Double {
    let count = only.0 + only.1
    var line = [1.0]
    for _ in 0..<count { line = zip([0] + line, line + [0]).map(+) }
    return min(1, 2 * line.prefix(min(only.0, only.1) + 1).reduce(0, +) / pow(2, Double(count)))
  }

  @Test("it counts the images that one run alone gets right, and says if they tell the runs apart")
  func best() throws {
    let runs = try SampleRuns()
    let comparison = try comparison([
      runs.train("weak", [.epochs: "1", .lambda: "0.5"]),
      runs.train("strong", [.epochs: "20", .eta: "0.1"]),
      runs.train("poor", [.epochs: "1", .eta: "1e-6"]),
    ])
    let test = try #require(comparison.bestRunTest)
    #expect(test.best.name == "strong")
    let pairs = zip(try isRight(test.best), try isRight(test.second))
    let only = (pairs.count { $0 && !$1 }, pairs.count { !$0 && $1 })
    #expect((test.test.onlyFirst, test.test.onlySecond) == only && only.0 > only.1)
    #expect(abs(test.test.pValue - exact(only)) < 1e-12)
    let introduction = comparison.report.introduction
    #expect(introduction.contains(test.sentence))
    #expect(test.sentence.hasPrefix("“strong” alone gets \(only.0) test images right, “"))
    #expect(
      test.sentence.contains("so the first of these two networks is better") == (exact(only) < 0.05)
    )
    let json = try #require(comparison.json["best_two"])
    #expect(json["best"]?.string == "strong" && json["second"]?.string == test.second.name)
    #expect(json["only_best_right"]?.integer == only.0)
    #expect(json["p_mcnemar"]?.real(Double.self) == test.test.pValue)
  }

  @Test("a run that is the same does not differ on any image")
  func same() throws {
    let runs = try SampleRuns()
    let test = try #require(comparison([runs.train("a"), runs.train("b")]).bestRunTest)
    #expect(test.test.onlyFirst == 0 && test.test.onlySecond == 0)
    #expect(test.sentence.contains("p = 1.000), so these images do not show"))
  }

  @Test("one run, other data and missing images have no test")
  func none() throws {
    let runs = try SampleRuns()
    let path = try runs.train("a")
    let single = try comparison([path])
    #expect(single.bestRunTest == nil && single.json["best_two"] == .null)
    let other = try runs.train("b", [.data: "shapes", .train: "100"])
    #expect(try comparison([path, other]).bestRunTest == nil)
    let third = try runs.train("c")
    try FileManager.default.removeItem(atPath: runs.folder["tiny"])
    let missing = try comparison([path, third])
    #expect(missing.bestRunTest == nil)
    #expect(missing.report.introduction.count == 2)
    #expect(missing.resultsTable.rows.map { $0[2].text } == ["–", "–"])
  }

  @Test("the ends of the interval are accuracies from which ours is 1.96 deviations away")
  func interval() throws {
    let runs = try SampleRuns()
    let comparison = try comparison([runs.train("a", [.epochs: "10", .eta: "0.03"])])
    let run = comparison.runs[0]
    let right = try isRight(run)
    let share = Double(right.count { $0 }) / Double(right.count)
    try #require(share > 0 && share < 1, "\(share)")
    let interval = try #require(run.testInterval)
    for end in [interval.lower, interval.upper] {
      let deviation = (end * (1 - end) / Double(right.count)).squareRoot()
      #expect(abs(abs(share - end) / deviation - 1.959_963_984_540_054) < 1e-9)
    }
    #expect(interval.lower < share && share < interval.upper)
    let row = comparison.resultsTable.rows[0].map(\.text)
    #expect(row[2] == intervalText(interval) && row[1] == accuracyText(share))
    #expect(comparison.resultsTable.columns[2].title == "95 % interval")
    let examination = comparison.json["runs"]?.elements?.first?["examination"]
    #expect(examination?["interval_lower"]?.real(Double.self) == interval.lower)
    #expect(examination?["test_images"]?.integer == right.count)
  }
}
