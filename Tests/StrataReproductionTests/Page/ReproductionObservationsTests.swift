import Strata
import StrataLab
import TestSupport
import Testing

@testable import StrataReproduction

@Suite("Numbers of ours that show something")
struct ReproductionObservationsTests {
  private static func small(_ epsilon: String) -> ReproducedRow {
    Toy.row(
      "σ 1e-4, ε \(epsilon)",
      Toy.base.and([
        .hidden: "50,50", .initialization: "1e-4", .normalizationEpsilon: epsilon,
      ]))
  }

  @Test("small weights leave ŝ small where ε is greater than their variance")
  func scores() throws {
    let reproduction = try Toy.reproduction([], in: "all")
    func deviation(_ row: ReproducedRow, layer: Int = 2, seed: UInt64 = 1) throws -> Double {
      try reproduction.scoreDeviation(layer: layer, of: row, seed: seed)
    }
    #expect(try deviation(Self.small("1e-5")) < 0.3)
    for seed in [1, 2] as [UInt64] {
      #expect(try abs(deviation(Self.small("2.2e-16"), seed: seed) - 1) < 0.01)
    }
    #expect(try deviation(Self.small("1e-5")) != deviation(Self.small("1e-5"), seed: 2))
    let plain = Toy.row("plain", Toy.base.and([.batchNormalization: "none"]))
    #expect(try deviation(plain, layer: 1).isNaN)
    #expect(try deviation(Self.small("1e-5"), layer: 3).isNaN)
  }

  private static let first = Toy.row("first")
  private static let second = Toy.row("second", Toy.base.and([.lambda: "0.5"]))

  private func lines(
    _ rows: [ReproducedRow], _ observations: [Observation], seeds: Int
  ) throws -> (lines: [[String]], results: [ReproducedResults]) {
    let scratch = try ScratchFolder()
    let part = Toy.part("rows", rows).observing(observations)
    let report = try Toy.report([Toy.document([part])], seeds: seeds, in: scratch["all"])
    return (
      try #require(report.report().rows(of: "toy-rows-observations")),
      report.experiments[0].found.results
    )
  }

  @Test("a number of a network, a difference seed by seed, and scores, each with its interval")
  func table() throws {
    let (lines, results) = try lines(
      [Self.first, Self.second],
      [
        Observation("number", .number(.finalLoss, of: Self.first)),
        Observation("difference", .difference(.testAccuracy, of: Self.first, from: Self.second)),
        Observation("scores", .scores(layer: 1, of: Self.first)),
      ], seeds: 3)
    #expect(lines.map { $0[0] } == ["number", "difference", "scores"])
    #expect(
      lines.map { $0[1] } == [
        "first: training loss at the end", "test accuracy of “first” minus “second”",
        "first: standard deviation of ŝ of layer 1 on 100 images before the first step",
      ])
    let losses = try results[0].finished.map { try $0.number("train_loss") }
    let summary = try SampleSummary(losses)
    let interval = try #require(summary.confidenceInterval())
    #expect(lines[0][2] == "\(significantText(summary.mean)) (n = 3)")
    #expect(
      lines[0][3]
        == "\(significantText(interval.lower)) to \(significantText(interval.upper))")
    let means = try results.map { try $0.numbers(.test).reduce(0, +) / 3 }
    #expect(lines[1][2] == "\(pointsText(means[0] - means[1])) points (n = 3)")
    #expect(lines[2][2].hasSuffix("(n = 3)"))
  }

  @Test("a run that diverged, or was not made, leaves no number")
  func missing() throws {
    let wild = Toy.row(
      "wild",
      Toy.base.and([.batchNormalization: "none", .etaMinimum: "1e30", .etaMaximum: "1e35"]))
    let lines = try lines(
      [Self.first, wild],
      [
        Observation("wild", .number(.finalLoss, of: wild)),
        Observation("difference", .difference(.testAccuracy, of: Self.first, from: wild)),
        Observation("not made", .number(.finalLoss, of: Self.second)),
      ], seeds: 1
    ).lines
    #expect(lines.allSatisfy { $0[2...] == ["–", "–"] })
  }
}
