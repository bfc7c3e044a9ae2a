import Strata
import StrataLab
import TestSupport
import Testing

@testable import StrataReproduction

@Suite("Tables of claims")
struct ClaimTablesTests {
  @Test("how many there are of each verdict, then every claim with its line and its reason")
  func tables() throws {
    let scratch = try ScratchFolder()
    let document = ReproductionClaimsTests.document
    let report = try Toy.report([document], in: scratch["all"])
    let page = try report.report()
    #expect(page.sections[0].heading == "All claims")
    let counts = try #require(page.tables.first { $0.name == "claims" })
    #expect(
      counts.columns.map(\.title) == [
        "document", "inside", "outside", "confirmed", "not confirmed", "contradicted",
        "not comparable", "all",
      ])
    let numbers = ["0", "0", "3", "0", "2", "13", "18"]
    #expect(page.rows(of: "claims") == [[document.title] + numbers, ["all"] + numbers])
    #expect(counts.footnotes.isEmpty)
    let claims = try #require(page.rows(of: "assignment-claims"))
    #expect(claims.count == 18)
    #expect(
      claims[0].prefix(4) == ["plain", "1", "10.00 %", "test accuracy, %"]
        && claims[0][6] == "not comparable: ours learned from shapes")
    #expect(claims[5][0] == "gradient" && claims[5][6] == "confirmed")
    #expect(claims[6][6] == "contradicted: a slip")
    // The numbers for a program are the same.
    let json = try #require(report.results(files: [])["claims"]?.elements)
    #expect(json.map { $0["claim"]?.string } == claims.map { $0[0] })
    #expect(json[0]["line"]?.integer == 1 && json[0]["words"]?.string == "a toy")
    #expect(json[6]["verdict"]?.string == "contradicted" && json[6]["reason"]?.string == "a slip")
  }

  @Test("a document without claims has no table, and a report without any no section")
  func none() throws {
    let scratch = try ScratchFolder()
    let silent = Toy.document([Toy.part("rows", [Toy.row("plain")])])
    let page = try Toy.report([silent], in: scratch["all"]).report()
    #expect(page.sections[0].heading == silent.title)
    #expect(!page.tables.contains { $0.name.hasSuffix("claims") })
    let speaking = Toy.document(
      [Toy.part("rows", [Toy.row("plain", Toy.base, .test(10, Toy.citation))])], name: "other")
    let both = try Toy.report([silent, speaking], in: scratch["all"]).report()
    #expect(
      both.tables.map(\.name).filter { $0.hasSuffix("claims") } == ["claims", "other-claims"])
  }

  @Test("one accuracy in twenty is outside by chance")
  func chance() {
    let verdicts: [(ClaimResult.Verdict, Int)] = [
      (.inside, 40), (.outside, 4), (.confirmed, 5), (.notComparable, 6),
    ]
    let claims = verdicts.flatMap { Array(repeating: Toy.result($0), count: $1) }
    #expect(
      ReproductionReport.chanceSentence(claims)?.hasPrefix(
        "Of 44 published accuracies 5 %, that is 2.2, would be outside by chance") == true)
    #expect(ReproductionReport.chanceSentence([Toy.result(.confirmed)]) == nil)
  }
}
