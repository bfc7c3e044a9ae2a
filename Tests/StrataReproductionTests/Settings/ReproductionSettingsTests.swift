import Strata
import StrataLab
import Testing

@testable import StrataReproduction

@Suite("The table of settings and their sources")
struct ReproductionSettingsTests {
  private let said = SourceDocument.report2021.line(39, "lambda = 0.005")
  private var settings: SourcedSettings {
    SourcedSettings().reported(.lambda, "0.005", said).unreported(.cycles, "3", "Longer is better.")
  }

  private func rows(_ parts: [ReproductionPart]) -> [[String]] {
    Toy.document(parts).settingsTable.rows.map { $0.map(\.text) }
  }

  @Test("a setting that is said has its place and its words, another the reason of the choice")
  func sources() {
    let part = Toy.part("rows", [ReproducedRow("plain", settings)]).noting([
      SettingNote("rows", "2", SourceDocument.report2021.line(13, "two training samples")),
      SettingNote("h", "1e-5", unreported: "Rounding."),
    ])
    #expect(
      rows([part]) == [
        ["Part rows", "rows", "2", "report-2021, line 13", "“two training samples”"],
        ["Part rows", "h", "1e-5", "unsaid", "Rounding."],
        ["Part rows", "cycles", "3", "unsaid", "Longer is better."],
        ["Part rows", "lambda", "0.005", "report-2021, line 39", "“lambda = 0.005”"],
      ])
  }

  @Test("a default is there, what rows and parts share stands once, and evaluations do not count")
  func sharing() {
    let first = Toy.part(
      "first",
      [
        ReproducedRow("a", settings), ReproducedRow("b", settings),
        ReproducedRow(
          "c", SheetSettings.endOnly(settings.unreported(.cycles, "4", "Longer still."))),
      ])
    let second = Toy.part(
      "second", [ReproducedRow("d", settings.reported(.hidden, "50,50", said))])
    #expect(
      rows([first, second]).map { $0.prefix(3) } == [
        ["Part first", "cycles", "3"], ["Part first", "lambda", "0.005"],
        ["Part first", "cycles", "4"], ["Part second", "hidden", "50,50"],
      ])
  }

  @Test("a search has those of its trials and of its finalists")
  func search() {
    let part = ReproductionPart(
      "search", "A search", "Text.",
      .search(
        ReproducedSearch(
          base: settings, over: ["lambda=log:1e-5..1e-1"], trials: 2, fineTrials: 0,
          final: settings.reported(.stepSize, "2250", said))))
    let values = Set(rows([part]).map { "\($0[1]) \($0[2])" })
    #expect(values == ["cycles 3", "lambda 0.005", "step-size 2250"])
  }

  @Test("the report of a document ends with it")
  func place() throws {
    for document in ReproductionDocument.all {
      let table = document.settingsTable
      #expect(table.name == document.name + "-settings")
      #expect(!table.rows.isEmpty)
      let keys = table.rows.map { $0.dropFirst().map(\.text) }
      #expect(Set(keys).count == keys.count, "\(document.name)")
    }
  }
}
