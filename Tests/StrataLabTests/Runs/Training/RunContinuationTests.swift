import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("A run that is continued")
struct RunContinuationTests {
  private let runs: SampleRuns
  private let path: String

  /// Begins a run, which stops after its first evaluation.
  init() throws {
    runs = try SampleRuns()
    path = runs.folder["run"]
    do {
      try Self.train(in: runs, "run", stops: true)
    } catch is Stopped {}
  }

  private static func train(in runs: SampleRuns, _ name: String, stops: Bool = false) throws {
    var recipe = Recipe()
    try recipe.apply(options: [
      (.data, runs.folder["tiny"]), (.hidden, "8"), (.validation, "10"), (.batchSize, "10"),
      (.schedule, "constant"), (.epochs, "2"), (.threads, "1"),
    ])
    _ = try TrainingPlan(recipe).run(
      into: RunFolder(claiming: runs.folder[name]), RunCallbacks(shouldStop: { stops }))
  }

  /// What is said where the run goes on.
  private func warnings() throws -> [String] {
    let folder = try RunFolder(continuing: path)
    return try RunContinuation(of: folder).warnings
  }

  private func edit(_ change: (inout Checkpoint) -> Void) throws {
    let files = CheckpointFiles(in: path)
    var checkpoint = try #require(files.load().checkpoint)
    change(&checkpoint)
    files.remove()
    try files.save(checkpoint)
  }

  @Test("ends with the same bytes as one that was not interrupted")
  func sameBytes() throws {
    let folder = try RunFolder(continuing: path)
    let continuation = try RunContinuation(of: folder)
    #expect(continuation.line == "resume    from update step 0 of 10")
    #expect(continuation.warnings.isEmpty)
    _ = try continuation.plan.run(
      into: folder, from: continuation.checkpoint)
    try Self.train(in: runs, "whole")
    for name in ["model.safetensors", "metrics.csv", "curves.svg", "confusion.svg"] {
      let files = ["run", "whole"].map { URL(filePath: runs.folder["\($0)/\(name)"]) }
      #expect(try Data(contentsOf: files[0]) == Data(contentsOf: files[1]), "\(name)")
    }
    #expect(RunFiles(in: path).state == .finished)
    RunFolder.removeCheckpoints(ofFinished: path)
  }

  @Test("sets a damaged checkpoint aside, but touches none where all are damaged")
  func damaged() throws {
    try edit { _ in }
    let files = CheckpointFiles(in: path)
    try files.save(try #require(files.load().checkpoint))
    try runs.folder.poke(7, at: 500, of: "run/checkpoint.safetensors")
    #expect(try warnings().first?.contains("set aside as") == true)
    try runs.folder.poke(7, at: 500, of: "run/checkpoint-previous.safetensors")
    let error = dataError { _ = try warnings() }
    #expect(error?.hint.contains("no intact checkpoint is left") == true)
  }

  @Test("begins again from its recipe where nothing was saved")
  func beginning() throws {
    CheckpointFiles(in: path).remove()
    let folder = try RunFolder(continuing: path)
    let continuation = try RunContinuation(of: folder)
    #expect(continuation.checkpoint == nil)
    #expect(continuation.line.contains("from the beginning"))
  }

  @Test("goes on without its recipe file, but not with another setting")
  func recipe() throws {
    try runs.edit("run/recipe.yaml", "lambda: 0.005", "lambda: 0.5")
    #expect { _ = try warnings() } throws: {
      ($0 as? ConfigurationError)?.setting.hasSuffix("lambda") == true
    }
    try FileManager.default.removeItem(atPath: path + "/recipe.yaml")
    #expect(try warnings().isEmpty)
    try edit { $0.origin.recipe = "hiden: 5" }
    #expect(dataError { _ = try warnings() }?.expected == "a checkpoint with a recipe")
    try FileManager.default.createDirectory(
      atPath: path + "/recipe.yaml", withIntermediateDirectories: false)
    #expect(dataError { _ = try warnings() }?.found == "something else")
  }

  @Test("says what kernel and version it was begun with")
  func origin() throws {
    try edit {
      $0.origin.kernel = "abacus"
      $0.origin.version = "0.0.0"
    }
    let warnings = try warnings()
    #expect(warnings.count == 2)
    #expect(warnings.first?.contains("the kernels abacus and continues with") == true)
    #expect(warnings.last?.contains("with version 0.0.0 and continues with") == true)
  }

  @Test("refuses other data, and asks for data that is not there any more")
  func data() throws {
    try edit { $0.origin.dataDigest = "00" }
    let other = dataError { _ = try warnings() }
    #expect(other?.expected.contains("of SHA-256 00") == true)
    try FileManager.default.removeItem(atPath: runs.folder["tiny"])
    let missing = dataError { _ = try warnings() }
    #expect(missing?.kind == .notFound && missing?.hint.contains("data-dir in \(path)") == true)
  }

  @Test("is not taken from a folder without a run, or one that another process has")
  func folders() throws {
    for (name, found) in [("none", "nothing"), ("tiny", "a folder that holds")] {
      let error = dataError { _ = try RunFolder(continuing: runs.folder[name]) }
      #expect(error?.kind == .notFound && error?.found.hasPrefix(found) == true, "\(name)")
    }
    let held = try RunFolder(continuing: path)
    let error = dataError { _ = try RunFolder(continuing: path) }
    #expect(error?.found == "one that another process is using")
    try held.checkSpace(for: 1, greatestFile: 1)
  }

  @Test("keeps where it diverged, until it goes on")
  func divergence() throws {
    var recipe = Recipe()
    try recipe.apply(options: [
      (.data, runs.folder["tiny"]), (.hidden, "8"), (.batchNormalization, "none"), (.eta, "1e30"),
      (.schedule, "constant"), (.validation, "10"), (.batchSize, "10"), (.epochs, "1"),
    ])
    let place = runs.folder["wild"]
    #expect(throws: DivergenceError.self) {
      _ = try TrainingPlan(recipe).run(into: RunFolder(claiming: place))
    }
    let files = RunFiles(in: place)
    let divergence = try #require(files.divergence)
    #expect(files.state == .unfinished)
    #expect(files.unfinished.found == "one that \(divergence.text)")
    #expect(dataError { _ = try RunFolder(claiming: place) }?.found.hasPrefix("a run that") == true)
  }
}
