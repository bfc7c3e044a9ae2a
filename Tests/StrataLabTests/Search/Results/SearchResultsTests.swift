import Foundation
import LabTestSupport
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("Results of a search")
struct SearchResultsTests {
  private func results(
    _ trials: [Trial], over: String = "lambda=log:1e-5..1e-1",
    _ change: (inout SearchRequest) -> Void = { _ in }
  ) throws -> SearchResults {
    let trials = trials.ranked
    return SearchResults(
      plan: try SearchSamples.plan(over: [over], change), study: "studies/a.sqlite", data: "shapes",
      fine: nil, trials: trials, best: try #require(trials.first))
  }

  private let trials = [
    SearchSamples.trial(1, lambda: "0.001", accuracy: 0.5),
    SearchSamples.trial(2, lambda: "0.1", accuracy: nil),
    SearchSamples.trial(3, lambda: "1.0e-5", accuracy: 0.6, stage: .fine),
    SearchSamples.trial(4, lambda: "0.01", accuracy: 0.5),
    SearchSamples.stopped(5, lambda: "0.001", accuracy: 0.9, step: 40),
    SearchSamples.stopped(6, lambda: "0.0001", accuracy: 0.4, step: 120),
  ]

  @Test("the table has the best first; equal ones in order, and those without a score last")
  func table() throws {
    #expect(
      try results(trials).table == """
        rank  trial  stage   lambda  validation     test  seconds  status
        ────  ─────  ──────  ──────  ──────────  ───────  ───────  ───────────────────
           1      3  fine     1e-05     60.00 %  59.00 %      1.3  finished
           2      1  coarse   1e-03     50.00 %  49.00 %      1.3  finished
           3      4  coarse   1e-02     50.00 %  49.00 %      1.3  finished
           -      6  coarse   1e-04     40.00 %        -      0.5  stopped at step 120
           -      5  coarse   1e-03     90.00 %        -      0.5  stopped at step 40
           -      2  coarse   1e-01           -        -      1.3  diverged

        """)
    #expect(try !results([trials[0]]).table.contains("status"))
  }

  @Test("the best recipe says whose it is and keeps its settings")
  func recipe() throws {
    let text = try results(trials).bestRecipe
    #expect(text.hasPrefix("# strata \(strataVersion): trial 3 of 6 of a.sqlite, "))
    #expect(text.hasSuffix("60.00 %\nlambda: 1.0e-5\n"))
    #expect(!text.contains("a heading"))
  }

  @Test("JSON holds every trial")
  func json() throws {
    let json = try results(trials).json
    #expect(json["best_trial"]?.integer == 3)
    let rows = try #require(json["trials"]?.elements)
    try #require(rows.count == 6)
    #expect(rows.map { $0["trial"]?.integer } == [3, 1, 4, 6, 5, 2])
    #expect(rows[0]["settings"]?["lambda"]?.string == "1.0e-5")
    #expect(rows[0]["validation_accuracy"]?.real(Double.self) == 0.6)
    #expect(rows[3]["status"]?.string == "stopped" && rows[3]["steps"]?.integer == 120)
    #expect(rows[3]["full_steps"]?.integer == 360 && rows[3]["test_accuracy"] == .null)
    #expect(rows[5]["validation_accuracy"] == .null)
    #expect(rows[5]["reason"]?.string == "it diverged")
    #expect(json["halving"] == .null)
  }

  @Test("the file of trials holds every trial, with all digits")
  func csv() throws {
    let lines = try results(trials).csv.components(separatedBy: "\r\n")
    #expect(
      lines.first == "trial,stage,lambda,status,reason,steps,full_steps,validation_accuracy,"
        + "validation_loss,test_accuracy,test_loss,seconds,same_as")
    try #require(lines.count == 8)
    #expect(lines[1] == "3,fine,1.0e-5,finished,,,,0.6,1.4,0.59,1.5,1.25,")
    #expect(
      lines[4] == "6,coarse,0.0001,stopped,stopped at step 120 of 360,120,360,0.4,1.6,,,0.5,")
    #expect(lines[6] == "2,coarse,0.1,diverged,it diverged,,,,,,,1.25,")
  }

  @Test("what halving saves is counted in update steps")
  func savings() throws {
    #expect(try results(trials).halvingLine == nil)
    // 40 and 120 of 360 steps each.
    #expect(
      try results(trials) { $0.isHalving = true }.halvingLine
        == "halving   2 of 6 trials stopped early, 160 of 720 update steps made (22.2 %)")
  }

  @Test("the figure puts trials on the logarithmic axis, each stage with a marker of its own")
  func figure() throws {
    let figure = try ParsedXML(try #require(results(trials).figure))
    // The axis from 1e-5 to 1e-1 is 640 wide from 56 on; the best at its start has a ring.
    #expect(figure.elements("circle").contains { $0.attributes["cx"] == "376" })
    let ring = try #require(figure.elements("circle").first { $0.attributes["r"] == "7" })
    #expect(ring.attributes["cx"] == "56")
    #expect(figure.elements("circle").contains { $0.attributes["cx"] == "536" })
    #expect(figure.texts.contains("10⁻⁵") && figure.texts.contains("lambda"))
    #expect(figure.texts.contains("coarse stage") && figure.texts.contains("fine stage"))
    #expect(figure.texts.contains { $0.contains("1 of the trials diverged") })
    #expect(figure.texts.contains { $0.contains("2 of the trials were stopped early (hollow)") })
    #expect(figure.texts.contains("coarse stage, stopped early"))
    #expect(!figure.texts.contains("fine stage, stopped early"))
    // Two in the plot and one in the legend.
    let hollow = figure.elements("circle").filter {
      $0.attributes["fill"] == FigureStyle.paper && $0.attributes["stroke"] == FigureStyle.blue
    }
    #expect(Set(hollow.compactMap { $0.attributes["cx"] }).isSuperset(of: ["216", "376"]))
    #expect(hollow.count == 3)
    #expect(figure.elements("line").allSatisfy { $0.attributes["stroke"] != FigureStyle.vermilion })
  }

  @Test("a linear range has a linear axis; choices have no figure")
  func axes() throws {
    let trials = [
      SearchSamples.trial(1, lambda: "0.25", accuracy: 0.5),
      SearchSamples.trial(2, lambda: "1.0", accuracy: 0.4),
    ]
    let figure = try ParsedXML(
      try #require(results(trials, over: "lambda=linear:0..1").figure))
    let places = figure.elements("circle").compactMap { $0.attributes["cx"] }
    #expect(Set(places).isSuperset(of: ["216", "696"]))
    #expect(try results(trials, over: "lambda=0.25,1").figure == nil)
  }
}
