import Foundation
import Testing

@Suite("Runs that are ended from outside, or run side by side")
struct InterruptionTests {
  private static let long = [
    "--data", "tiny", "--hidden", "8", "--validation", "10", "--batch-size", "10", "--schedule",
    "constant", "--epochs", "100000", "--evaluate-every", "1000000000",
  ]

  @Test("a signal ends the process as ever, and nothing is left", arguments: [SIGINT, SIGTERM])
  func signalled(_ number: Int32) throws {
    let bench = try Workbench()
    let result = try runStrata(
      ["train"] + Self.long + ["--output", "run"], in: bench.folder,
      shell: "(while ! [ -d run ]; do sleep 0.05; done; sleep 0.3; kill -\(number) $$) &")
    #expect(result.status == -number, "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(bench.names(in: ".") == ["tiny"])
  }

  @Test("an empty folder that was there stays when a signal comes")
  func existing() throws {
    let bench = try Workbench()
    try FileManager.default.createDirectory(
      at: bench.url("run"), withIntermediateDirectories: false)
    let result = try runStrata(
      ["train"] + Self.long + ["--output", "run"], in: bench.folder,
      shell: "(sleep 1; kill -15 $$) &")
    #expect(result.status == -SIGTERM, "\(result.errors)")
    #expect(bench.names(in: "run") == [])
  }

  @Test("runs that start in the same second get folders of their own")
  func parallel() throws {
    let bench = try Workbench()
    let result = try bench.run(
      "train", "--data", "tiny", "--hidden", "none", "--batch-size", "10", "--schedule",
      "constant", "--epochs", "1", "--validation", "10", "--quiet", "--threads", "1",
      shell: """
        for number in 1 2 3 4 5 6 7; do "$@" > /dev/null || echo failed >> failures & done
        "$@" > /dev/null || echo failed >> failures
        wait
        set -- true
        """)
    #expect(result.status == 0)
    #expect(bench.names(in: ".") == ["runs", "tiny"], "\(result.errors)")
    #expect(bench.names(in: "runs")?.count == 8)
  }
}
