import Strata
import TestSupport
import Testing

@testable import StrataLab

@Suite("The page of answers in plain words, and the reasons of differences")
struct ReproductionIntroductionTests {
  private static let base: RecipeChanges = [
    .train: "60", .validation: "20", .hidden: "6", .batchSize: "20", .stepSize: "5", .cycles: "1",
  ]

  private func report(
    _ documents: [ReproductionDocument], seeds: Int, in folder: String
  ) throws -> ReproductionReport {
    var recipe = Recipe()
    try recipe.set(.data, to: "shapes")
    let reproduction = try Reproduction(
      documents, seeds: seeds, folder: folder, data: RunData(recipe))
    let found = try reproduction.make(jobs: 2, shouldStop: { false }) { _ in }
    return try ReproductionReport(reproduction, found, command: "", machine: [])
  }

  private func document(
    _ name: String, _ networks: [(String, RecipeChanges)]
  ) -> ReproductionDocument {
    let parts = networks.map { part, changes in
      ReproductionPart(
        part, "Part \(part)", "Of \(name).",
        .runs(
          [
            ReproducedRow("plain", changes.and([.batchNormalization: "none"])),
            ReproducedRow("normalized", changes),
          ],
          questions: [PairedQuestion(text: "Better?", row: "normalized", baseline: "plain")]))
    }
    return ReproductionDocument(name: name, title: name, parts: parts)
  }

  @Test("experiments of one name stand side by side, and the very same networks once")
  func order() throws {
    let scratch = try ScratchFolder()
    let report = try report(
      [
        document("one", [("depth", Self.base), ("sigma", Self.base.and([.lambda: "0.1"]))]),
        document(
          "two",
          [
            ("sigma", Self.base.and([.lambda: "0.1"])), ("depth", Self.base.and([.lambda: "0.2"])),
          ]),
      ], seeds: 2, in: scratch["all"])
    let heads = try report.introduction().filter { $0.hasPrefix("Part") }
    #expect(
      heads == [
        "Part depth (one): Of one.", "Part depth (two): Of two.", "Part sigma (one): Of one.",
      ])
    #expect(try report.introduction().count { $0.hasPrefix("Better? ") } == 3)
    #expect(try report.introduction().contains { $0.contains("without a correction") })
  }

  @Test("a search is compared with the network before it, seed by seed")
  func search() throws {
    let scratch = try ScratchFolder()
    let final = Self.base.and([.cycles: "20"])
    let part = ReproductionPart(
      "search", "A search", "Text.",
      .search(
        ReproducedSearch(
          base: Self.base, over: ["lambda=log:1..2"], trials: 2, fineTrials: 0, final: final)))
    let report = try report(
      [ReproductionDocument(name: "toy", title: "A toy", parts: [part])], seeds: 2,
      in: scratch["all"])
    guard case .search(let results, let brought?) = report.experiments[0].found else {
      Issue.record("no search with a final network")
      return
    }
    let best = try #require(results.best.text(of: .lambda))
    #expect(brought.baseline.row.changes == final)
    #expect(brought.found.row.changes == final.and([.lambda: best]))
    let answer = try #require(report.experiments[0].answers.first)
    let difference = try answer.difference.get().summary.mean
    let means = try [brought.found, brought.baseline].map { row in
      try row.numbers(.test).reduce(0, +) / 2
    }
    #expect(means[0] < means[1])
    #expect(abs(difference - (means[0] - means[1])) < 1e-12)
    #expect(
      try report.introduction().contains {
        $0.hasPrefix("Is what the search found better: with lambda \(best)? ")
      })
    let questions = try report.report().tables.first { $0.name == "toy-search-final-questions" }
    #expect(questions?.rows.map { $0[1].text.hasSuffix("; n = 2)") } == [true])
  }

  @Test("a difference names its reason, and what else was tried for the same network")
  func reasons() throws {
    let scratch = try ScratchFolder()
    let varied = VariedSetting("toy", "cycles", "1", Self.base, or: "20", [.cycles: "20"])
    let less = VariedSetting("toy", "cycles", "1", Self.base, or: "6", [.cycles: "6"])
    let others = VariedSetting(
      "other", "λ", "0.005", Self.base.and([.hidden: "4"]), or: "0.6", [.lambda: "0.6"])
    let report = try report(
      [
        ReproductionDocument(
          name: "toy", title: "A toy", parts: [.choices([less, varied, others], others: [])])
      ], seeds: 3, in: scratch["all"])
    guard case .choices(let choices) = report.experiments[0].found else { return }
    func reason(_ published: PublishedNumber, _ choices: [ReproducedChoice]) throws -> String {
      let rows = [ReproducedRow("normalized", Self.base, published)].leavingUnsaid([.cycles])
      let results = ReproducedResults(rows[0], try report.reproduction.outcomes(of: Self.base))
      let cell = try results.lines(obstacle: nil, choices: choices)[0][6]
      #expect(cell.hasPrefix("outside what one run gives ("))
      return String(try #require(cell.split(separator: "): ", maxSplits: 1).last))
    }
    func mean(_ results: ReproducedResults) throws -> Double {
      try results.numbers(.test).reduce(0, +) / 3
    }
    let most = try mean(choices[1].alternative)
    #expect(try most > mean(choices[0].alternative) + 0.01)
    #expect(try most > mean(choices[1].chosen) + 0.01)
    #expect(
      try reason(.test(99.9, reason: "likeliest a toy"), choices)
        == "likeliest a toy; of what else was tried for it, below, cycles 20 instead of 1 comes "
        + "nearest, with \(accuracyText(most))")
    #expect(
      try reason(.test(0.5), Array(choices[1...]))
        == "chance, or a setting that is not said (cycles); nothing else that was tried for it, below, "
        + "comes nearer")
    #expect(try reason(.test(99.9), []) == "chance, or a setting that is not said (cycles)")
  }

  @Test("one verdict in twenty is outside by chance")
  func chance() {
    #expect(
      ReproductionReport.chanceSentence(verdicts: 44).contains("Of 44 verdicts 5 %, that is 2.2,"))
    #expect(ReproductionReport.chanceSentence(verdicts: 0).isEmpty)
  }
}
