import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@testable import StrataLab

@Suite("RunComparison")
struct RunComparisonTests {
  private func comparison(_ paths: [String]) throws -> RunComparison {
    RunComparison(
      try ComparedRun.read(paths, dataDirectory: nil, threads: 1), command: "strata report")
  }

  private func table(_ name: String, of report: Report) throws -> ReportTable {
    try #require(report.tables.first { $0.name == name })
  }

  @Test("the numbers are those of the runs, and the best stand out")
  func numbers() throws {
    let runs = try SampleRuns()
    let paths = [
      try runs.train("long", [.epochs: "20", .eta: "0.1"]), try runs.train("short"),
    ]
    let comparison = try comparison(paths)
    let results = try table("results", of: comparison.report)
    #expect(results.rows.map { $0[0].text } == ["long", "short"])
    for (row, run) in zip(results.rows, comparison.runs) {
      let accuracy = try #require(run.run.number("test_accuracy"))
      #expect(row[1].text == String(format: "%.2f", 100 * accuracy))
      let examination = try run.examination.get()
      #expect(examination.outcome.confusion.accuracy == accuracy)
    }
    #expect(results.rows.map { $0[1].isEmphasized } == [true, false])
    #expect(comparison.report.introduction[0].hasPrefix("“long” recognizes the most test images"))
  }

