import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@testable import StrataReproduction

@Suite("Making documents again, on a few built-in images")
struct ReproductionTests {
  private static let base = Toy.base
  private static let rows = [
    Toy.row("plain", base.and([.batchNormalization: "none"]), .test(10, Toy.citation)),
    Toy.row("normalized", base, .validation(12.5, decimals: 1, Toy.citation)),
  ]
  private static let document = Toy.document([
    Toy.part(
      "rows", rows,
      questions: [PairedQuestion("Better", "here", row: "normalized", baseline: "plain")]),
    ReproductionPart(
      "search", "A search", "Text.",
      .search(
        ReproducedSearch(
          base: Toy.settings(base), over: ["lambda=log:1e-5..1e-1"], trials: 3, fineTrials: 2,
          final: Toy.settings(base.and([.cycles: "2"]))))),
    ReproductionPart(
      "gradients", "A gradient", "Text.",
      .gradients([ReproducedGradient("softmax") { $0.hidden = [] }])),
    .choices("the toy", [VariedSetting("plain", Toy.settings(base), or: [.lambda: "0.5"])]),
  ])

  private func reproduction(in folder: String, seeds: Int = 2) throws -> Reproduction {
    try Toy.reproduction([Self.document], seeds: seeds, in: folder)
  }

  @Test("interrupted anywhere and continued, it finds what an uninterrupted one finds")
  func interruption() throws {
    let scratch = try ScratchFolder()
    let whole = try reproduction(in: scratch["whole"])
    let expected = try Toy.make(whole)
    let parts = try reproduction(in: scratch["parts"])
    var stops = 0
    var found: [ReproducedPart]?
    // Each attempt is asked a little more often before it has to stop.
    for patience in 0..<200 where found == nil {
      let left = Locked(20 * patience)
      do {
        found = try parts.make(
          jobs: 2,
          shouldStop: {
            left.withLock { left in
              left -= 1
              return left < 0
            }
          }
        ) { _ in }
      } catch is Stopped {
        stops += 1
      }
    }
    #expect(stops > 3)
    let report = try ReproductionReport(whole, expected, command: "", machine: [])
    let other = try ReproductionReport(parts, #require(found), command: "", machine: [])
    let (first, second) = (try report.report(), try other.report())
    #expect(first.tables.map(\.csv) == second.tables.map(\.csv))
    #expect(first.introduction == second.introduction)
  }

  @Test("finished runs are used again, others of other settings, seeds, data or versions are not")
  func reuse() throws {
    let scratch = try ScratchFolder()
    let reproduction = try reproduction(in: scratch["all"])
    let runs = reproduction.runs(of: Self.base)
    try reproduction.train(runs, jobs: 1, shouldStop: { false }) { _ in }
    let paths = runs.map(reproduction.path)
    func dates() throws -> [Date?] {
      try paths.map {
        try FileManager.default.attributesOfItem(atPath: $0 + "/summary.json")[.modificationDate]
          as? Date
      }
    }
    let before = try dates()
    try reproduction.train(runs, jobs: 2, shouldStop: { true }) { _ in }
    #expect(try dates() == before)
    let run = ReproductionRun(changes: Self.base, seed: 1)
    let others = [
      ReproductionRun(changes: Self.base, seed: 2),
      ReproductionRun(changes: Self.base.and([.lambda: "0.1"]), seed: 1),
    ]
    for other in others {
      #expect(other.folderName(origin: "a") != run.folderName(origin: "a"))
    }
    #expect(run.folderName(origin: "a") != run.folderName(origin: "b"))
  }

  @Test("a folder that a killed process left is cleared; one in use or finished is left alone")
  func leftovers() throws {
    let scratch = try ScratchFolder()
    let path = scratch["run"]
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data("half".utf8).write(to: URL(filePath: path + "/model.safetensors"))
    guard let folder = try RunFolder(claimingUnfinished: path) else {
      Issue.record("the folder was not had")
      return
    }
    #expect(Folder.names(in: folder.path).isEmpty)
    if case .some = try RunFolder(claimingUnfinished: path) { Issue.record("had twice") }
    _ = consume folder
    #expect(FileStatus(path: path) == .missing)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data("{}".utf8).write(to: URL(filePath: path + "/summary.json"))
    if case .some = try RunFolder(claimingUnfinished: path) { Issue.record("had though finished") }
    #expect(Folder.names(in: path) == ["summary.json"])
  }

  @Test("the tables hold ours, theirs and the verdict, and say when data is another")
  func tables() throws {
    let scratch = try ScratchFolder()
    let reproduction = try reproduction(in: scratch["all"])
    let found = try Toy.make(reproduction)
    let files = try ReproductionReport(reproduction, found, command: "strata x", machine: ["M."])
      .files { _ in nil }
    let markdown = try #require(files.first { $0.name == "tables.md" })
    let text = String(decoding: markdown.content, as: UTF8.self)
    for part in [
      "| plain | test |", "| normalized | validation |", "| 12.5 |",
      "not comparable: ours learned from shapes", "Better here?", "strata search", "strata x",
      "| softmax | W1 |", "all: passed", "strata train --data shapes", "| plain: lambda | 0.005: ",
      "plain: lambda: 0.5 | strata train --data shapes", "| before the search | ",
      "--finalists 3 --final-seeds 2 --final cycles=2", "| A search | cycles | 2 | unsaid |",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    guard case .runs(let results) = found[0] else {
      Issue.record("no runs")
      return
    }
    let numbers = try results[0].numbers(.test)
    #expect(numbers.count == 2)
    let lines = try results[0].lines(obstacle: nil, choices: [])
    let mean = numbers.reduce(0, +) / 2
    #expect(lines[0][5] == pointsText(mean - 0.1))
  }

  @Test("the numbers for a program hold times, machine, reasons, and the question of each choice")
  func numbers() throws {
    let scratch = try ScratchFolder()
    let reproduction = try reproduction(in: scratch["all"])
    let found = try Toy.make(reproduction)
    let json = try ReproductionReport(reproduction, found, command: "", machine: ["M.", "N."])
      .results(files: ["results.json"])
    #expect(json["machine"]?.string == "M. N.")
    // Two rows, two cycles before the search, and one alternative; the choice is one of the rows,
    // and finalists belong to the search.
    #expect(json["networks"]?.integer == 8)
    let parts = try #require(json["parts"]?.elements)
    let row = try #require(parts[0]["results"]?.elements?.first)
    func sum(_ name: String) throws -> Double {
      try #require(row[name]?.elements).compactMap { $0.real(Double.self) }.reduce(0, +)
    }
    #expect(row["train_accuracy"]?.elements?.count == 2)
    let seconds = try sum("train_seconds") + sum("evaluation_seconds")
    #expect(try #require(json["seconds"]?.real(Double.self)) > seconds && seconds > 0)
    let published = try #require(row["published"]?.elements?.first)
    #expect(published["verdict"]?.string == "not comparable")
    #expect(published["reason"]?.string == "ours learned from shapes")
    let check = try #require(parts[2]["results"]?.elements?.first)
    #expect(check["bound"]?.real(Double.self) == GradientCheckSettings().bound)
    #expect(check["command"]?.string?.hasPrefix("strata gradcheck --hidden none ") == true)
    let choice = try #require(parts[3]["results"]?.elements?.first)
    let question = try #require(parts[3]["questions"]?.elements?.first)
    #expect(choice["question"] == question["question"])
    #expect(question["question"]?.string == "plain: lambda: 0.5 instead of 0.005?")
  }

  @Test("what has ended is no work that is left, and is listed as made; looking leaves no trace")
  func list() throws {
    let scratch = try ScratchFolder()
    let reproduction = try reproduction(in: scratch["all"])
    let whole = try reproduction.workLeft()
    let before = try reproduction.listing(jobs: 1)
    #expect(!before.contains(" made") && before.contains("1 at a time: about "))
    // Three coarse and two fine trials, three finalists and the network before them from two seeds.
    let line = before.split(separator: "\n").first { $0.hasPrefix("toy/search ") }
    #expect(line?.split(separator: " ").contains("13") == true)
    #expect(FileStatus(path: scratch["all"]) == .missing)
    let search = Self.document.parts[1]
    let glance: @Sendable () throws -> StudySnapshot? = {
      try reproduction.glance(at: search)
    }
    #expect(throws: Stopped.self) {
      try reproduction.make(
        jobs: 1, shouldStop: { (try? glance())?.map { $0.ended.count > 1 } ?? false }
      ) { _ in }
    }
    #expect(try glance()?.ended.count == 2 && glance()?.total == 11)
    let ended = try reproduction.workOfSearch(search) * 2 / 11
    #expect(abs(try reproduction.workLeft() - (whole - ended)) < 1e-9 * whole)
    _ = try Toy.make(reproduction)
    #expect(try reproduction.workLeft() == 0)
    let after = try reproduction.listing(jobs: 1)
    #expect(after.split(separator: "\n").count { $0.hasSuffix(" made") } == 4)
    #expect(after.contains("All of it from 2 seeds is made."))
    // Two cycles are what a run takes by itself.
    #expect(
      reproduction.networks(of: search) == [Toy.settings(Self.base.and([.cycles: "2"])).changes])
  }

