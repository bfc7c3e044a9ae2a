import Foundation
import Testing

@Suite("Runs that are continued")
struct ResumeCommandTests {
  /// A run with everything that has a state or draws random numbers, which takes about a second.
  private static let settings = [
    "train", "--data", "tiny", "--hidden", "8,6", "--validation", "10", "--batch-size", "9",
    "--optimizer", "adam", "--eta-max", "0.01", "--schedule", "cyclical", "--step-size", "700",
    "--cycles", "3", "--dropout", "0.1", "--augment", "flip,shift:1", "--evaluate-every", "500",
    "--seed", "4", "--quiet",
  ]

  /// Ends the run once it has saved two checkpoints.
  private static func ending(with signal: String) -> String {
    """
    (while kill -0 $$ && ! [ -f run/checkpoint-previous.safetensors ]; do sleep 0.02; done
    kill -\(signal) $$) &
    """
  }

  private func train(
    _ bench: Workbench, _ options: [String] = [], output: String = "run"
  ) throws -> ProcessResult {
    try runStrata(Self.settings + ["--output", output] + options, in: bench.folder)
  }

  /// An unfinished run in the folder `run`, with both checkpoints.
  ///
  /// On a busy machine the signal may come between two renames, which leaves the checkpoint before
  /// alone, or not until the results are written: such a run is begun again.
  private func interrupted(
    _ bench: Workbench, by signal: String = "KILL", _ settings: [String] = settings,
    environment: [String: String] = [:]
  ) throws {
    let expected = signal == "KILL" ? -SIGKILL : 75
    for _ in 0..<20 {
      let result = try runStrata(
        settings + ["--output", "run", "--checkpoint-every", "0"], in: bench.folder,
        environment: environment, shell: Self.ending(with: signal))
      try #require([expected, 0].contains(result.status), "\(result.errors)")
      let names = bench.names(in: "run") ?? []
      if names.contains("checkpoint.safetensors") && !names.contains("model.safetensors") { return }
      try FileManager.default.removeItem(at: bench.url("run"))
    }
    Issue.record("the run is never stopped in time")
  }

  /// The files of the run, without what was being written when it was killed.
  private func files(_ bench: Workbench) -> [String]? {
    bench.names(in: "run")?.filter { !$0.hasPrefix(".") }
  }