  @Test("settings that differ stand apart from those that are shared")
  func settings() throws {
    let runs = try SampleRuns()
    let paths = [
      try runs.train("a"), try runs.train("b", [.lambda: "0.01", .batchNormalization: "none"]),
      try runs.train("c", [.schedule: "cosine"]),
    ]
    let report = try comparison(paths).report
    let differing = try table("settings", of: report)
    // More settings than runs: a column a run.
    #expect(differing.columns.map(\.title) == ["setting", "a", "b", "c"])
    #expect(
      differing.rows.map { $0.map(\.text) } == [
        ["batch-norm", "before", "none", "before"],
        ["schedule", "constant", "constant", "cosine"],
        ["eta-min", "–", "–", "1.0e-5"], ["eta-max", "–", "–", "0.1"],
        ["eta", "0.01", "0.01", "–"],
        ["lambda", "0.005", "0.01", "0.005"],
      ])
    let two = try table("settings", of: comparison(Array(paths.prefix(2))).report)
    #expect(two.columns.map(\.title) == ["run", "batch-norm", "lambda"])
    #expect(two.rows.map { $0.map(\.text) } == [["a", "before", "0.005"], ["b", "none", "0.01"]])
    let shared = try table("common-settings", of: report).rows.map { $0[0].text }
    #expect(shared.contains("hidden") && !shared.contains("lambda") && !shared.contains("output"))
  }

  @Test("one run, and runs of the same recipe, have no settings that differ")
  func same() throws {
    let runs = try SampleRuns()
    let one = try comparison([runs.train("a")]).report
    #expect(one.title == "Run “a”")
    #expect(!one.tables.contains { $0.name == "settings" })
    let two = try comparison([runs.folder["a"], runs.train("b")]).report
    #expect(!two.tables.contains { $0.name == "settings" })
    #expect(two.introduction[0].contains("“a” and “b” recognize the most"))
  }

  @Test("the page is well formed and holds a section of everything")
  func page() throws {
    let runs = try SampleRuns()
    let report = try comparison([
      runs.train("a"), runs.train("deep", [.hidden: "8,8,8"]), runs.train("k1", [.hidden: "none"]),
    ]).report
    let parsed = try ParsedXML(xhtml(report.html))
    for heading in [
      "Final numbers", "Settings", "Curves", "Confusions", "The worst mistakes",
      "First-layer weights", "Inside the networks", "How this was made",
    ] {
      #expect(parsed.texts.contains(heading), "\(heading)")
    }
    #expect(parsed.elements("img").allSatisfy { $0.attributes["alt"]?.isEmpty == false })
    let identifiers = parsed.elements.compactMap { $0.attributes["id"] }
    #expect(Set(identifiers).count == identifiers.count && identifiers.count == 8)
    for figure in report.figures { _ = try ParsedXML(figure.svg) }
    #expect(report.figures.map(\.name).filter { $0 == "confusion" }.count == 3)
  }

  @Test("without the images of a run, the page says so and leaves out what needs them")
  func noImages() throws {
    let runs = try SampleRuns()
    let path = try runs.train("a")
    try FileManager.default.removeItem(atPath: runs.folder["tiny"])
    let comparison = try comparison([path])
    let report = comparison.report
    #expect(report.html.contains("The parts that need the images of “a” are left out"))
    #expect(report.figures.map(\.name) == ["curves"])
    #expect(report.html.contains("First-layer weights"))
    #expect(!report.html.contains("The worst mistakes"))
    let run = try #require(comparison.json["runs"]?.elements?.first)
    #expect(run["examination"] == .null && run["problem"]?.string?.isEmpty == false)
  }

  @Test("names are told apart, and a run given twice is refused")
  func names() throws {
    let runs = try SampleRuns()
    let paths = [try runs.train("x/run"), try runs.train("y/run")]
    #expect(try comparison(paths).runs.map(\.name) == paths)
    #expect(throws: ConfigurationError.self) { _ = try comparison([paths[0], paths[0] + "/"]) }
  }

  @Test("the most confused pairs are the highest mean shares, without the diagonal")
  func pairs() {
    var first = ConfusionMatrix(classes: 3)
    var second = ConfusionMatrix(classes: 3)
    for (label, prediction, counts) in [
      (0, 0, (2, 4)), (0, 1, (1, 0)), (0, 2, (1, 0)), (1, 1, (9, 5)), (1, 0, (1, 5)),
      (2, 2, (1, 0)),
    ] {
      for _ in 0..<counts.0 { first.record(label: label, prediction: prediction) }
      for _ in 0..<counts.1 { second.record(label: label, prediction: prediction) }
    }
    let pairs = confusedPairs(in: [first, second])
    #expect(pairs.map { [$0.label, $0.prediction] } == [[1, 0], [0, 1], [0, 2]])
    #expect(pairs.map(\.shares) == [[0.1, 0.5], [0.25, 0], [0.25, 0]])
    #expect(confusedPairs(in: []).isEmpty)
  }

  @Test("pairs of many runs stand in several tables, which name the same pairs")
  func manyPairs() throws {
    let runs = try SampleRuns()
    let paths = try (1...7).map { try runs.train("run \($0)", [.seed: "\($0)", .epochs: "1"]) }
    let tables = try comparison(paths).report.tables.filter { $0.name == "confused-pairs" }
    #expect(tables.map(\.columns.count) == [8, 3])
    let pairs = tables.map { $0.rows.map { $0.prefix(2).map(\.text) } }
    #expect(pairs[0] == pairs[1] && pairs[0].count == 10)
    #expect(tables[1].columns.last?.title == "run 7")
  }

  @Test(
    "runs that differ in their seed alone are one curve, and of many recipes the best are drawn")
  func curves() throws {
    let runs = try SampleRuns()
    let seeds = try (1...3).map { try runs.train("s\($0)", [.seed: "\($0)", .epochs: "1"]) }
    let other = try runs.train("other", [.epochs: "1", .lambda: "0.5"])
    func legend(_ paths: [String]) throws -> (texts: [String], caption: String) {
      let figure = try #require(try comparison(paths).report.figures.first { $0.name == "curves" })
      return (try ParsedXML(figure.svg).texts, figure.caption)
    }
    let few = try legend(seeds + [other])
    #expect(few.texts.contains("s1 (3 seeds)") && few.texts.contains("other"))
    #expect(!few.texts.contains("s2"))
    #expect(few.caption.hasSuffix("Runs that differ only in their seed share one curve."))
    let many = try (1...9).map { try runs.train("m\($0)", [.epochs: "1", .lambda: "0.\($0)"]) }
    let drawn = try legend(many)
    #expect(drawn.texts.filter { $0.wholeMatch(of: /m\d/) != nil }.count == 8)
    #expect(drawn.caption.contains("Of 9 recipes, the 8 with the highest test accuracy are drawn"))
  }

  @Test("weights become pictures around grey")
  func weights() throws {
    let architecture = try Architecture(
      inputs: 4, hidden: [3], classes: 2, batchNormalization: .none)
    var network = Network(zeros: architecture)
    network.setValues([1, -1, 0.5, 0, 0, 0, 0, 0, -4, 2, 0, 1], of: network.layout.tensors[0])
    func model(_ features: Features) -> Model {
      Model(
        network: network,
        standardization: Standardization(
          mean: [0, 0, 0, 0], deviation: [1, 1, 1, 1]), classNames: ["a", "b"], features: features,
        dataName: "d")
    }
    let pictures = weightPictures(
      of: model(.image(ImageShape(channels: 1, height: 2, width: 2))), atMost: 100)
    #expect(
      pictures.map(\.bytes)
        == [[255, 1, 192, 128], [128, 128, 128, 128], [1, 192, 128, 160]])
    #expect(
      weightPictures(of: model(.image(ImageShape(channels: 1, height: 2, width: 2))), atMost: 2)
        .count == 2)
    #expect(
      weightPictures(of: model(.image(ImageShape(channels: 4, height: 1, width: 1))), atMost: 9)
        .isEmpty)
    #expect(weightPictures(of: model(.numberedColumns(4)), atMost: 9).isEmpty)
  }

  @Test(
    "words are quoted for a shell",
    arguments: [
      ("runs/a-b_1.x", "runs/a-b_1.x"), ("a b", "'a b'"), ("", "''"), ("it's", "'it'\\''s'"),
      ("$(x)", "'$(x)'"),
    ])
  func quoting(_ word: String, _ quoted: String) {
    #expect(shellWord(word) == quoted)
  }
}
