import Foundation
import Testing

@Suite("Files that cannot be used")
struct BadFilesTests {
  /// Trains on the data as it is and expects failure without a run folder.
  private func expectFailure(
    _ bench: Workbench, _ arguments: String..., status: Int32, says sentences: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let fixed = ["train", "--data", "tiny", "--batch-size", "10", "--output", "run"]
    let result = try runStrata(fixed + arguments, in: bench.folder)
    #expect(result.status == status, "\(result.errors)", sourceLocation: sourceLocation)
    for sentence in sentences {
      #expect(result.errors.contains(sentence), "\(result.errors)", sourceLocation: sourceLocation)
    }
    #expect(result.output.isEmpty, sourceLocation: sourceLocation)
    #expect(result.errors.split(separator: "\n").count == 1, sourceLocation: sourceLocation)
    #expect(bench.names(in: "run") == nil, sourceLocation: sourceLocation)
  }

  @Test("a data set that is not there: 66")
  func missingData() throws {
    try expectFailure(
      Workbench(), "--data", "cifra10", status: 66, says: ["cifra10", "cifar10"])
    try expectFailure(Workbench(), "--data", "cifar10", status: 66, says: ["data fetch cifar10"])
  }

  @Test("images that go by the name of an official data set and are others are noted")
  func unofficial() throws {
    let bench = try Workbench()
    try FileManager.default.moveItem(at: bench.url("tiny"), to: bench.url("fashion"))
    let result = try bench.run(
      "train", "--data", "fashion", "--hidden", "none", "--batch-size", "10", "--epochs", "4",
      "--output", "run")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("these images are not the official ones of fashion-mnist"))
    #expect(try !bench.train(output: "other").errors.contains("official"))
  }

  @Test("a data file that is not there: 66")
  func missingFile() throws {
    let bench = try Workbench()
    try FileManager.default.removeItem(at: bench.url("tiny/t10k-labels-idx1-ubyte"))
    try expectFailure(bench, status: 66, says: ["t10k-labels-idx1-ubyte"])
  }

  @Test(
    "an image file that is a byte short or long, or of another kind: 65", arguments: [-1, 1, 0])
  func wrongLength(_ change: Int) throws {
    let bench = try Workbench()
    let path = "tiny/train-images-idx3-ubyte"
    var bytes = try bench.data(path)
    switch change {
    case -1: bytes.removeLast()
    case 1: bytes.append(0)
    default: bytes[3] = 7
    }
    try bytes.write(to: bench.url(path))
    try expectFailure(bench, status: 65, says: ["train-images-idx3-ubyte", "expected", "found"])
  }

  @Test("a label of 10: 65")
  func wrongLabel() throws {
    let bench = try Workbench()
    var bytes = try bench.data("tiny/train-labels-idx1-ubyte")
    bytes[8] = 10
    try bytes.write(to: bench.url("tiny/train-labels-idx1-ubyte"))
    try expectFailure(bench, status: 65, says: ["label"])
  }

  @Test("weights that are missing, of another network or no weights: 66 and 65")
  func weights() throws {
    let bench = try Workbench()
    try bench.train("--hidden", "5", output: "five")
    try bench.write("no tensors", to: "text.safetensors")
    try expectFailure(bench, "--initial-weights", "none.safetensors", status: 66, says: ["none"])
    try expectFailure(
      bench, "--initial-weights", "text.safetensors", status: 65, says: ["text.safetensors"])
    try expectFailure(
      bench, "--initial-weights", "five/model.safetensors", status: 65, says: ["layers.0"])
  }

  @Test("an output folder that holds another run or anything else: 74, and it is left alone")
  func occupied() throws {
    let bench = try Workbench()
    try bench.train(output: "first")
    let before = try bench.data("first/summary.json")
    let again = try bench.train(output: "first")
    #expect(again.status == 74)
    #expect(again.errors.contains("first: expected a new or empty folder"))
    #expect(again.errors.contains("another run"))
    #expect(try bench.data("first/summary.json") == before)
    #expect(try bench.train(output: "tiny").status == 74)
    #expect(bench.names(in: "tiny")?.count == 4)
  }

  @Test("an empty output folder is taken, with those above it made")
  func empty() throws {
    let bench = try Workbench()
    try FileManager.default.createDirectory(
      at: bench.url("empty"), withIntermediateDirectories: false)
    #expect(try bench.train(output: "empty").status == 0)
    #expect(try bench.train(output: "a/b/c").status == 0)
    #expect(bench.names(in: "a/b/c")?.count == 6)
  }

  @Test("an output folder that cannot be made: 74")
  func unwritable() throws {
    let bench = try Workbench()
    let result = try bench.train(output: "tiny/train-labels-idx1-ubyte/run")
    #expect(result.status == 74, "\(result.errors)")
    #expect(try bench.train(output: "/proc/strata").status == 74)
  }

  @Test("a file that cannot grow, as on a full disk: 74, and nothing is left behind")
  func fullDisk() throws {
    let bench = try Workbench()
    let result = try bench.run(
      "train", "--data", "tiny", "--hidden", "50", "--validation", "10", "--batch-size", "10",
      "--epochs", "4", "--output", "run", "--quiet", shell: "ulimit -f 4")
    #expect(result.status == 74, "\(result.errors)")
    #expect(result.errors.contains("run: expected permission to write files of up to"))
    #expect(bench.names(in: "run") == nil)
  }

  @Test("results that cannot be written: 74")
  func fullOutput() throws {
    let bench = try Workbench()
    try bench.train()
    for arguments in [["evaluate", "run"], ["inspect", "run/model.safetensors"]] {
      let result = try runStrata(arguments, in: bench.folder, shell: "exec > /dev/full")
      #expect(result.status == 74, "\(arguments)")
      #expect(result.errors.contains("standard output"))
    }
  }

  @Test("a run that diverges: 1, and no results")
  func diverges() throws {
    let bench = try Workbench()
    let result = try bench.train("--batch-norm", "none", "--eta", "1e30", "--epochs", "20")
    #expect(result.status == 1, "\(result.errors)")
    #expect(result.errors.contains("training diverged at update step"))
    #expect(bench.names(in: "run") == ["checkpoint.safetensors", "divergence.json", "recipe.yaml"])
  }
}