  private func expectSame(_ bench: Workbench, ignoring ignored: [String] = []) throws {
    _ = try train(bench, output: "whole")
    let files = [
      "model.safetensors", "metrics.csv", "curves.svg", "confusion.svg",
    ]
    for name in files {
      #expect(try bench.data("run/\(name)") == bench.data("whole/\(name)"), "\(name)")
    }
    let summaries = try ["run", "whole"].map { folder in
      var summary = try #require(
        JSONSerialization.jsonObject(with: bench.data("\(folder)/summary.json"))
          as? [String: Any])
      for name in [
        "train_seconds", "evaluation_seconds", "total_seconds", "samples_per_second",
        "peak_memory_bytes", "output",
      ] + ignored { summary[name] = nil }
      return summary
    }
    #expect(NSDictionary(dictionary: summaries[0]).isEqual(to: summaries[1]))
    #expect(bench.names(in: "run") == bench.names(in: "whole"))
  }

  @Test(
    "a run that was killed or stopped goes on and ends with the same bits",
    arguments: ["KILL", "TERM"])
  func resume(signal: String) throws {
    let bench = try Workbench()
    try interrupted(bench, by: signal)
    let result = try bench.run("resume", "run", "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("resume    from update step"))
    #expect(try result.output == bench.text("run/summary.json"))
    try expectSame(bench)
  }

  @Test("a run that is killed again and again ends with the same bits")
  func manyTimes() throws {
    let bench = try Workbench()
    try interrupted(bench)
    for delay in ["0.1", "0.2", "0.3", "0.25"] {
      _ = try bench.run("resume", "run", "--quiet", shell: "(sleep \(delay); kill -9 $$) &")
    }
    #expect(try bench.run("resume", "run", "--quiet").status == 0)
    try expectSame(bench)
  }

  @Test("a damaged checkpoint is set aside, and the one before it is used")
  func damaged() throws {
    let bench = try Workbench()
    try interrupted(bench)
    var bytes = try bench.data("run/checkpoint.safetensors")
    bytes[bytes.count / 2] ^= 4
    try bytes.write(to: bench.url("run/checkpoint.safetensors"))
    let result = try bench.run("resume", "run", "--quiet")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("set aside"))
    try FileManager.default.removeItem(at: bench.url("run/checkpoint.safetensors.damaged"))
    try expectSame(bench)
  }

  @Test("where all that was saved is damaged, nothing is thrown away")
  func allDamaged() throws {
    let bench = try Workbench()
    try interrupted(bench)
    for name in ["checkpoint", "checkpoint-previous"] {
      try Data("cut".utf8).write(to: bench.url("run/\(name).safetensors"))
    }
    let names = files(bench)
    let result = try bench.run("resume", "run")
    #expect(result.status == 65, "\(result.errors)")
    #expect(result.errors.contains("no intact checkpoint is left"))
    #expect(files(bench) == names)
  }

  @Test("a run of which nothing was saved yet starts from its recipe")
  func nothingSaved() throws {
    let bench = try Workbench()
    try interrupted(bench)
    for name in ["checkpoint", "checkpoint-previous"] {
      try FileManager.default.removeItem(at: bench.url("run/\(name).safetensors"))
    }
    let result = try bench.run("resume", "run")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("from the beginning"))
    try expectSame(bench)
  }

  @Test("a recipe that is no file is an error, not waited for")
  func pipe() throws {
    let bench = try Workbench()
    try interrupted(bench)
    try FileManager.default.removeItem(at: bench.url("run/recipe.yaml"))
    let result = try bench.run("resume", "run", shell: "mkfifo run/recipe.yaml")
    #expect(result.status == 65 && result.errors.contains("recipe.yaml"), "\(result.errors)")
  }

  @Test("when the results cannot be written, recipe and checkpoints stay")
  func fullDisk() throws {
    let bench = try Workbench()
    try interrupted(bench)
    let names = files(bench)
    // A folder in the way of one of the last files.
    try FileManager.default.createDirectory(
      at: bench.url("run/confusion.svg/x"), withIntermediateDirectories: true)
    #expect(try bench.run("resume", "run", "--quiet").status == 74)
    try FileManager.default.removeItem(at: bench.url("run/confusion.svg"))
    #expect(files(bench) == names)
    #expect(try bench.run("resume", "run", "--quiet").status == 0)
    try expectSame(bench)
  }

  @Test("what a run cannot go on from is one sentence and no crash")
  func evenStranger() throws {
    let bench = try Workbench()
    let result = try train(bench, ["--checkpoint-every", "1e300", "--cycles", "1"])
    #expect(result.status == 0, "\(result.errors)")
    // Before its first step, the cost of this network is not finite.
    let wild = try bench.run(
      "train", "--data", "tiny", "--hidden", "8,8,8,8,8,8,8,8,8", "--init", "1e5", "--lambda", "0",
      "--validation", "10", "--batch-size", "10", "--schedule", "constant", "--eta", "1e-3",
      "--epochs", "100000", "--checkpoint-every", "0", "--evaluate-every", "1000000", "--output",
      "wild", "--quiet",
      shell: "(while kill -0 $$ && ! [ -f wild/checkpoint-previous.safetensors ]; do sleep 0.02; "
        + "done; kill $$) &")
    #expect(wild.status == 75, "\(wild.errors)")
    let resumed = try bench.run(
      "resume", "wild", "--quiet",
      shell: """
        touch begun
        (while kill -0 $$ && ! [ wild/checkpoint.safetensors -nt begun ]; do sleep 0.02; done
        kill $$) &
        """)
    #expect(resumed.status == 75, "\(resumed.errors)")
    #expect(!resumed.errors.contains("set aside"))
  }

  @Test("a run that ends while its results are written goes on from its checkpoint")
  func whileResultsAreWritten() throws {
    let bench = try Workbench()
    try interrupted(bench)
    try bench.write("half", to: "run/model.safetensors")
    try bench.write("half", to: "run/.metrics.csv.1a.tmp")
    #expect(try bench.run("resume", "run", "--quiet").status == 0)
    try expectSame(bench)
  }

  @Test("train says that there is an unfinished run, and leaves it alone")
  func trainInto() throws {
    let bench = try Workbench()
    try interrupted(bench)
    let result = try train(bench)
    #expect(result.status == 74)
    #expect(result.errors.contains("an unfinished run; strata resume run continues it"))
    #expect(try bench.run("resume", "run", "--quiet").status == 0)
  }

  @Test("a finished run has nothing left to do")
  func finished() throws {
    let bench = try Workbench()
    try bench.train()
    let summary = try bench.text("run/summary.json")
    let result = try bench.run("resume", "run", "--json")
    #expect(result.status == 0 && result.errors.contains("is finished"))
    #expect(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) is [String: Any])
    #expect(try bench.text("run/summary.json") == summary)
  }

  @Test("a changed recipe is refused by the name of the setting")
  func otherRecipe() throws {
    let bench = try Workbench()
    try interrupted(bench)
    let recipe = try bench.text("run/recipe.yaml")
    try bench.write(recipe.replacing("lambda: 0.005", with: "lambda: 0.5"), to: "run/recipe.yaml")
    let result = try bench.run("resume", "run")
    #expect(result.status == 64)
    #expect(result.errors.contains("lambda: expected 0.005, the run's original setting"))
    // Threads change no bit.
    let threads = try #require(recipe.firstMatch(of: /threads: \d+/)).output
    try bench.write(recipe.replacing(threads, with: "threads: 3"), to: "run/recipe.yaml")
    let resumed = try bench.run("resume", "run", "--json", "--quiet")
    #expect(try resumed.json()["threads"] as? Int == 3)
    try expectSame(bench, ignoring: ["threads"])
  }

  @Test("other data is refused")
  func otherData() throws {
    let bench = try Workbench()
    try interrupted(bench)
    var images = try bench.data("tiny/t10k-images-idx3-ubyte")
    images[100] ^= 1
    try images.write(to: bench.url("tiny/t10k-images-idx3-ubyte"))
    let result = try bench.run("resume", "run")
    #expect(result.status == 65)
    #expect(result.errors.contains("the run's original data"))
  }

  @Test("data that is not found any more is asked for by the ways to name its place")
  func movedData() throws {
    let bench = try Workbench()
    try FileManager.default.createDirectory(
      at: bench.url("sets"), withIntermediateDirectories: false)
    try FileManager.default.moveItem(at: bench.url("tiny"), to: bench.url("sets/fashion-mnist"))
    let place = ["STRATA_DATA": bench.url("sets").path]
    try interrupted(
      bench, by: "TERM", Self.settings.map { $0 == "tiny" ? "fashion-mnist" : $0 },
      environment: place)
    let lost = try bench.run("resume", "run")
    if lost.status != 0 {  // The operating system may have a data set of this name.
      #expect(lost.status == 66 || lost.status == 65, "\(lost.errors)")
      #expect(lost.status == 65 || lost.errors.contains("data-dir in run/recipe.yaml"))
    }
    #expect(try bench.run("resume", "run", "--quiet", environment: place).status == 0)
  }

  @Test("first weights that are not finite leave nothing to go on from")
  func notFinite() throws {
    let bench = try Workbench()
    let result = try bench.train("--init", "3e38")
    #expect(result.status == 1, "\(result.errors)")
    #expect(bench.names(in: "run") == nil)
  }

  @Test("another kernel is said, and taken")
  func otherKernel() throws {
    let bench = try Workbench()
    try interrupted(bench)
    let result = try bench.run(
      "resume", "run", "--quiet", environment: ["STRATA_KERNEL": "plain"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("continues with plain"))
    #expect(try bench.text("run/summary.json").contains(", plain\""))
  }

  @Test("two processes cannot work on one run")
  func twoProcesses() throws {
    let bench = try Workbench()
    let result = try bench.run(
      "resume", "run",
      shell: """
        program=$1
        "$program" \(Self.settings.joined(separator: " ")) --cycles 3000 --output run &
        while kill -0 $! && ! [ -f run/checkpoint.safetensors ]; do sleep 0.02; done
        "$@" 2> second; echo $? > status
        kill -9 $!
        exit 0
        """)
    #expect(result.status == 0)
    #expect(try bench.text("status") == "74\n")
    #expect(try bench.text("second").contains("another process"))
  }

  @Test("a folder without a run, or none at all, is not found")
  func noRun() throws {
    let bench = try Workbench()
    for path in ["none", "tiny", "tiny/train-labels-idx1-ubyte"] {
      let result = try bench.run("resume", path)
      #expect(result.status == 66, "\(result.errors)")
    }
  }

  @Test("a run that diverges keeps its last checkpoint, and says where when it is asked for")
  func diverged() throws {
    let bench = try Workbench()
    let files = ["checkpoint.safetensors", "divergence.json", "recipe.yaml"]
    func train() throws -> ProcessResult {
      try bench.train("--eta", "1e30", "--batch-norm", "none")
    }
    #expect(try train().status == 1)
    #expect(bench.names(in: "run") == files)
    let record = try #require(
      JSONSerialization.jsonObject(with: bench.data("run/divergence.json")) as? [String: Any])
    let step = try #require(record["step"] as? Int)
    let tensor = try #require(record["tensor"] as? String)
    for (result, status) in [
      (try bench.run("report", "run"), 66), (try bench.run("evaluate", "run"), 66),
      (try train(), 74),
    ] {
      #expect(result.status == Int32(status))
      #expect(result.errors.contains("diverged at step \(step) (\(tensor))"), "\(result.errors)")
    }
    let resumed = try bench.run("resume", "run")
    #expect(resumed.status == 1 && resumed.errors.contains("update step \(step)"))
    #expect(bench.names(in: "run") == files)
  }
}
