import LabTestSupport
import Strata
import Testing

@testable import StrataLab

@Suite("The final stage of a search")
struct FinalStageTests {
  private let runs = FinalRuns(finalists: 2, seeds: 3, settings: [TrialValue(.cycles, "3")])
  private let trials = [
    SearchSamples.trial(1, lambda: "0.01", accuracy: 0.5),
    SearchSamples.trial(2, lambda: "0.02", accuracy: 0.6),
    SearchSamples.trial(3, lambda: "0.02", accuracy: 0.6, stage: .fine),
    SearchSamples.trial(4, lambda: "0.03", accuracy: nil),
    SearchSamples.stopped(5, lambda: "0.04", accuracy: 0.9, step: 40),
    SearchSamples.trial(6, lambda: "0.05", accuracy: 0.4),
  ]

  @Test("the best finished trials are chosen, equal ones once, with the settings of final runs")
  func chosen() throws {
    let stage = try #require(try FinalStage(runs, of: SearchSamples.plan(), after: trials))
    #expect(
      stage.finalists == [
        [TrialValue(.lambda, "0.02"), TrialValue(.cycles, "3")],
        [TrialValue(.lambda, "0.01"), TrialValue(.cycles, "3")],
      ])
    #expect(
      stage.reason == "final stage: the best 2 trials, numbers 2 (60.00 %), 1 (50.00 %), from 3 "
        + "seeds each, with cycles 3")
    #expect(try FinalStage(runs, of: SearchSamples.plan(), after: [trials[3], trials[4]]) == nil)
  }

  @Test("every finalist has a run of the first seed before one has a run of the second")
  func order() throws {
    let stage = try #require(try FinalStage(runs, of: SearchSamples.plan(), after: trials))
    let made = stage.trials(seeds: 3, base: .max, from: 7)
    #expect(made.map(\.number) == Array(7...12))
    #expect(made.map { $0.text(of: .lambda) } == ["0.02", "0.01", "0.02", "0.01", "0.02", "0.01"])
    #expect(made.compactMap { $0.text(of: .seed) }.suffix(4) == ["0", "0", "1", "1"])
    #expect(stage.trials(seeds: 2, base: .max, from: 7) == Array(made.prefix(4)))
  }
}
