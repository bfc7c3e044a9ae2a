import LabTestSupport
import Strata
import StrataLab
import Testing

@testable import StrataReproduction

@Suite("Numbers of a search")
struct SearchStatisticTests {
  private func results(_ trials: [Trial]) throws -> SearchResults {
    let trials = trials.ranked
    return SearchResults(
      plan: try SearchSamples.plan(), study: "a.sqlite", data: "shapes", fine: nil, trials: trials,
      best: try #require(trials.first))
  }

  private let coarse = [
    SearchSamples.trial(1, lambda: "0.1", accuracy: 0.4),
    SearchSamples.trial(2, lambda: "0.01", accuracy: 0.5),
    SearchSamples.trial(3, lambda: "0.02", accuracy: nil),
    SearchSamples.stopped(4, lambda: "0.03", accuracy: 0.9, step: 40),
  ]
  private let fine = [
    SearchSamples.trial(5, lambda: "0.003", accuracy: 0.55, stage: .fine),
    SearchSamples.trial(6, lambda: "0.004", accuracy: 0.6, stage: .fine),
  ]

  private func value(_ statistic: SearchStatistic, _ trials: [Trial]) throws -> Double? {
    try statistic.value(results(trials))
  }

  private func expect(
    _ statistic: SearchStatistic, _ expected: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let value = try #require(try value(statistic, coarse + fine), sourceLocation: sourceLocation)
    #expect(abs(value - expected) < 1e-12, "\(statistic.name)", sourceLocation: sourceLocation)
  }

  @Test("they are of the finished trials of their stage")
  func values() throws {
    try expect(.highest(.coarse), 0.5)
    try expect(.lowest(.coarse), 0.4)
    try expect(.highest(.fine), 0.6)
    try expect(.lowest(.fine), 0.55)
    try expect(.meanGain, 0.575 - 0.45)
    try expect(.highestGain, 0.1)
    // Two numbers that differ by d have the variance d²/2.
    try expect(.varianceRatio, 0.25)
    try expect(.best(.lambda, in: .fine), 0.004)
    try expect(.best(.lambda, in: .coarse), 0.01)
  }

  @Test("there is none without trials of the stage, of one trial, or of a setting not searched")
  func missing() throws {
    let statistics: [SearchStatistic] = [
      .highest(.fine), .lowest(.fine), .meanGain, .highestGain, .varianceRatio,
      .best(.lambda, in: .fine),
    ]
    for statistic in statistics {
      #expect(try value(statistic, coarse) == nil, "\(statistic.name)")
    }
    #expect(try value(.varianceRatio, coarse + [fine[0]]) == nil)
    #expect(try value(.varianceRatio, [coarse[0]] + fine) == nil)
    #expect(try value(.best(.etaMaximum, in: .coarse), coarse) == nil)
  }
}
