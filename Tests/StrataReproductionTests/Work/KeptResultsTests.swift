import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@testable import StrataReproduction

@Suite("What a reproduction keeps, and what it makes of damage")
struct KeptResultsTests {
  private static let changes: RecipeChanges = [
    .train: "40", .validation: "20", .hidden: "4", .batchSize: "20", .stepSize: "2", .cycles: "1",
  ]
  /// An η at which plain gradient descent overflows within a few steps.
  private static let wild = changes.and([
    .batchNormalization: "none", .etaMinimum: "1e30", .etaMaximum: "1e35",
  ])
  private static let gradient = ReproducedGradient("softmax") { $0.hidden = [] }

  private func reproduction(
    in folder: String, _ parts: [ReproductionPart] = [], seeds: Int = 1
  ) throws -> Reproduction {
    try Toy.reproduction([Toy.document(parts)], seeds: seeds, in: folder)
  }

  private func make(_ reproduction: Reproduction) throws -> [ReproducedPart] {
    try Toy.make(reproduction)
  }

  @Test("a run that diverges has its cell, the rest goes on, and it is not trained again")
  func divergence() throws {
    let scratch = try ScratchFolder()
    let rows = [
      Toy.row("tame", Self.changes), Toy.row("wild", Self.wild, .test(50, Toy.citation)),
    ]
    let question = PairedQuestion("Better", "so", row: "wild", baseline: "tame")
    let reproduction = try reproduction(
      in: scratch["all"], [Toy.part("rows", rows, questions: [question])], seeds: 2)
    let found = try make(reproduction)
    let report = try ReproductionReport(reproduction, found, command: "", machine: [])
    #expect(report.failures.count == 2)
    #expect(report.failures[0].hasPrefix(rows[1].changes.command(data: "shapes")))
    #expect(report.failures[0].contains("--seed 1: diverged at step"))
    let document = try report.report()
    let lines = try #require(document.rows(of: "toy-rows"))
    #expect(lines[0][2].hasSuffix("(n = 2)"))
    #expect(lines[1][2].hasPrefix("seed 1 diverged at step ") && lines[1][2].contains("; seed 2"))
    #expect(lines[1][6] == "not comparable: every run of ours diverged")
    #expect(document.introduction.contains { $0.hasSuffix("Better? There is no answer so. (toy)") })
    let results = try report.results(files: [])
    #expect(try JSONValue(parsing: results.text) == results)
    // Nothing is left to do, so a wish to stop comes too late for the trainings.
    try reproduction.train(
      reproduction.runs(of: rows[1].changes), jobs: 1, shouldStop: { true }
    ) { _ in }
    let kept = reproduction.divergencePath(of: reproduction.runs(of: rows[1].changes)[0])
    try Data("{\"seed\": 1, \"step\": -1}".utf8).write(to: URL(filePath: kept))
    let error = #expect(throws: DataError.self) { try make(reproduction) }
    #expect(error?.path == kept && error?.kind == .malformed)
    #expect(error?.hint == "remove it and it is made again")
  }

  @Test("a gradient check is made once; what was kept is read, and refused when damaged")
  func checks() throws {
    let scratch = try ScratchFolder()
    let reproduction = try reproduction(
      in: scratch["all"],
      [ReproductionPart("checks", "Checks", "Text.", .gradients([Self.gradient]))])
    func check() throws -> ReproducedCheck {
      guard case .gradients(let checks) = try make(reproduction)[0] else {
        throw CancellationError()
      }
      return try #require(checks.first)
    }
    var seen: [String] = []
    try reproduction.makeChecks(shouldStop: { false }) { progress in
      seen.append("\(progress.doing) \(progress.ended)/\(progress.total)")
    }
    #expect(seen == ["gradient checks 0/1", "gradient checks 1/1"])
    let first = try check()
    #expect(first.passes && first.tensors.map(\.name) == ["W1", "b1"])
    try reproduction.makeChecks(shouldStop: { true }) { _ in Issue.record("made again") }
    let again = try check()
    #expect(again.tensors == first.tensors && again.figure == first.figure)
    let folder = reproduction.path(of: Self.gradient)
    for (name, text) in [
      ("summary.json", "{}"), ("summary.json", "{\"passed\": true, \"tensors\": []}"),
      ("summary.json", "{\"passed\": true, \"tensors\": [{\"name\": 1}]}"),
      ("figure.svg", "<svg/>"),
    ] {
      try first.write(to: folder)
      try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
      let error = #expect(throws: DataError.self) { try check() }
      #expect(error?.path == folder + "/" + name && error?.kind == .malformed)
      #expect(error?.hint.contains("remove the folder \(folder)") == true)
    }
  }

