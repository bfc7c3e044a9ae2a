import Foundation
import Testing

@Suite("Warnings of strata train")
struct WarningTests {
  private let stuck = [
    "train", "--data", "tiny", "--hidden", "8,8,8", "--batch-norm", "none", "--init", "1e-6",
    "--validation", "10", "--batch-size", "10", "--schedule", "constant", "--epochs", "30",
    "--output", "run", "--json",
  ]

  private func warnings(_ result: ProcessResult) throws -> [[String: Any]] {
    try #require(result.json()["warnings"] as? [[String: Any]])
  }

  @Test("are said once on standard error and kept in summary.json; the run goes on")
  func reported() throws {
    let bench = try Workbench()
    let result = try runStrata(stuck, in: bench.folder)
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.errors.split(separator: "\n").filter { $0.hasPrefix("strata: warning: ") }
    let kept = try warnings(result).compactMap { $0["text"] as? String }
    #expect(kept.map { "strata: warning: \($0)" } == lines.map(String.init))
    let signs = try warnings(result).compactMap { $0["sign"] as? String }
    #expect(signs.filter { $0 == "stuck-loss" }.count == 1)
    #expect(result.output == (try bench.text("run/summary.json")))
  }

  @Test("are only kept where nothing is to be said")
  func quiet() throws {
    let bench = try Workbench()
    let result = try runStrata(stuck + ["--quiet"], in: bench.folder)
    #expect(result.errors.isEmpty)
    #expect(try !warnings(result).isEmpty)
  }

  @Test("a run that goes well has none")
  func none() throws {
    let bench = try Workbench()
    #expect(try warnings(bench.train("--json", "--epochs", "20", "--eta", "0.05")).isEmpty)
  }
}
