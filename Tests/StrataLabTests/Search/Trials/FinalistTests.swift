import Foundation
import LabTestSupport
import Strata
import TestSupport
import Testing

@testable import StrataLab

@Suite("Finalists of a search")
struct FinalistTests {
  /// Runs of a finalist from seeds 1, 2, ...
  private func runs(_ first: Int, _ lambda: String, _ accuracies: [Double?]) -> [Trial] {
    accuracies.enumerated().map { index, accuracy in
      let trial = SearchSamples.trial(
        first + 10 * index, lambda: lambda, accuracy: accuracy, stage: .final)
      return Trial(
        trial.number, .final, trial.values + [TrialValue(.seed, "\(index + 1)")],
        outcome: trial.outcome)
    }
  }

  private func results(
    _ trials: [Trial], over: String = "lambda=log:1e-5..1e-1", seeds: Int = 3
  ) throws -> SearchResults {
    let finalists = try Finalist.ranked(trials)
    let coarse = [SearchSamples.trial(1, lambda: "0.001", accuracy: 0.5)]
    let winner = finalists.first.flatMap { $0.validation == nil ? nil : $0 }
    return SearchResults(
      plan: try SearchSamples.plan(over: [over]) { ($0.finalists, $0.finalSeeds) = (4, seeds) },
      study: "a.sqlite", data: "shapes", fine: nil, trials: trials.ranked + coarse,
      finalists: finalists, best: winner?.trials.ranked.first ?? coarse[0])
  }

  private var trials: [Trial] {
    runs(2, "0.1", [0.70, 0.50, 0.6]) + runs(3, "0.001", [0.60, 0.61, 0.605])
      + runs(4, "0.0001", [0.51, 0.519, 0.515]) + runs(5, "0.01", [0.9, nil, 0.9])
  }

  @Test("the best mean is first, differences from it are told or not, and a loss is last")
  func ranked() throws {
    let finalists = try Finalist.ranked(trials.shuffled())
    #expect(
      finalists.map { $0.trials[0].text(of: .lambda) } == ["0.001", "0.1", "0.0001", "0.01"])
    // Differences −0.1, 0.11, 0.005 with s = 0.105; 0.09, 0.091, 0.09.
    #expect(finalists.map(\.isTied) == [nil, true, false, nil])
    #expect(finalists[3].validation == nil && finalists[3].reason == "it diverged")
    #expect(abs((finalists[0].validation?.mean ?? 0) - 0.605) < 1e-12)
    #expect(abs((finalists[0].test?.mean ?? 0) - 0.595) < 1e-12)
  }

  @Test("equal runs are tied, those that differ by the same everywhere are not; one tells nothing")
  func constant() throws {
    let equal = try Finalist.ranked(runs(1, "1", [0.5, 0.6]) + runs(2, "2", [0.5, 0.6]))
    #expect(equal.map(\.isTied) == [nil, true] && equal[0].trials[0].number == 1)
    let apart = try Finalist.ranked(runs(1, "1", [0.25, 0.5]) + runs(2, "2", [0.5, 0.75]))
    #expect(apart.map(\.isTied) == [nil, false] && apart[0].trials[0].number == 2)
    let single = try Finalist.ranked(runs(1, "1", [0.5]) + runs(2, "2", [0.9]))
    #expect(single.map(\.isTied) == [nil, nil] && single[0].trials[0].number == 2)
    #expect(try Finalist.ranked([SearchSamples.trial(1, lambda: "1", accuracy: 0.5)]) == [])
  }

  @Test("the table begins with the finalists")
  func table() throws {
    // Student's interval of 0.60, 0.61, 0.605: 0.605 ± 4.303 · 0.005 / √3.
    #expect(
      try results(trials).table.hasPrefix(
        """
        rank  lambda  validation   95 % interval     test  seeds  against the best
        ────  ──────  ──────────  ──────────────  ───────  ─────  ────────────────
           1  0.0010     60.50 %  59.26 to 61.74  59.50 %      3  -
           2  0.1000     60.00 %  35.16 to 84.84  59.00 %      3  tied
           3  0.0001     51.47 %  50.35 to 52.59  50.47 %      3  worse
           -  0.0100           -               -        -      3  it diverged

        rank  trial  stage   lambda  seed  validation     test  seconds  status
        """))
    #expect(try results(trials).table.contains("coarse  0.0010     1     50.00 %"))
  }

  @Test("JSON and the file of trials hold finalists")
  func programs() throws {
    let results = try results(trials)
    let rows = try #require(results.json["finalists"]?.elements)
    #expect(rows.map { $0["tied_with_best"] } == [.null, .boolean(true), .boolean(false), .null])
    #expect(rows[0]["trials"]?.elements?.map(\.integer) == [3, 13, 23])
    #expect(rows[0]["settings"]?["lambda"]?.string == "0.001" && rows[0]["seeds"]?.integer == 3)
    let ends = ["lower", "upper"].map { rows[0]["validation_interval_\($0)"]?.real(Double.self) }
    #expect(abs((ends[0] ?? 0) - 0.592579) < 1e-6 && abs((ends[1] ?? 0) - 0.617421) < 1e-6)
    #expect(rows[3]["validation_accuracy"] == .null && rows[3]["reason"]?.string == "it diverged")
    // Trial 13 is the winner's best, from another seed than the base's.
    #expect(results.json["best_trial"]?.integer == 13)
    let lines = results.csv.components(separatedBy: "\r\n")
    #expect(lines.contains { $0.hasPrefix("13,final,0.001,2,") })
    let single = try self.results(runs(2, "0.1", [0.7]), seeds: 1).json["finalists"]?.elements?[0]
    #expect(single?["validation_interval_lower"] == .null)
  }

  @Test("the best recipe is that of the base seed, with the mean")
  func recipe() throws {
    #expect(
      try results(trials).bestRecipe.hasPrefix(
        "# strata \(strataVersion): trial 3 of 13 of a.sqlite, validation accuracy 60.50 %, mean of 3 "
          + "seeds\n"))
  }

  @Test("notes: ties, a single seed, and a result at an end of what was searched")
  func notes() throws {
    let notes = try results(trials).notes
    #expect(notes == ["note: 1 finalist cannot be told from the best at the 5 % level"])
    let single = runs(2, "0.1", [0.7]) + runs(3, "0.01", [0.6])
    #expect(
      try results(single, seeds: 1).notes == [
        "note: one seed cannot rank finalists; raise --final-seeds",
        "note: the best lambda, 0.1, lies at the upper end of the coarse range, log:1.0e-5..0.1; "
          + "search further with --over lambda=log:1.0e-5..10.0",
      ])
    // No probability is below 0.
    let zero = runs(2, "0.1", [0.7]).map {
      Trial($0.number, .final, [TrialValue(.dropout, "0.0")], outcome: $0.outcome)
    }
    #expect(try results(zero, over: "dropout=linear:0..0.5").notes == [])
  }

  @Test("final runs have a marker of their own in the figure")
  func figure() throws {
    let figure = try ParsedXML(try #require(results(trials).figure))
    #expect(figure.texts.contains("final stage"))
    let diamonds = figure.elements("polygon").filter {
      $0.attributes["fill"] == FigureStyle.green
    }
    // Eleven runs with a result, and the legend.
    #expect(diamonds.count == 12)
    #expect(figure.texts.contains { $0.contains("mean of 3: validation accuracy 60.50 %") })
  }
}
