import Strata
import StrataLab
import TestSupport
import Testing

@testable import StrataReproduction

@Suite("Gains over a baseline")
struct ReproductionGainsTests {
  private func answer(
    _ row: String, _ differences: [Double], improvement: String? = nil
  ) throws -> PairedAnswer {
    try PairedAnswer(
      PairedQuestion("Better", row, row: row, baseline: "b", improvement: improvement),
      pairs: PairedDifferences(of: differences, from: differences.map { _ in 0 }))
  }

  private func gains(_ answers: [PairedAnswer]) throws -> [Gain] {
    let reproduction = try Toy.reproduction([], in: "all")
    return try ReproductionReport(reproduction, [], command: "", machine: []).gains(of: answers)
  }

  @Test("the greatest comes first, with its interval and the name of its idea")
  func order() throws {
    let gains = try gains([
      answer("a", [0.01, 0.02]), answer("b", [0.03, 0.05], improvement: "an idea"),
      answer("c", [-0.01, -0.03]),
    ])
    #expect(gains.map(\.label) == ["an idea", "a", "c"])
    #expect(zip(gains.map(\.mean), [0.04, 0.015, -0.02]).allSatisfy { abs($0 - $1) < 1e-12 })
    // t = 12.7062 at 97.5 % of one degree of freedom, and s / √2 is half of the difference.
    let interval = try #require(gains[0].interval)
    #expect(abs(interval.lower - (0.04 - 12.7062 * 0.01)) < 1e-6)
    #expect(abs(interval.upper - (0.04 + 12.7062 * 0.01)) < 1e-6)
  }

  @Test("one seed has no interval, and runs that diverged no gain")
  func missing() throws {
    let run = ReproductionRun(changes: [:], seed: 1)
    let error = DivergenceError(step: 3, layer: nil, tensor: "cost")
    let wild = ReproducedResults(Toy.row("wild"), [.diverged(DivergedRun(run, error))])
    let none = try PairedAnswer(
      PairedQuestion("Better", "wild", row: "wild", baseline: "b"), row: wild, baseline: wild)
    let gains = try gains([none, answer("a", [0.01])])
    #expect(gains.map(\.label) == ["a"] && gains[0].interval == nil)
  }

  @Test("the drawing has a dot for each, in points")
  func figure() throws {
    let gains = try gains([
      answer("a", [0.01, 0.02]), answer("b", [0.03, 0.05], improvement: "an idea"),
    ])
    let xml = try ParsedXML(ReproductionReport.gainFigure(gains, "Ideas & gains"))
    for text in ["Ideas & gains", "an idea", "a", "gain in test accuracy, percentage points"] {
      #expect(xml.texts.contains(text), "\(text)")
    }
    #expect(
      xml.texts.contains { $0.contains("4.00") } && xml.texts.contains { $0.contains("1.50") })
  }
}
