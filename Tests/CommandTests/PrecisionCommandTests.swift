import Strata
import Testing

@Suite("--precision bf16")
struct PrecisionCommandTests {
  private static let training = [
    "train", "--data", "tiny", "--hidden", "300", "--validation", "10", "--batch-size", "10",
    "--schedule", "constant", "--epochs", "3", "--json", "--quiet", "--precision", "bf16",
  ]

  @Test(
    "a run says its precision, its recipe repeats it, and evaluate finds again what it measured",
    .enabled(if: KernelSet.best.supports(.bf16), "this processor lacks bfloat16 products"))
  func run() throws {
    let bench = try Workbench()
    let summary = try runStrata(Self.training + ["--output", "run"], in: bench.folder).json()
    #expect(summary["precision"] as? String == "bf16")
    #expect(try bench.text("run/recipe.yaml").contains("precision: bf16\n"))
    let again = try bench.run("train", "run/recipe.yaml", "--output", "again", "--json").json()
    let evaluation = try bench.run("evaluate", "run", "--json").json()
    for (measure, found) in [("test_loss", again["test_loss"]), ("test_loss", evaluation["loss"])] {
      #expect(summary[measure] as? Double == found as? Double)
    }
    let plain = try bench.run("train", "run/recipe.yaml", "--precision", "float32", "--json").json()
    #expect(plain["test_loss"] as? Double != summary["test_loss"] as? Double)
  }

  @Test("kernels without such products refuse it, and leave nothing behind")
  func refused() throws {
    let bench = try Workbench()
    let kernel = try #require(KernelSet.available.last?.name)
    let result = try runStrata(
      Self.training + ["--output", "run"], in: bench.folder,
      environment: ["STRATA_KERNEL": kernel])
    #expect(result.status == 64)
    #expect(
      result.errors.contains(
        "precision: expected float32, the only precision of the kernels \(kernel)"))
    #expect(bench.names(in: ".") == ["tiny"])
  }

  @Test(
    "a model of the one precision is evaluated in the other where it must be",
    .enabled(if: KernelSet.best.supports(.bf16), "this processor lacks bfloat16 products"))
  func evaluatedElsewhere() throws {
    let bench = try Workbench()
    _ = try runStrata(Self.training + ["--output", "run"], in: bench.folder)
    let result = try bench.run(
      "evaluate", "run", "--json", environment: ["STRATA_KERNEL": "avx2"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("note: measured in float32"))
    #expect(try result.json()["precision"] as? String == "float32")
    let here = try bench.run("evaluate", "run", "--json").json()
    #expect(here["precision"] as? String == "bf16" && here["kernel"] as? String == "avx512")
    let losses = [try result.json()["loss"], here["loss"]].compactMap { $0 as? Double }
    #expect(losses.count == 2 && losses[0] != losses[1] && abs(losses[0] - losses[1]) < 0.02)
  }
}
