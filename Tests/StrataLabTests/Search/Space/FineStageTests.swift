import LabTestSupport
import Strata
import Testing

@testable import StrataLab

@Suite("The fine stage of a search")
struct FineStageTests {
  /// Twenty coarse trials, the best three of them at .001489, .001948 and .006807.
  private let trials: [Trial] =
    [
      SearchSamples.trial(1, lambda: "0.001489", accuracy: 0.5230),
      SearchSamples.trial(2, lambda: "0.006807", accuracy: 0.5218),
      SearchSamples.trial(3, lambda: "0.001948", accuracy: 0.5222),
    ] + (4...19).map { SearchSamples.trial($0, lambda: "5.0e-5", accuracy: 0.5) } + [
      SearchSamples.trial(20, lambda: "0.09", accuracy: nil)
    ]

  @Test("the range is what the best three span and half a spacing beyond, on the scale")
  func logarithmic() throws {
    let stage = try #require(try FineStage(of: SearchSamples.plan(), after: trials))
    // Half of 4/19 in log₁₀: .001489 · 10^(−2/19) and .006807 · 10^(2/19).
    #expect(stage.space.dimensions.map(\.description) == ["lambda=log:0.00116851..0.00867399"])
    #expect(stage.reason.contains("numbers 1 (52.30 %), 3 (52.22 %), 2 (52.18 %)"))
  }

  /// Three coarse trials, the best one in the middle, and two at the ends.
  private let ends = [
    SearchSamples.trial(1, lambda: "0.001", accuracy: 0.6),
    SearchSamples.trial(2, lambda: "1.0e-5", accuracy: 0.5),
    SearchSamples.trial(3, lambda: "0.1", accuracy: 0.5),
  ]

  @Test("it does not reach beyond the coarse range where the best one lies within")
  func clamped() throws {
    // Copies of the best one count once.
    let copies = (4...6).map {
      Trial($0, .coarse, ends[0].values, twin: 1, outcome: ends[0].outcome)
    }
    let stage = try FineStage(of: SearchSamples.plan(), after: ends + copies)
    #expect(stage?.space.description == "lambda=log:1.0e-5..0.1")
    #expect(stage?.reason.contains("beyond the coarse range") == false)
  }

  @Test("where the best one lies at an end, the range reaches half of the coarse span beyond")
  func widened() throws {
    // Spacing 2 in log₁₀ of three trials; the best within 0.4 of the ends.
    func space(_ lambda: String, over: String = "lambda=log:1e-5..1e-1") throws -> FineStage? {
      let trials = [SearchSamples.trial(4, lambda: lambda, accuracy: 0.7)] + ends.prefix(2)
      return try FineStage(of: SearchSamples.plan(over: [over]), after: trials)
    }
    let low = try #require(try space("2.0e-5"))
    #expect(low.space.description == "lambda=log:1.0e-7..0.01")
    #expect(low.reason.hasSuffix("since the best value, 2.0e-5, lies at its lower end"))
    #expect(try space("0.05")?.space.description == "lambda=log:1.0e-5..10.0")
    // On a linear scale from 0, there is nothing below.
    #expect(
      try space("0.001", over: "lambda=linear:0..0.1")?.space.description
        == "lambda=linear:0.0..0.026")
  }

  @Test("a study of the first rules keeps the coarse range")
  func firstRules() throws {
    let plan = try SearchSamples.plan()
    var counts = plan.counts
    counts.rules = .first
    let trials = [SearchSamples.trial(4, lambda: "2.0e-5", accuracy: 0.7)] + ends.prefix(2)
    let stage = try FineStage(of: plan.with(counts), after: trials)
    #expect(stage?.space.description == "lambda=log:1.0e-5..0.01")
  }

  @Test("the spacing of a grid is that of its points on each range")
  func grid() throws {
    // 5 points on log₁₀ from −5 to −1: spacing 1, and 10 trials with the two choices.
    let plan = try SearchSamples.plan(over: ["lambda=log:1e-5..1e-1", "batch-norm=none,after"]) {
      ($0.method, $0.trials) = (.grid, 11)
    }
    let trials = ["none", "after", "none"].enumerated().map { offset, place in
      var outcome = TrialOutcome(.finished)
      outcome.validationAccuracy = 0.5
      let values = [TrialValue(.lambda, "0.001"), TrialValue(.batchNormalization, place)]
      return Trial(offset + 1, .coarse, values, outcome: outcome)
    }
    let stage = try FineStage(of: plan, after: trials)
    #expect(
      stage?.space.description == "lambda=log:0.000316228..0.00316228 batch-norm=none|after")
    let normalized = try FineStage(of: plan, after: [trials[1]])
    #expect(normalized?.space.dimensions.last?.values == .choices(["after"]))
  }

  @Test("a range of whole numbers stays one")
  func whole() throws {
    let plan = try SearchSamples.plan(over: ["batch-size=linear:50..200"])
    var outcome = TrialOutcome(.finished)
    outcome.validationAccuracy = 0.5
    let trial = Trial(1, .coarse, [TrialValue(.batchSize, "100")], outcome: outcome)
    // One trial: the spacing is the whole range, half of it 75.
    #expect(
      try FineStage(of: plan, after: [trial])?.space.description == "batch-size=linear:50..175")
  }

  @Test("what was given is taken; without a trial to compare there is no stage")
  func given() throws {
    let plan = try SearchSamples.plan { $0.fineOver = ["lambda=log:1e-3..7e-3"] }
    let stage = try FineStage(of: plan, after: [])
    #expect(stage?.space == plan.givenFineSpace)
    #expect(stage?.reason.contains("as given") == true)
    #expect(try FineStage(of: SearchSamples.plan(), after: [trials[19]]) == nil)
    let stopped = SearchSamples.stopped(21, lambda: "0.05", accuracy: 0.99, step: 120)
    #expect(try FineStage(of: SearchSamples.plan(), after: [stopped]) == nil)
  }
}