  @Test("checks of other settings, or of another origin, are others")
  func names() throws {
    let reproduction = try reproduction(in: "all")
    let other = ReproducedGradient("softmax") {
      $0.hidden = []
      $0.step = 1e-5
    }
    #expect(reproduction.path(of: other) != reproduction.path(of: Self.gradient))
  }

  @Test(
    "a damaged run is refused with its folder and what to do",
    arguments: [
      ("summary.json", "{"), ("metrics.csv", ""), ("metrics.csv", nil),
      ("recipe.yaml", "hidden: 5"),
      ("model.safetensors", nil),
    ])
  func damage(_ name: String, _ text: String?) throws {
    let scratch = try ScratchFolder()
    let reproduction = try reproduction(in: scratch["all"])
    let run = reproduction.runs(of: Self.changes)[0]
    try reproduction.train([run], jobs: 1, shouldStop: { false }) { _ in }
    let folder = reproduction.path(of: run)
    let file = URL(filePath: folder + "/" + name)
    try FileManager.default.removeItem(at: file)
    if let text { try Data(text.utf8).write(to: file) }
    let error = #expect(throws: DataError.self) { try reproduction.outcomes(of: Self.changes) }
    #expect(error?.kind == .malformed && error?.path.hasPrefix(folder) == true)
    #expect(error?.hint == "remove the folder \(folder) to train it again")
  }

  @Test("the run of another seed or of other settings in the folder of a run is refused")
  func exchanged() throws {
    let scratch = try ScratchFolder()
    let reproduction = try reproduction(in: scratch["all"], seeds: 2)
    let others = Self.changes.and([.lambda: "0.25"])
    let runs = reproduction.runs(of: Self.changes) + reproduction.runs(of: others)
    try reproduction.train(runs, jobs: 1, shouldStop: { false }) { _ in }
    let folder = reproduction.path(of: runs[0])
    for (other, key) in [(runs[1], "seed"), (runs[2], "lambda")] {
      try FileManager.default.removeItem(atPath: folder)
      try FileManager.default.copyItem(atPath: reproduction.path(of: other), toPath: folder)
      let error = #expect(throws: DataError.self) { try reproduction.outcomes(of: Self.changes) }
      #expect(error?.path == folder + "/recipe.yaml")
      #expect(error?.expected.hasSuffix("as \(key)") == true)
    }
  }

  @Test("a run that another process makes is left to it while there are others")
  func sharing() throws {
    let scratch = try ScratchFolder()
    let reproduction = try reproduction(in: scratch["all"], seeds: 3)
    let runs = reproduction.runs(of: Self.changes)
    // Another process begins the first, and dies when the other two have been made.
    var held: RunFolder? = try RunFolder(claimingUnfinished: reproduction.path(of: runs[0]))
    if held == nil { Issue.record("the folder was not had") }
    var order: [Int] = []
    try reproduction.train(runs, jobs: 1, shouldStop: { false }) { progress in
      if progress.ended != order.last { order.append(progress.ended) }
      if progress.ended == 2 { held = nil }
    }
    #expect(order.last == 3)
    #expect(runs.allSatisfy(reproduction.hasEnded))
  }
}
