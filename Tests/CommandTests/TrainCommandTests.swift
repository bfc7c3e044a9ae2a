import Foundation
import Testing

/// The keys that the contract names.
private let summaryKeys = [
  "test_accuracy", "test_loss", "validation_accuracy", "train_accuracy", "steps", "epochs",
  "parameters", "train_seconds", "evaluation_seconds", "total_seconds", "samples_per_second",
  "peak_memory_bytes", "threads", "kernel", "seed", "data", "version",
]

private let runFiles = [
  "confusion.svg", "curves.svg", "metrics.csv", "model.safetensors", "recipe.yaml", "summary.json",
]

@Suite("strata train")
struct TrainCommandTests {
  @Test("a run folder holds exactly its six files")
  func runFolder() throws {
    let bench = try Workbench()
    let result = try bench.train()
    #expect(result.status == 0, "\(result.errors)")
    #expect(bench.names(in: "run") == runFiles)
    #expect(result.output.contains("test accuracy"))
    #expect(result.output.contains("run/curves.svg"))
  }

  @Test("metrics.csv has a row an evaluation, step 0 first")
  func metrics() throws {
    let bench = try Workbench()
    try bench.train("--evaluate-every", "4")
    let lines = try bench.text("run/metrics.csv").split(separator: "\n")
    #expect(
      lines.first == """
        step,epoch,eta,train_loss,train_cost,train_accuracy,\
        validation_loss,validation_cost,validation_accuracy
        """)
    // 50 images in batches of 10, three times.
    #expect(lines.dropFirst().map { $0.prefix { $0 != "," } } == ["0", "4", "8", "12", "15"])
    #expect(lines.allSatisfy { $0.split(separator: ",").count == 9 })
  }

  @Test("without validation images its cells are empty and its numbers null")
  func noValidation() throws {
    let bench = try Workbench()
    let result = try bench.train("--validation", "0", "--json")
    let row = try #require(try bench.text("run/metrics.csv").split(separator: "\n").last)
    #expect(row.hasSuffix(",,,"))
    #expect(try result.json()["validation_accuracy"] is NSNull)
  }

  @Test("--json prints summary.json and nothing else on standard output")
  func json() throws {
    let bench = try Workbench()
    let result = try bench.train("--json", "--quiet", "--seed", "18446744073709551615")
    #expect(result.output == (try bench.text("run/summary.json")))
    #expect(result.errors.isEmpty)
    let summary = try result.json()
    for key in summaryKeys { #expect(summary[key] != nil, "\(key)") }
    #expect(summary["steps"] as? Int == 15)
    #expect(summary["epochs"] as? Double == 3)
    #expect(summary["parameters"] as? Int == 36 * 8 + 8 + 8 + 8 + 8 * 10 + 10)
    #expect(summary["data"] as? String == "tiny")
    #expect(summary["seed"] as? UInt64 == UInt64.max)
    #expect(try #require(summary["peak_memory_bytes"] as? Int) > 1 << 20)
    let total = try #require(summary["total_seconds"] as? Double)
    #expect(total >= (try #require(summary["train_seconds"] as? Double)))
  }

  @Test("it learns the tiny data")
  func learns() throws {
    let bench = try Workbench()
    let summary = try bench.train("--epochs", "60", "--eta", "0.05", "--json").json()
    #expect(try #require(summary["test_accuracy"] as? Double) > 0.9)
    #expect(try #require(summary["train_accuracy"] as? Double) > 0.9)
  }

  @Test("the recipe of a run repeats it bit for bit, and an option overrides it")
  func repeats() throws {
    let bench = try Workbench()
    try bench.train("--seed", "7", "--threads", "1")
    let again = try bench.run("train", "run/recipe.yaml", "--output", "again")
    #expect(again.status == 0, "\(again.errors)")
    for file in ["metrics.csv", "model.safetensors", "recipe.yaml"] {
      #expect(try bench.data("run/\(file)") == (try bench.data("again/\(file)")), "\(file)")
    }
    _ = try bench.run("train", "run/recipe.yaml", "--threads", "2", "--output", "two")
    for file in ["metrics.csv", "model.safetensors"] {
      #expect(try bench.data("run/\(file)") == (try bench.data("two/\(file)")), "\(file)")
    }
    _ = try bench.run("train", "run/recipe.yaml", "--seed", "8", "--output", "other")
    #expect(try bench.data("run/metrics.csv") != (try bench.data("other/metrics.csv")))
    #expect(try bench.text("other/recipe.yaml").contains("\nseed: 8\n"))
  }

  @Test("--no-shuffle takes the batches in file order, whatever the seed, from given weights")
  func fileOrder() throws {
    let bench = try Workbench()
    try bench.train(output: "start")
    for (output, seed) in [("one", "1"), ("two", "2")] {
      let result = try bench.train(
        "--initial-weights", "start/model.safetensors", "--no-shuffle", "--seed", seed,
        output: output)
      #expect(result.status == 0, "\(result.errors)")
    }
    #expect(try bench.data("one/metrics.csv") == (try bench.data("two/metrics.csv")))
    #expect(try bench.data("one/metrics.csv") != (try bench.data("start/metrics.csv")))
  }

  @Test("without --data and --output it takes what is there and says so")
  func defaults() throws {
    let bench = try Workbench()
    let result = try bench.run(
      "train", "--hidden", "none", "--train", "200", "--schedule", "constant", "--epochs", "1")
    #expect(result.status == 0, "\(result.errors)")
    let name = try #require(bench.names(in: "runs")?.first)
    #expect(result.errors.contains("data      "))
    #expect(name.hasSuffix("-softmax"))
    #expect(bench.names(in: "runs/\(name)") == runFiles)
  }

  @Test("closed streams do no harm")
  func closedStreams() throws {
    let bench = try Workbench()
    let result = try bench.run(
      "train", "--data", "tiny", "--hidden", "none", "--batch-size", "10", "--epochs", "4",
      "--validation", "10", "--output", "run", shell: "exec <&- >&- 2>&-")
    #expect(result.status == 0)
    #expect(bench.names(in: "run") == runFiles)
    let evaluated = try bench.run("evaluate", "run", shell: "exec >&-")
    #expect(evaluated.status == 74)
    #expect(evaluated.errors.contains("standard output: expected room for the results"))
    #expect(try bench.run("evaluate", "run", shell: "exec <&-").status == 0)
  }

  @Test("a limit on the size of files is met before the run, with figures")
  func fileSizeLimit() throws {
    let bench = try Workbench()
    let result = try bench.run(
      "train", "--data", "tiny", "--hidden", "1000", "--batch-size", "10", "--epochs", "1",
      "--schedule", "constant", "--validation", "10", "--output", "run", shell: "ulimit -f 100")
    #expect(result.status == 74)
    #expect(result.errors.contains("run: expected permission to write files of up to "))
    #expect(result.errors.contains("found a limit of 50.0 KiB (ulimit -f); raise it.\n"))
    #expect(bench.names(in: "run") == nil)
  }

  @Test("a closed pipe does no harm")
  func closedPipe() throws {
    let bench = try Workbench()
    let piped = try bench.run(
      "train", "--data", "tiny", "--hidden", "none", "--batch-size", "10", "--epochs", "4",
      "--validation", "10", "--output", "piped", shell: "mkfifo pipe; : < pipe & exec > pipe")
    #expect(piped.status == 0, "\(piped.errors)")
    #expect(bench.names(in: "piped") == runFiles)
  }
}
