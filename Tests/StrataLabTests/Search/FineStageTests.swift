import Strata
import StrataLab
import Testing

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

  @Test("it does not reach beyond the coarse range")
  func clamped() throws {
    let ends = ["1.0e-5", "0.0001", "0.1"].enumerated().map {
      SearchSamples.trial($0.offset + 1, lambda: $0.element, accuracy: 0.5)
    }
    let stage = try FineStage(of: SearchSamples.plan(), after: ends)
    #expect(stage?.space.description == "lambda=log:1.0e-5..0.1")
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
