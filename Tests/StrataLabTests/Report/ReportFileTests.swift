import Strata
import StrataLab
import Testing

@Suite("The files of a report")
struct ReportFileTests {
  @Test("the page, three files a table, one a figure, each with a name of its own")
  func files() {
    let table = ReportTable(name: "results", title: "T", columns: [.init("a")])
    let figure = ReportFigure(name: "curves", svg: "<svg/>", caption: "")
    let report = Report(
      title: "R", introduction: [],
      sections: [
        Report.Section("One", [.table(table), .figure(figure)]),
        Report.Section("Two", [.foldedTable(table), .figure(figure)]),
      ])
    let files = report.files
    #expect(
      files.map(\.name) == [
        "report.html", "table-results.csv", "table-results.md",
        "table-results.tex", "table-results-2.csv", "table-results-2.md", "table-results-2.tex",
        "figure-curves.svg", "figure-curves-2.svg",
      ])
    #expect(files[0].content == Array(report.html.utf8))
    #expect(files[1].content == Array("a\r\n".utf8))
    #expect(files[7].content == Array("<svg/>".utf8))
    let numbers = ReportFile(results: .object([.init("a", .integer(1))]))
    #expect(numbers.name == "results.json")
    #expect(numbers.content == Array("{\n  \"a\": 1\n}\n".utf8))
  }
}
