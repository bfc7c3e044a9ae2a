import Strata
import StrataLab
import TestSupport
import Testing

@testable import StrataReproduction

@Suite("The page of answers in plain words, and the reasons of differences")
struct ReproductionIntroductionTests {
  private static let base = Toy.base

  private func document(
    _ name: String, _ networks: [(String, RecipeChanges)]
  ) -> ReproductionDocument {
    let parts = networks.map { part, changes in
      Toy.part(
        part,
        [
          Toy.row("plain", changes.and([.batchNormalization: "none"])),
          Toy.row("normalized", changes),
        ], questions: [PairedQuestion("Better", "here", row: "normalized", baseline: "plain")])
    }
    return ReproductionDocument(name: name, title: name, parts: parts)
  }

  @Test("each document has a sentence a question, the very same networks once")
  func order() throws {
    let scratch = try ScratchFolder()
    let report = try Toy.report(
      [
        document("one", [("depth", Self.base), ("sigma", Self.base.and([.lambda: "0.1"]))]),
        document(
          "two",
          [
            ("sigma", Self.base.and([.lambda: "0.1"])), ("depth", Self.base.and([.lambda: "0.2"])),
          ]),
      ], seeds: 2, in: scratch["all"])
    let introduction = try report.introduction()
    let answers = introduction.filter { $0.hasPrefix("Better? ") }
    #expect(answers.map { $0.suffix(6) } == [" (one)", " (two)"].map { $0.suffix(6) })
    #expect(answers[0].contains(" here and here.") && answers[1].hasSuffix(" here. (two)"))
    // The numbers stand in the tables.
    for answer in answers { #expect(!answer.contains { $0.isNumber }) }
    #expect(
      introduction[0].hasPrefix("No published number is comparable: ours learned from shapes"))
    #expect(introduction[1].hasPrefix("Networks were trained from 2 seeds. "))
    #expect(introduction.count == 4)
  }

  @Test("one seed answers nothing")
  func single() throws {
    let scratch = try ScratchFolder()
    let report = try Toy.report([document("one", [("depth", Self.base)])], in: scratch["all"])
    let introduction = try report.introduction()
    #expect(introduction.count == 2 && introduction[1].contains("from one seed, which answers no"))
  }

  @Test("claims are counted by their verdict")
  func claims() {
    let verdicts: [ClaimResult.Verdict] = [.notComparable, .inside, .confirmed, .inside]
    let results = verdicts.map { Toy.result($0) }
    let sentence = ReproductionReport.sentence(on: results)
    #expect(
      sentence?.hasPrefix(
        "Of 4 claims of the documents, 2 are inside, 1 is confirmed and 1 is not comparable. ")
        == true)
    #expect(ReproductionReport.sentence(on: []) == nil)
  }

  @Test("the winner of a search is trained like the network before it, and compared seed by seed")
  func search() throws {
    let scratch = try ScratchFolder()
    let final = Self.base.and([.cycles: "20"])
    let part = ReproductionPart(
      "search", "A search", "Text.",
      .search(
        ReproducedSearch(
          base: Toy.settings(), over: ["lambda=log:1..2"], trials: 3, fineTrials: 0,
          final: Toy.settings(final), improvement: "an idea")))
    let report = try Toy.report([Toy.document([part])], seeds: 2, in: scratch["all"])
    guard case .search(let results, let baseline?) = report.experiments[0].found else {
      Issue.record("no search with a network before it")
      return
    }
    let winner = try #require(results.winner)
    let best = try #require(winner.values.first { $0.key == .lambda }?.text)
    #expect(baseline.row.changes == final && results.finalists.count == 3)
    let trained = final.and([.lambda: best])
    let reproduction = report.reproduction
    try reproduction.train(reproduction.runs(of: trained), jobs: 1, shouldStop: { false }) { _ in }
    let network = ReproducedResults(
      Toy.row("again", trained), try reproduction.outcomes(of: trained))
    #expect(try winner.trials.map { $0.outcome?.testAccuracy } == network.numbers(.test))
    let answer = try #require(report.experiments[0].answers.first)
    let difference = try answer.difference.get().summary.mean
    let means = try [network, baseline].map { try $0.numbers(.test).reduce(0, +) / 2 }
    #expect(means[0] < means[1] && abs(difference - (means[0] - means[1])) < 1e-12)
    #expect(answer.question.improvement == "an idea")
    #expect(
      answer.question.text == "Is it better than before the search: what the search found, "
        + "lambda \(best)?")
    let page = try report.report()
    #expect(
      page.rows(of: "toy-search-questions")?.map { $0[1].hasSuffix("; n = 2)") } == [true])
    let finalists = try #require(page.rows(of: "toy-search-finalists"))
    #expect(finalists.count == 4 && finalists[0][0] == "lambda \(best)")
    #expect(finalists[3][0] == "before the search")
    #expect(finalists[0][3] == meanText(try SampleSummary(network.numbers(.test))))
    #expect(page.rows(of: "toy-search")?.count == 3)
    let table = try #require(page.tables.first { $0.name == "toy-search" })
    #expect(table.caption.hasPrefix("The best of 3 trials "))
  }

  /// Settings of which all but the cycles are said.
  private static let reported = base.options.reduce(SourcedSettings()) {
    $0.reported($1.key, $1.text, Toy.citation)
  }.unreported(.cycles, "1", "It is a toy.")

  @Test("a difference names its reason, and what else was tried for the same network")
  func reasons() throws {
    let scratch = try ScratchFolder()
    let choices = [
      VariedSetting("toy", Self.reported, or: [.cycles: "6"]),
      VariedSetting("toy", Self.reported, or: [.cycles: "20"]),
      VariedSetting(
        "other", Self.reported.reported(.hidden, "4", Toy.citation), or: [.lambda: "0.6"]),
    ]
    let report = try Toy.report(
      [Toy.document([.choices("the toy", choices)])], seeds: 3, in: scratch["all"])
    guard case .choices(let choices) = report.experiments[0].found else { return }
    func reason(_ published: PublishedNumber, _ choices: [ReproducedChoice]) throws -> String {
      let row = ReproducedRow("normalized", Self.reported, published)
      let results = ReproducedResults(row, try report.reproduction.outcomes(of: row.changes))
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
      try reason(.test(99.9, Toy.citation, reason: "likeliest a toy"), choices)
        == "likeliest a toy; of what else was tried for it, below, cycles 20 instead of 1 comes "
        + "nearest, with \(accuracyText(most))")
    #expect(
      try reason(.test(0.5, Toy.citation), Array(choices[1...]))
        == "chance, or a setting that is not said (cycles); nothing else that was tried for it, "
        + "below, comes nearer")
    #expect(
      try reason(.test(99.9, Toy.citation), []) == "chance, or a setting that is not said (cycles)")
    let sentence = try #require(report.introduction().last)
    #expect(
      sentence.hasPrefix("Where a document leaves a setting open, 3 choices were held against "))
  }
}
