import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@testable import StrataReproduction

@Suite("The folder of a reproduction")
struct ReproductionFolderTests {
  private let scratch: ScratchFolder
  private var folder: String { scratch["all"] }
  private static let base: RecipeChanges = [
    .train: "40", .validation: "20", .hidden: "4", .batchSize: "20", .stepSize: "2", .cycles: "1",
  ]
  private static let rows = Toy.part("rows", [Toy.row("plain", base)])
  private static let search = ReproductionPart(
    "search", "A search", "Text.",
    .search(
      ReproducedSearch(
        base: Toy.settings(base), over: ["lambda=log:1e-5..1e-1"], trials: 3, fineTrials: 0,
        final: Toy.settings(base.and([.cycles: "2"])))))
  private static let gradients = ReproductionPart(
    "gradients", "Gradients", "Text.",
    .gradients([ReproducedGradient("softmax") { $0.hidden = [] }])
  ).drawn(.boxes(["softmax"]))

  init() throws { scratch = try ScratchFolder() }

  /// Parts of a document; the report lies in `reports/toy`.
  private func reproduction(_ parts: [ReproductionPart]) throws -> Reproduction {
    try Toy.reproduction([Toy.document(parts)], in: folder)
  }

  @discardableResult
  private func make(_ parts: [ReproductionPart], pdf: [UInt8]? = nil) throws -> [String] {
    let reproduction = try reproduction(parts)
    return try ReproductionReport(reproduction, Toy.make(reproduction), command: "", machine: [])
      .write { _ in pdf }
  }

  private func names(_ name: String) -> [String] { Folder.names(in: folder + "/" + name) }

  @Test("a report takes the place of the one before, and of no other file, whatever it is called")
  func ownFiles() throws {
    let files = try make([Self.rows, Self.gradients], pdf: Array("%PDF".utf8))
    let report = folder + "/reports/toy"
    #expect(
      files == ["report.html", "tables.md", "results.json", "report.pdf"].map { report + "/" + $0 })
    let first = names("reports/toy")
    #expect(first.contains("figure-toy-gradients.svg") && first.contains("report.pdf"))
    let foreign = ["figure-thesis.pdf", "table-mine.csv", "notes"]
    for name in foreign { try scratch.write([1], to: "all/reports/toy/" + name) }
    try make([Self.rows])
    let second = names("reports/toy")
    #expect(foreign.allSatisfy(second.contains))
    #expect(!second.contains("figure-toy-gradients.svg") && !second.contains("report.pdf"))
    let results = try JSONFile.read(report + "/results.json", "numbers", hint: "")
    let listed = try #require(results["files"]?.elements).compactMap(\.string)
    #expect(listed.first == "results.json")
    #expect(Set(listed) == Set(second).subtracting(foreign))
  }

  @Test(
    "nothing is removed that a results.json of another kind, or with a path in it, lists",
    arguments: [
      #"{"files": ["figure-thesis.pdf", "results.json"]}"#,
      #"{"seeds": 1, "parts": [], "files": ["figure-thesis.pdf"]}"#,
      #"{"seeds": 1, "parts": [], "files": ["results.json", "figure-thesis.pdf", "../a"]}"#,
      #"{"seeds": 1, "parts": [], "files": ["results.json", "figure-thesis.pdf", 1]}"#,
      #"{"seeds": 1, "parts": [], "files": ["results.json", "figure-thesis.pdf"]"#, "", "\u{0}",
    ])
  func foreignResults(_ text: String) throws {
    try scratch.write(Array(text.utf8), to: "all/results.json")
    try scratch.write([1], to: "all/figure-thesis.pdf")
    try scratch.write([1], to: "a")
    let report = EarlierReport(in: folder)
    #expect(report.names.isEmpty)
    report.remove()
    #expect(Folder.names(in: folder) == ["figure-thesis.pdf", "results.json"])
    #expect(FileStatus(path: scratch["a"]).isFile)
    #expect(dataError { try reproduction([Self.rows]).checkFolder() }?.path == folder)
  }

  @Test(
    "a folder is taken that is new, empty or a reproduction's; files of others are not replaced")
  func taken() throws {
    let reproduction = try reproduction([Self.rows])
    try reproduction.checkFolder()
    try Folder.create(folder)
    try reproduction.checkFolder()
    try scratch.write([1], to: "all/thesis.tex")
    let error = dataError { try reproduction.checkFolder() }
    #expect(error?.kind == .inputOutput && error?.found == "one that holds thesis.tex")
    try make([Self.rows])
    try reproduction.checkFolder()
    // A PDF that was made by hand is not listed, and after the list is gone nothing is.
    for (name, foreign) in [("report.pdf", "report.pdf"), ("results.json", "report.html")] {
      try scratch.write([1], to: "all/reports/toy/" + name)
      let error = dataError { try reproduction.checkFolder() }
      #expect(error?.kind == .inputOutput && error?.hint.hasPrefix("move it away") == true)
      #expect(error?.path == folder + "/reports/toy/" + foreign)
    }
  }

  @Test("what has been made of the selected parts is removed, and nothing else")
  func anew() throws {
    try make([Self.rows, Self.search, Self.gradients])
    let kept = try scratch.write([1], to: "all/runs/mine/summary.json")
    let before = (runs: names("runs"), studies: names("studies"), checks: names("checks"))
    // The row, the network before the search, and the foreign one.
    #expect(before.runs.count == 3 && before.studies.count == 1 && before.checks.count == 1)
    try reproduction([Self.search]).removeMade()
    #expect(names("runs").count == 2 && names("studies").isEmpty && names("checks").count == 1)
    try reproduction([Self.rows, Self.search, Self.gradients]).removeMade()
    #expect(names("runs") == ["mine"] && FileStatus(path: kept).isFile)
    #expect(names("checks").isEmpty)
    try make([Self.rows, Self.search, Self.gradients])
    #expect(names("runs") == before.runs && names("checks") == before.checks)
  }

  @Test("what another process works on is not removed")
  func inUse() throws {
    try make([Self.rows, Self.search])
    let reproduction = try reproduction([Self.rows])
    let run = reproduction.path(of: reproduction.runs(of: Self.base)[0])
    let lock = try FolderLock(run)
    #expect(dataError { try reproduction.removeMade() }?.path == run)
    withExtendedLifetime(lock) {}
    #expect(FileStatus(path: run) == .folder)
    let searching = try self.reproduction([Self.search])
    guard case .search(let search) = Self.search.kind else { throw CancellationError() }
    let study = searching.studyPath(of: search)
    guard let claim = try TrialClaim(firstFreeOf: [1], study: study) else {
      Issue.record("the trial was not had")
      return
    }
    let error = dataError { try searching.removeMade() }
    #expect(error?.path == study && error?.kind == .inputOutput)
    #expect(FileStatus(path: study).isFile)
    _ = consume claim
  }
}
