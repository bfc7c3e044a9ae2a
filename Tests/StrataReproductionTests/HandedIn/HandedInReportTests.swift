import Strata
import StrataLab
import TestSupport
import Testing

@testable import StrataReproduction

@Suite("The report that is handed in, of an assignment in small")
struct HandedInReportTests {
  private static let labels = ["i)", "ii)", "iii)", "iv)", "v)", "Bonus"]

  private func paragraphs(_ section: Report.Section) -> [String] {
    section.blocks.compactMap { if case .paragraph(let text) = $0 { text } else { nil } }
      .map { $0.replacing("\u{A0}", with: " ") }
  }

  private func section(_ label: String, of report: Report) throws -> Report.Section {
    try #require(report.sections.first { $0.heading.hasPrefix(label) })
  }

  @Test("it has every item of the sheet, with figure, table and intervals, and the bonus")
  func items() throws {
    let scratch = try ScratchFolder()
    let report = try HandedInReport(HandedInSamples.report(seeds: 3, in: scratch["all"])).report()
    #expect(report.title == "DD2424, assignment 3")
    #expect(report.introduction[0].hasPrefix("Written by strata \(strataVersion) from 3 seeds"))
    #expect(
      report.introduction[0].contains("The networks learned from shapes, not from CIFAR-10."))
    #expect(
      report.sections.prefix(6).map { $0.heading.split(separator: " ")[0] } == [
        "i)", "ii)", "iii)", "iv)", "v)", "Bonus:",
      ])
    for label in Self.labels {
      let section = try section(label, of: report)
      let tables = section.blocks.compactMap {
        if case .table(let table) = $0 { table } else { nil }
      }
      #expect(tables.count == 1 && !tables[0].rows.isEmpty, "\(label)")
      #expect(section.blocks.contains { if case .figure = $0 { true } else { false } }, "\(label)")
      guard label != "i)" else { continue }
      #expect(tables[0].rows[0].contains { $0.text.contains(" to ") }, "\(label)")
    }
    for text in report.sections.flatMap(paragraphs) + report.introduction {
      #expect(!text.contains("–") && !text.contains("—") && !text.contains("  "), "\(text)")
      #expect(text.hasSuffix(".") || text.hasSuffix(":"), "\(text)")
    }
  }

  @Test("each item says what the sheet demands of it")
  func demands() throws {
    let scratch = try ScratchFolder()
    let report = try HandedInReport(HandedInSamples.report(seeds: 2, in: scratch["all"])).report()
    let demands: [(String, [String])] = [
      ("i)", ["2 and 3 layers", "λ 0 and 0.005, in this order", "d = 5", "free of any bug", "W1"]),
      ("ii)", ["atch normalization", "final training loss", "at 3 layers"]),
      ("iii)", ["at 6 layers", "at 9 layers", "oing from 3 layers to 9 layers"]),
      (
        "iv)",
        [
          "1e-5 to 0.1 in 4 coarse trials", "2 fine trials", "has λ = ", "3 cycles",
          "instead of 0.005",
        ]
      ),
      ("v)", ["σ 1e-1", "σ 1e-3", "σ 1e-4"]),
      ("Bonus", ["of 3 improvements", "The best network by validation accuracy"]),
      ("Other", ["Does deeper help?", "Larger learning rates.", "Shuffling.", "ε of batch"]),
    ]
    for (label, parts) in demands {
      let text = paragraphs(try section(label, of: report)).joined(separator: " ")
      for part in parts { #expect(text.contains(part), "\(label): \(part) in \(text)") }
    }
    let commands = try section("Appendix", of: report).blocks.compactMap {
      if case .commands(let lines) = $0 { lines } else { nil }
    }.joined()
    #expect(commands.contains("strata reproduce assignment --report"))
    #expect(commands.count { $0.hasPrefix("strata train ") && $0.hasSuffix(" --seed N") } == 14)
    #expect(commands.contains { $0.hasPrefix("strata search ") })
    #expect(commands.contains { $0.hasPrefix("strata gradcheck ") })
    #expect(
      commands.filter { $0.hasSuffix(" --seeds 2") }
        == [
          "deeper", "learning-rates", "shuffling", "epsilon", "variants",
        ].map { "strata reproduce assignment/\($0) --data shapes --seeds 2" })
  }

  @Test("item i has the box plot of the deepest network with batch normalization at λ 0")
  func boxes() throws {
    let scratch = try ScratchFolder()
    let source = try HandedInSamples.report(seeds: 2, in: scratch["all"])
    let checks = source.experiments.flatMap { experiment -> [ReproducedCheck] in
      if case .gradients(let checks) = experiment.found { checks } else { [] }
    }
    let seeds = checks.filter { $0.gradient.label == "3 layers, before, λ 0.0" }
    #expect(seeds.map(\.gradient.settings.seed) == [1, 2])
    for (block, check) in zip(
      [HandedInReport.boxFigure(checks), HandedInReport.boxFigure(checks.reversed())], seeds)
    {
      guard case .figure(let figure)? = block else {
        Issue.record("no figure")
        continue
      }
      #expect(figure.svg == check.figure)
      let seed = check.gradient.settings.seed
      #expect(figure.caption.hasSuffix("of “3 layers, before, λ 0.0”, seed \(seed)."))
    }
  }

  @Test("one seed claims nothing, and has no interval")
  func oneSeed() throws {
    let scratch = try ScratchFolder()
    let report = try HandedInReport(HandedInSamples.report(seeds: 1, in: scratch["all"])).report()
    #expect(report.introduction[0].contains("from 1 seed:"))
    let text = report.sections.flatMap(paragraphs).joined(separator: " ")
    for word in ["95 % interval", "raises", "lowers", "bring a gain", "brings a gain"] {
      #expect(!text.contains(word), "\(word)")
    }
    #expect(text.contains("In one seed, batch normalization changes"))
    #expect(text.contains("One seed cannot tell the finalists apart."))
    #expect(text.contains("one seed proves nothing"))
  }

  @Test("runs that diverged and checks that failed are said, not hidden")
  func failures() throws {
    let scratch = try ScratchFolder()
    let document = HandedInSamples.document(deviation: "1e30", bound: 1e-16)
    let report = try HandedInReport(
      HandedInSamples.report(document, seeds: 2, in: scratch["all"])
    ).report()
    let sensitivity = try section("v)", of: report)
    let text = paragraphs(sensitivity).joined(separator: " ")
    #expect(text.contains("effect is not known with σ 1e30, since “σ 1e30"), "\(text)")
    #expect(!text.contains("Between the best and the worst σ"))
    let table = try #require(report.tables.first { $0.title.contains("by σ") })
    #expect(table.rows[0][1].text.contains("seed 1 "))
    let gradients = paragraphs(try section("i)", of: report)).joined()
    #expect(gradients.contains("exceed a bound") && !gradients.contains("free of any bug"))
  }

  @Test("its files are listed beside the others; without being asked for it is not written")
  func files() throws {
    let scratch = try ScratchFolder()
    let report = try HandedInSamples.report(seeds: 1, in: scratch["all"])
    var printed: [String] = []
    let files = try report.files(handsIn: true) { page in
      printed.append(page.name)
      return Array("%PDF-".utf8)
    }
    #expect(printed == ["report.html", "assignment-report.html"])
    let names = files.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.contains("assignment-report.pdf"))
    let page = try #require(files.first { $0.name == "assignment-report.html" })
    let text = String(decoding: page.content, as: UTF8.self)
    #expect(text.contains("<h1>DD2424, assignment 3</h1>") && !text.contains("<nav"))
    let listed = try report.results(files: names)["files"]?.elements?.compactMap(\.string)
    #expect(listed == names)
    let paths = try report.write(handsIn: true) { _ in nil }
    #expect(paths.last?.hasSuffix("/assignment-report.html") == true)
    #expect(try !report.files { _ in nil }.contains { $0.name.hasPrefix("assignment-report") })
  }

  @Test("the whole assignment is needed")
  func whole() throws {
    try Reproduction.checkHandedIn([])
    try Reproduction.checkHandedIn(["assignment"])
    try Reproduction.checkHandedIn(["report-2019", "assignment"])
    for names in [["assignment/depth"], ["report-2021"]] {
      #expect(throws: ConfigurationError.self) { try Reproduction.checkHandedIn(names) }
    }
  }

  @Test("the assignment's parts have the names and pairs that the report looks for")
  func document() throws {
    let parts = AssignmentDocument.document.parts
    let names = [
      "gradients", "depth", "lambda", "sensitivity", "deeper", "learning-rates", "shuffling",
      "epsilon",
    ]
    #expect(Set(names).isSubset(of: parts.map(\.name)))
    for name in ["depth", "sensitivity"] {
      let part = try #require(parts.first { $0.name == name })
      guard case .curves(let columns, _) = part.drawing else {
        Issue.record("\(name) has no curves")
        continue
      }
      let labels = part.rows.map(\.label)
      for column in columns {
        #expect(column.labels[.plain].map(labels.contains) == true)
        #expect(column.labels[.normalized].map(labels.contains) == true)
      }
      if name == "depth" {
        #expect(
          Set([HandedInReport.defaultTitle] + HandedInReport.deepTitles)
            .isSubset(of: columns.map(\.title)))
      } else {
        #expect(columns.map(\.title) == ["σ 1e-1", "σ 1e-3", "σ 1e-4"])
      }
    }
  }
}
