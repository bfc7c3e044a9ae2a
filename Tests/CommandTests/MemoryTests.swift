import Foundation
import StrataLab
import Testing

@Suite("Memory of strata train")
struct MemoryTests {
  /// Shapes of runs: small, wide, deep, large batches, optimizers, statistics, threads.
  static let shapes: [[String]] = [
    ["--hidden", "none", "--threads", "1"],
    ["--threads", "8"],
    ["--threads", "1", "--batch-size", "10", "--train", "500"],
    ["--threads", "1", "--batch-size", "4500"],
    ["--threads", "8", "--batch-size", "4500", "--augment", "flip,shift:2"],
    ["--threads", "1", "--hidden", "2048", "--train", "500"],
    ["--threads", "2", "--hidden", "1024,1024", "--optimizer", "adam", "--train", "500"],
    ["--threads", "2", "--hidden", "1024,1024", "--optimizer", "momentum", "--train", "500"],
    ["--threads", "2", "--hidden", Array(repeating: "50", count: 20).joined(separator: ",")],
    ["--threads", "2", "--hidden", "512", "--batch-size", "2250", "--precise-statistics", "4500"],
    ["--threads", "2", "--hidden", "512", "--batch-norm", "after", "--batch-size", "4500"],
    ["--threads", "2", "--hidden", "1000", "--batch-norm", "none", "--batch-size", "1500"],
  ]

  @Test("where the system refuses threads, one does the work, with the same bits")
  func noThreads() throws {
    let bench = try Workbench()
    // No address space has room for a stack of 200 TiB.
    for (name, shell) in [("none", "ulimit -s 214748364800"), ("two", "")] {
      let result = try runStrata(
        [
          "train", "--data", "tiny", "--batch-size", "10", "--epochs", "2", "--schedule",
          "constant", "--threads", "2", "--json", "--output", name,
        ], in: bench.folder, shell: shell)
      #expect(result.status == 0, "\(result.errors)")
      #expect(try result.json()["threads"] as? Int == (shell.isEmpty ? 2 : 1))
    }
    for name in ["model.safetensors", "metrics.csv"] {
      #expect(try bench.data("none/\(name)") == bench.data("two/\(name)"))
    }
  }

  @Test("a search whose system refuses threads is made by the one there is")
  func searchWithoutThreads() throws {
    let bench = try Workbench()
    let result = try runStrata(
      [
        "search", "--data", "tiny", "--batch-size", "10", "--validation", "10", "--epochs", "1",
        "--schedule", "constant", "--over", "lambda=0,0.1", "--quiet", "--json",
      ], in: bench.folder, shell: "ulimit -s 214748364800")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try (result.json()["trials"] as? [Any])?.count == 2)
  }

  @Test("the estimate is not below the measured peak, and not far above", arguments: shapes)
  func estimate(_ shape: [String]) throws {
    let bench = try Workbench()
    let options = ["--data", "shapes", "--schedule", "constant", "--epochs", "1"] + shape
    let result = try runStrata(
      ["train", "--output", "run", "--json"] + options, in: bench.folder)
    #expect(result.status == 0, "\(result.errors)")
    let measured = try #require(result.json()["peak_memory_bytes"] as? Int)
    var recipe = Recipe()
    for index in stride(from: 0, to: options.count, by: 2) {
      let key = try #require(RecipeKey(rawValue: String(options[index].dropFirst(2))))
      try recipe.set(key, to: options[index + 1])
    }
    let estimated = try TrainingPlan(recipe).estimatedPeakMemory()
    #expect(estimated >= measured)
    #expect(Double(estimated) <= 1.5 * Double(measured) + Double(64 << 20))
  }

  @Test(
    "a run beyond the limit ends with code 64, figures and a smaller batch",
    arguments: [("v", 240_000), ("d", 160_000)])
  func refused(_ limit: (option: String, kibibytes: Int)) throws {
    let bench = try Workbench()
    let result = try bench.run(
      "train", "--data", "shapes", "--hidden", "500", "--threads", "1", "--batch-size", "4500",
      "--schedule", "constant", "--epochs", "1", "--output", "run",
      shell: "ulimit -\(limit.option) \(limit.kibibytes)")
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.errors.contains("batch-size: expected a run that fits into"))
    #expect(result.errors.contains("(ulimit -\(limit.option)), found one that needs"))
    #expect(result.errors.contains("; batch-size "))
    #expect(bench.names(in: "run") == nil)
  }

  @Test("at no limit does a run end otherwise than whole or refused")
  func edge() throws {
    let bench = try Workbench()
    var statuses: Set<Int32> = []
    for mebibytes in stride(from: 140, through: 300, by: 20) {
      let result = try bench.run(
        "train", "--data", "tiny", "--hidden", "600,600", "--optimizer", "adam", "--validation",
        "10", "--batch-size", "10", "--schedule", "constant", "--epochs", "1", "--threads", "2",
        "--output", "run-\(mebibytes)", shell: "ulimit -c 0; ulimit -v \(mebibytes << 10)")
      #expect(result.status == 0 || result.status == 64, "\(mebibytes) MiB: \(result.errors)")
      statuses.insert(result.status)
    }
    #expect(statuses == [0, 64])
  }
}
