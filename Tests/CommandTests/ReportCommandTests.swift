import Foundation
import TestSupport
import Testing

@Suite("strata report")
struct ReportCommandTests {
  /// A folder with a program that makes a PDF of anything, for PATH.
  private func addPrinter(to bench: Workbench, _ script: String) throws -> [String: String] {
    try FileManager.default.createDirectory(
      at: bench.url("bin"), withIntermediateDirectories: false)
    try writeScript(script, to: bench.url("bin/weasyprint").path)
    return ["PATH": bench.url("bin").path + ":/bin"]
  }

  @Test("it writes the page, the PDF, the numbers, tables and figures of the runs")
  func files() throws {
    let bench = try Workbench()
    try bench.train(output: "first")
    try bench.train("--lambda", "0.1", output: "second")
    let path = try addPrinter(to: bench, "printf '%%PDF-1' > \"$4\"")
    let result = try bench.run("report", "first", "second", environment: path)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output == "report     report/report.html\nreport     report/report.pdf\n")
    #expect(result.errors.isEmpty)
    let names = try #require(bench.names(in: "report"))
    for name in [
      "report.html", "report.pdf", "results.json", "table-results.csv", "table-settings.md",
      "table-layers.tex", "figure-curves.svg", "figure-confusion-2.svg",
    ] {
      #expect(names.contains(name), "\(name)")
    }
    #expect(try bench.text("report/report.pdf") == "%PDF-1")
    #expect(try bench.text("report/report.html").contains("strata report first second"))
  }

  @Test("--json prints results.json; a second report gets another folder")
  func json() throws {
    let bench = try Workbench()
    let summary = try bench.train("--json").json()
    let result = try bench.run("report", "run", "--json", "--no-pdf")
    #expect(try result.output == bench.text("report/results.json"))
    let runs = try #require(try result.json()["runs"] as? [[String: Any]])
    let found = try #require(runs.first?["summary"] as? [String: Any])
    #expect(found["test_accuracy"] as? Double == summary["test_accuracy"] as? Double)
    #expect((runs.first?["examination"] as? [String: Any])?["confusion"] is [[Int]])
    #expect(
      try bench.run("report", "run", "--no-pdf").output == "report     report-2/report.html\n")
  }

  @Test("without a program for PDF, or with one that fails, it says so and goes on")
  func noPDF() throws {
    let bench = try Workbench()
    try bench.train()
    let none = try bench.run("report", "run", environment: ["PATH": "/nowhere"])
    #expect(none.status == 0)
    #expect(none.errors.contains("no PDF") && none.errors.contains("apt-get install weasyprint"))
    let path = try addPrinter(to: bench, "echo broken >&2; exit 1")
    let failed = try bench.run("report", "run", "--output", "again", environment: path)
    #expect(failed.status == 0 && failed.errors.contains("“broken”"))
    #expect(bench.names(in: "again")?.contains("report.pdf") == false)
  }

  @Test("what cannot be compared: 66 for no finished run, 65 for a damaged one, 64 for twice")
  func unusable() throws {
    let bench = try Workbench()
    try bench.train()
    #expect(try bench.run("report").status == 64)
    #expect(try bench.run("report", "nothing").status == 66)
    #expect(try bench.run("report", "tiny").status == 66)
    #expect(try bench.run("report", "run", "run").status == 64)
    try bench.write("{}", to: "run/summary.json")
    let damaged = try bench.run("report", "run")
    #expect(damaged.status == 65 && damaged.errors.contains("run/summary.json"))
    #expect(damaged.errors.split(separator: "\n").count == 1)
    #expect(bench.names(in: "report") == nil)
  }

  @Test("a folder that holds anything is not written to: 74")
  func occupied() throws {
    let bench = try Workbench()
    try bench.train()
    let result = try bench.run("report", "run", "--output", "tiny", "--no-pdf")
    #expect(result.status == 74 && result.errors.contains("a new or empty folder"))
    #expect(bench.names(in: "tiny")?.contains("report.html") == false)
  }

  @Test("data that moved is missed, and found again with --data-dir")
  func movedData() throws {
    let bench = try Workbench()
    try FileManager.default.createDirectory(
      at: bench.url("old"), withIntermediateDirectories: false)
    try FileManager.default.moveItem(at: bench.url("tiny"), to: bench.url("old/fashion-mnist"))
    let trained = try bench.train("--data", "fashion-mnist", "--data-dir", "old")
    #expect(trained.status == 0, "\(trained.errors)")
    try FileManager.default.moveItem(at: bench.url("old"), to: bench.url("new"))
    for (options, isMissed) in [([], true), (["--data-dir", "new"], false)] {
      let result = try runStrata(
        ["report", "run", "--no-pdf", "--json"] + options, in: bench.folder)
      #expect(result.status == 0, "\(result.errors)")
      let runs = try #require(try result.json()["runs"] as? [[String: Any]])
      #expect((runs.first?["problem"] is String) == isMissed)
      #expect(
        result.errors.contains("the parts that need the images of “run” are left out") == isMissed)
    }
  }
}