  @Test("a search with the finalists of more seeds is kept, and compared by those that there are")
  func fewerSeeds() throws {
    let scratch = try ScratchFolder()
    let document = Toy.document([Self.document.parts[1]])
    func report(seeds: Int) throws -> ReproductionReport {
      try Toy.report([document], seeds: seeds, in: scratch["all"])
    }
    guard case .search(let first, _) = try report(seeds: 3).experiments[0].found,
      case let fewer = try report(seeds: 2),
      case .search(let second, _) = fewer.experiments[0].found
    else {
      Issue.record("no search")
      return
    }
    #expect(first.finalists[0].trials.count == 3 && second.finalists[0].trials.count == 2)
    #expect(second.trials.count == first.trials.count - first.finalists.count)
    #expect(try fewer.experiments[0].answers.first?.difference.get().summary.count == 2)
  }

  @Test("data that some part is impossible with is refused before any work")
  func impossible() throws {
    let scratch = try ScratchFolder()
    var recipe = Recipe()
    try recipe.set(.data, to: "shapes")
    let reproduction = try Reproduction(
      ["report-2019"], seeds: 1, folder: scratch["all"], data: RunData(recipe))
    #expect(throws: ConfigurationError.self) {
      try reproduction.make(jobs: 1, shouldStop: { false }) { _ in }
    }
    #expect(FileStatus(path: scratch["all"]) == .missing)
  }

  @Test("a table says how large a difference is, how sure that is, and if it matters")
  func answers() throws {
    func answer(_ differences: [Double]) throws -> PairedAnswer {
      let answer = try PairedAnswer(
        PairedQuestion("Better", "here", row: "a", baseline: "b"),
        pairs: PairedDifferences(of: differences, from: differences.map { _ in 0 }))
      return try #require([answer].corrected().first)
    }
    let yes = try answer([0.011, 0.012, 0.013])
    #expect(yes.effect == "it matters" && yes.isSignificant)
    #expect(yes.cells == ["+1.20 (+0.95 to +1.45; n = 3)", "p = 0.002", "p = 0.002"])
    #expect(yes.signsCell == "p = 0.250")
    #expect(try answer([-0.02, -0.021, -0.019]).effect == "it matters")
    #expect(try answer([0.01, -0.02, 0.03]).effect == "no difference that 3 seeds can show")
    let one = try answer([0.01])
    #expect(one.effect == "one seed shows nothing")
    #expect(one.cells == ["+1.00 (n = 1)", "–", "–"] && one.signsCell == "–")
    #expect(try answer([0.25, 0.25]).effect == "the same for each of 2 seeds")
  }
}
