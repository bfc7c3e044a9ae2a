import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("FinishedRun")
struct FinishedRunTests {
  @Test("a run folder gives its numbers, settings, history and network")
  func whole() throws {
    let runs = try SampleRuns()
    let run = try FinishedRun(contentsOf: runs.train("first", [.lambda: "0.01"]))
    #expect(run.name == "first")
    #expect(run.recipe.lambda == 0.01 && run.recipe.hidden == [8])
    #expect(run.history.count == 4 && run.history.last?.step == 15)
    #expect(run.number("steps") == 15 && run.number("nothing") == nil)
    #expect(run.model.network.architecture.hidden == [8])
    #expect(run.dataDigest.count == 64)
  }

  @Test("the name of a folder does not depend on how it is written")
  func names() throws {
    let runs = try SampleRuns()
    let path = try runs.train("first")
    for suffix in ["", "/", "/.", "/../first"] {
      #expect(try FinishedRun(contentsOf: path + suffix).name == "first")
    }
  }

  @Test("nothing, a file, an empty folder and a run that is not finished are not found")
  func missing() throws {
    let runs = try SampleRuns()
    let path = try runs.train("run")
    func error(_ path: String) -> DataError? {
      dataError { _ = try FinishedRun(contentsOf: path) }
    }
    for (name, found) in [("none", "nothing"), ("run/recipe.yaml", "a file"), ("tiny", "no run")] {
      let error = error(runs.folder[name])
      #expect(error?.kind == .notFound && error?.found == found)
    }
    try FileManager.default.removeItem(atPath: path + "/summary.json")
    let unfinished = error(path)
    #expect(unfinished?.kind == .notFound && unfinished?.found.contains("without it") == true)
  }

  @Test(
    "a damaged file is named",
    arguments: [
      ("summary.json", "{"), ("summary.json", "{}"), ("summary.json", "\u{0}"),
      ("recipe.yaml", "hiden: 5"), ("recipe.yaml", "["), ("metrics.csv", "x"),
      ("model.safetensors", "short"),
    ])
  func damaged(_ name: String, _ content: String) throws {
    let runs = try SampleRuns()
    let path = try runs.train("run")
    try runs.folder.write(Array(content.utf8), to: "run/" + name)
    let error = dataError { _ = try FinishedRun(contentsOf: path) }
    #expect(error?.kind == .malformed && error?.path == path + "/" + name)
  }

  @Test(
    "a named pipe in the place of a file is refused and not waited for",
    arguments: ["summary.json", "recipe.yaml", "metrics.csv", "model.safetensors"])
  func pipe(_ name: String) throws {
    let runs = try SampleRuns()
    let path = try runs.train("run")
    try FileManager.default.removeItem(atPath: path + "/" + name)
    #expect(mkfifo(path + "/" + name, 0o600) == 0)
    let error = dataError { _ = try FinishedRun(contentsOf: path) }
    #expect(error?.kind == .malformed && error?.path == path + "/" + name)
  }

  @Test("so is one in the place of the record of a divergence")
  func pipeOfDivergence() throws {
    let runs = try SampleRuns()
    let path = try runs.train("run")
    for name in ["summary.json", "model.safetensors"] {
      try FileManager.default.removeItem(atPath: path + "/" + name)
    }
    #expect(mkfifo(path + "/divergence.json", 0o600) == 0)
    let error = dataError { _ = try FinishedRun(contentsOf: path) }
    #expect(error?.found == "an unfinished one")
  }

  @Test(
    "numbers that cannot be, or of another run, are refused with file and key",
    arguments: [
      ("test_accuracy", "1.5"), ("train_accuracy", "-0.1"), ("validation_accuracy", "1e400"),
      ("test_loss", "-1.0"), ("train_loss", "null"), ("validation_cost", "true"),
      ("parameters", "1e3"), ("parameters", "0"), ("steps", "16"), ("steps", "-1"),
      ("seed", "2"), ("seed", "-1"), ("threads", "0"), ("train_seconds", "-3.0"),
      ("peak_memory_bytes", "0.5"), ("data_sha256", "\"00\""),
    ])
  func impossible(_ key: String, _ value: String) throws {
    let runs = try SampleRuns()
    let path = try runs.train("run")
    try runs.replace(key, in: "run/summary.json", with: value)
    let error = dataError { _ = try FinishedRun(contentsOf: path) }
    #expect(error?.kind == .malformed && error?.path == path + "/summary.json")
    #expect(error?.expected.contains("as \(key)") == true, "\(error?.description ?? "accepted")")
  }

  @Test("a model of other settings, and a history without a row, are refused")
  func exchanged() throws {
    let runs = try SampleRuns()
    let path = try runs.train("run")
    let other = try runs.train("other", [.lambda: "0.25"])
    let model = try Data(contentsOf: URL(filePath: other + "/model.safetensors"))
    try runs.folder.write(Array(model), to: "run/model.safetensors")
    let error = dataError { _ = try FinishedRun(contentsOf: path) }
    #expect(error?.path == path + "/model.safetensors" && error?.found == "one of another lambda")
    try runs.folder.write(Array(MetricsFile.text([]).utf8), to: "other/metrics.csv")
    let empty = dataError { _ = try FinishedRun(contentsOf: other) }
    #expect(empty?.path == other + "/metrics.csv" && empty?.found == "none")
  }
}
