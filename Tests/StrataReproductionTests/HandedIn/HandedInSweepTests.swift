import Strata
import StrataLab
import TestSupport
import Testing

@testable import StrataReproduction

@Suite("Which networks the handed-in report calls the best")
struct HandedInSweepTests {
  /// A row from its accuracies, seed by seed; `nil` for a run that diverged.
  private func results(_ label: String, _ accuracies: [Double?]) -> ReproducedResults {
    let outcomes = accuracies.enumerated().map { index, accuracy -> ReproductionOutcome in
      let run = ReproductionRun(changes: Toy.base, seed: UInt64(index + 1))
      guard let accuracy else {
        return .diverged(DivergedRun(run, DivergenceError(step: 3, layer: nil, tensor: "cost")))
      }
      let summary = JSONValue.object(
        ["test_accuracy", "validation_accuracy"].map { .init($0, .real(accuracy)) })
      return .finished(
        ReproductionResult(run, path: "runs/toy", history: [], summary: summary))
    }
    return ReproducedResults(Toy.row(label), outcomes)
  }

  /// What the report says of a sweep over two kinds of networks.
  private func peaks(
    plain: [ReproducedResults], normalized: [ReproducedResults]
  ) throws -> String? {
    let points = [(CurveRole.plain, plain), (.normalized, normalized)].flatMap { role, results in
      results.map { SweepDrawing.Point(label: $0.row.label, role: role, value: 1) }
    }
    let other = results("not drawn", [0.99])
    let all = plain + normalized + [other]
    let part = Toy.part("sweep", all.map(\.row)).drawn(
      .sweep(SweepDrawing(axis: "x", isLogarithmic: false, points: points)))
    return try HandedInReport.peaks(
      of: ReproductionReport.Experiment(
        document: Toy.document([part]), part: part, found: .runs(all), answers: []))
  }

  @Test("the highest mean of each kind; a network with a diverged run has none, and is counted")
  func peaks() throws {
    let low = results("low", [0.3])
    let high = results("high", [0.5])
    let wild = results("wild", [0.9, nil])
    let wilder = results("wilder", [nil, nil])
    #expect(
      try peaks(plain: [low], normalized: [high])
        == "The highest mean test accuracies are, with batch normalization, that of “high” "
        + "(50.00 %); with no batch normalization, that of “low” (30.00 %).")
    #expect(
      try peaks(plain: [wild, wilder], normalized: [low, high])
        == "The highest mean test accuracy is that of “high” (50.00 %). 2 networks are "
        + "not considered, since 3 of their runs diverged.")
    #expect(
      try peaks(plain: [], normalized: [wild])
        == "1 network is not considered, since 1 of its runs diverged.")
    #expect(try peaks(plain: [], normalized: []) == nil)
  }

  @Test("alternatives, which have no name of their own, cannot be the best network")
  func choices() throws {
    let scratch = try ScratchFolder()
    let setting = VariedSetting("3 layers", Toy.settings(), or: [.initialization: "xavier"])
    let good = results("good", [0.5, 0.6])
    let document = Toy.document(
      [Toy.part("some", [good.row]), .choices("a toy", [setting])], name: HandedInReport.document)
    let choice = ReproducedChoice(
      setting: setting, chosen: results("he", [0.8, 0.9]),
      alternative: results("xavier", [0.9, 0.8]))
    let report = try ReproductionReport(
      Toy.reproduction([document], seeds: 2, in: scratch["all"]),
      [.runs([good, results("wild", [0.99, nil])]), .choices([choice])], command: "strata x",
      machine: [])
    #expect(
      try HandedInReport(report).candidates().map(\.name) == ["“good” of “Part some”"])
  }
}
