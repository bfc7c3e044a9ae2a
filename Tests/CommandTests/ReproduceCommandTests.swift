import Foundation
import Testing

@Suite("strata reproduce")
struct ReproduceCommandTests {
  private static let small = [
    "reproduce", "report-2021/final", "--data", "shapes", "--seeds", "2", "--output", "all",
    "--no-pdf",
  ]
  private static let report = "all/reports/report-2021-final"

  @Test("it writes page, tables and numbers, trains nothing again, and refuses what is damaged")
  func small() throws {
    let bench = try Workbench()
    let first = try runStrata(Self.small, in: bench.folder)
    #expect(first.status == 0, "\(first.errors)")
    for name in ["report.html", "tables.md", "results.json"] {
      #expect(first.output.contains("\(Self.report)/\(name)"))
      #expect(bench.names(in: Self.report)?.contains(name) == true)
    }
    #expect(bench.names(in: "all/runs")?.count == 4)
    let results = try bench.text("\(Self.report)/results.json")
    let again = try runStrata(Self.small, in: bench.folder)
    #expect(again.status == 0)
    #expect(!again.errors.contains("networks"))
    #expect(try bench.text("\(Self.report)/results.json") == results)
    let fresh = try runStrata(Self.small + ["--fresh"], in: bench.folder)
    #expect(fresh.status == 0 && fresh.errors.contains("networks: 4 of 4"), "\(fresh.errors)")
    let run = try #require(bench.names(in: "all/runs")?.first)
    try FileManager.default.removeItem(at: bench.url("all/runs/\(run)/metrics.csv"))
    let damaged = try runStrata(Self.small, in: bench.folder)
    #expect(damaged.status == 65, "\(damaged.errors)")
    #expect(damaged.errors.contains("remove the folder all/runs/\(run) to train it again"))
  }

  @Test("a folder that is not a reproduction's is refused before any work, and left as it is: 74")
  func foreign() throws {
    let bench = try Workbench()
    let arguments = Self.small.map { $0 == "all" ? "." : $0 }
    let refused = try runStrata(arguments, in: bench.folder)
    #expect(refused.status == 74)
    #expect(
      refused.errors.contains("expected a new or empty folder, or one of a reproduction"),
      "\(refused.errors)")
    #expect(bench.names(in: ".") == ["tiny"])
  }

  @Test("parts have one folder, in whatever order and however often they are named")
  func namedTwice() throws {
    let bench = try Workbench()
    let parts = ["report-2021/final", "report-2021/gradients", "report-2021/final"]
    func make(_ names: [String]) throws -> String {
      let result = try runStrata(["reproduce"] + names + Self.small.dropFirst(2), in: bench.folder)
      #expect(result.status == 0, "\(result.errors)")
      return result.output
    }
    #expect(try make(parts) == make(Array(parts.prefix(2))))
    #expect(bench.names(in: "all/reports") == ["report-2021-gradients+report-2021-final"])
  }

  @Test("a signal keeps what is finished, and the same command goes on")
  func interruption() throws {
    let bench = try Workbench()
    let long = Self.small.map { $0 == "2" ? "3" : $0 } + ["--jobs", "1"]
    let result = try runStrata(
      long + ["--fresh"], in: bench.folder,
      shell: """
        (while ! ls all/runs/*/summary.json > /dev/null 2>&1; do sleep 0.05; done; kill -2 $$) &
        """)
    #expect(result.status == 75, "\(result.errors)")
    #expect(result.errors.contains("this command continues: strata reproduce"))
    #expect(!result.errors.contains("--fresh"))
    let finished = try #require(bench.names(in: "all/runs"))
    #expect(!finished.isEmpty && finished.count < 6)
    let again = try runStrata(long, in: bench.folder)
    #expect(again.status == 0, "\(again.errors)")
    #expect(bench.names(in: "all/runs")?.count == 6)
    #expect(again.errors.contains("networks: \(6 - finished.count) of \(6 - finished.count)"))
  }

  @Test("--list needs no data, and says how long it takes where there is some")
  func list() throws {
    let bench = try Workbench()
    let plain = try bench.run("reproduce", "--list")
    #expect(plain.status == 0)
    #expect(plain.output.contains("assignment/depth") && plain.output.contains("report-2019/final"))
    #expect(plain.errors.contains("note: no times"))
    let timed = try bench.run("reproduce", "--list", "report-2021", "--data", "shapes")
    #expect(timed.status == 0, "\(timed.errors)")
    #expect(timed.output.contains("from 5 seeds"))
  }

  @Test(
    "what cannot be: 64 with one sentence, 66 without the data",
    arguments: [
      (["assignment/dept"], 64, "the nearest name is assignment/depth"),
      (["--seeds", "0"], 64, "seeds: expected a whole number from 1 to 1000"),
      (["--output", ""], 64, "output: expected a name or a path, found nothing"),
      (["--jobs", "0"], 64, "jobs: expected a whole number from 1 to 256"),
      ([], 66, "cifar10"),
    ])
  func refused(_ arguments: [String], _ status: Int32, _ sentence: String) throws {
    let bench = try Workbench()
    let data = status == 64 ? ["--data", "shapes"] : []
    let result = try runStrata(["reproduce"] + arguments + data, in: bench.folder)
    #expect(result.status == status, "\(result.errors)")
    #expect(result.errors.contains(sentence), "\(result.errors)")
    #expect(bench.names(in: ".") == ["tiny"])
  }
}
