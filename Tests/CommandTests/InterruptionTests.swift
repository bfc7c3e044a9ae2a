import Foundation
import Testing

@Suite("Runs that are ended from outside, or run side by side")
struct InterruptionTests {
  private static let long = [
    "--data", "tiny", "--hidden", "8", "--validation", "10", "--batch-size", "10", "--schedule",
    "constant", "--epochs", "100000", "--evaluate-every", "1000000000",
  ]

  /// Waits until the run has saved a checkpoint, then does something to the process.
  private static func onceSaved(_ action: String) -> String {
    "(\(waiting(for: "run/checkpoint.safetensors")); sleep 0.2; \(action)) &"
  }

  /// Waits for a file, while the process lives that is to make it.
  private static func waiting(for file: String) -> String {
    "while kill -0 $$ && ! [ -f \(file) ]; do sleep 0.05; done"
  }

  @Test(
    "a signal saves the run and ends it with 75 and the command that continues it",
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func signalled(_ number: Int32) throws {
    let bench = try Workbench()
    let result = try runStrata(
      ["train"] + Self.long + ["--output", "run"], in: bench.folder,
      shell: Self.onceSaved("kill -\(number) $$"))
    #expect(result.status == 75, "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("strata resume run"))
    #expect(
      bench.names(in: "run") == [
        "checkpoint-previous.safetensors", "checkpoint.safetensors", "recipe.yaml",
      ])
  }

  @Test("a second signal ends the process at once")
  func twice() throws {
    let bench = try Workbench()
    // Both come while the process stands still, so that the first has no time to end it.
    let result = try runStrata(
      ["train"] + Self.long + ["--output", "run"], in: bench.folder,
      shell: Self.onceSaved("kill -STOP $$; kill -INT $$; kill -TERM $$; kill -CONT $$"))
    #expect(result.status == -SIGTERM || result.status == -SIGINT, "\(result.errors)")
    #expect(bench.names(in: "run")?.contains("checkpoint.safetensors") == true)
  }

  @Test("readers that go away, and a terminal that is closed, end no run")
  func closed() throws {
    let bench = try Workbench()
    let result = try bench.run(
      "train", "--data", "tiny", "--hidden", "8", "--validation", "10", "--batch-size", "10",
      "--schedule", "constant", "--epochs", "200", "--output", "run",
      shell: "(\"$@\"; echo $? > status) 2>&1 | true; set -- true")
    #expect(result.status == 0)
    #expect(try bench.text("status") == "0\n")
    #expect(bench.names(in: "run")?.contains("summary.json") == true)
  }

  @Test("signals that a parent ignores stay ignored")
  func ignored() throws {
    let bench = try Workbench()
    let result = try bench.run(
      "train", "--data", "tiny", "--hidden", "8", "--validation", "10", "--batch-size", "10",
      "--schedule", "constant", "--epochs", "2000", "--evaluate-every", "100000", "--output",
      "run", shell: "trap '' HUP; " + Self.onceSaved("kill -HUP $$"))
    #expect(result.status == 0, "\(result.errors)")
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
