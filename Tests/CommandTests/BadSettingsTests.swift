import Foundation
import Testing

/// Options that no run can be made of, and what is said of them.
struct BadSettings: CustomTestStringConvertible, Sendable {
  let arguments: [String]
  let sentence: String

  init(_ arguments: String..., says sentence: String) {
    self.arguments = arguments
    self.sentence = sentence
  }

  var testDescription: String { arguments.joined(separator: " ") }
}

@Suite("Settings that cannot be")
struct BadSettingsTests {
  static let cases = [
    BadSettings("--hidden", "50,x", says: "hidden: expected widths"),
    BadSettings("--hidden", "50,x", says: "found \"50,x\""),
    BadSettings("--hidden", "0", says: "found \"0\""),
    BadSettings("--hidden", "8193", says: "from 1 to 8192"),
    BadSettings("--hidden", "50,,50", says: "hidden: expected"),
    BadSettings("--hidden", "", says: "found nothing"),
    BadSettings(
      "--hidden", Array(repeating: "2", count: 50).joined(separator: ","),
      says: "fewer than 50 of them"),
    BadSettings("--batch-norm", "middle", says: "batch-norm: expected none, before, after"),
    BadSettings("--statistics-decay", "1", says: "not including, 1, found \"1\""),
    BadSettings("--normalization-epsilon", "0", says: "not 0 in single precision, found \"0\""),
    BadSettings("--normalization-epsilon", "1e-46", says: "epsilon: expected a number above 0"),
    BadSettings("--normalization-epsilon", "1e39", says: "epsilon: expected a number above 0"),
    BadSettings("--init", "-0.1", says: "init: expected he, xavier or a standard deviation"),
    BadSettings("--init", "He", says: "init: expected he, xavier or a standard deviation"),
    BadSettings("--activation", "relu6", says: "activation: expected relu, leaky-relu, gelu"),
    BadSettings("--clip-norm", "0", says: "clip-norm: expected a number above 0"),
    BadSettings("--optimizer", "adamw", says: "optimizer: expected sgd, momentum, adam"),
    BadSettings("--dropout", "1", says: "dropout: expected a probability from 0 up to"),
    BadSettings(
      "--hidden", "none", "--dropout", "0.5",
      says: "dropout: expected 0 for a network without hidden layers"),
    BadSettings("--augment", "shift:6", says: "augment: expected a shift below 6 pixels"),
    BadSettings("--augment", "flip,flip", says: "augment: expected none, or flip"),
    BadSettings("--augment", "shift:2.5", says: "augment: expected none, or flip"),
    BadSettings("--precise-statistics", "1", says: "precise-statistics: expected a whole number"),
    BadSettings(
      "--adaptive-statistics", "100,turn", says: "adaptive-statistics: expected a number of"),
    BadSettings(
      "--precise-statistics", "10", "--adaptive-statistics", "10",
      says: "precise-statistics: expected no value beside adaptive-statistics"),
    BadSettings(
      "--precise-statistics", "10", "--batch-norm", "none",
      says: "precise-statistics: expected no value for a network without batch normalization"),
    BadSettings(
      "--data", "shapes", "--adaptive-statistics", "1000000",
      says: "adaptive-statistics: expected 2 to 1000, the number of images"),
    BadSettings("--precision", "fp8", says: "precision: expected float32, bf16"),
    BadSettings("--schedule", "linear", says: "schedule: expected cyclical, constant"),
    BadSettings("--eta-max", "-0.1", says: "eta-max: expected a finite number of at least 0"),
    BadSettings("--eta-max", "inf", says: "eta-max: expected a finite number"),
    BadSettings("--eta-min", "nan", says: "eta-min: expected a finite number"),
    BadSettings("--eta-min", "1", says: "eta-min: expected at most eta-max, which is 0.1"),
    BadSettings("--eta", "-1", "--schedule", "constant", says: "eta: expected a finite number"),
    BadSettings("--eta", "0.1", says: "expected no value with the schedule cyclical"),
    BadSettings(
      "--cycles", "2", "--schedule", "constant", says: "no value with the schedule constant"),
    BadSettings("--lambda", "-1", says: "lambda: expected a finite number of at least 0"),
    BadSettings("--lambda", "infinity", says: "lambda: expected a finite number"),
    BadSettings("--lambda", "1e999", says: "found \"1e999\""),
    BadSettings("--lambda", "0x1p3", says: "lambda: expected a finite number"),
    BadSettings("--step-size", "0", says: "step-size: expected a whole number from 1"),
    BadSettings("--step-size", "7", "--epochs", "9", says: "remove epochs or step-size"),
    BadSettings("--cycles", "0", says: "cycles: expected a whole number from 1"),
    BadSettings("--cycle-decay", "0", says: "cycle-decay: expected a number above 0"),
    BadSettings("--epochs", "1.5", says: "epochs: expected a whole number"),
    BadSettings("--batch-size", "0", says: "batch-size: expected a whole number from 1"),
    BadSettings("--batch-size", "1", says: "batches of at least two images"),
    BadSettings("--batch-size", "51", says: "1 to 50, the number of training images"),
    BadSettings("--batch-size", "7", says: "a last batch of 1 of 50 images"),
    BadSettings("--train", "0", says: "train: expected a whole number from 1"),
    BadSettings("--train", "60", says: "train: expected 1 to 50 images, since tiny has 60"),
    BadSettings("--validation", "60", says: "validation: expected 0 to 59 images"),
    BadSettings("--seed", "-1", says: "seed: expected a whole number from 0"),
    BadSettings("--seed", "010", says: "found \"010\""),
    BadSettings("--threads", "257", says: "from 1 to 256"),
    BadSettings("--threads", "0", says: "threads: expected a whole number from 1"),
    BadSettings("--evaluate-every", "0", says: "evaluate-every: expected"),
    BadSettings("--output", "", says: "output: expected a name or a path, found nothing"),
    BadSettings("--drop-out", "0.5", says: "Unknown option '--drop-out'"),
    BadSettings("--json=3", says: "--json"),
  ]

  @Test("end with code 64, one sentence and no run folder", arguments: cases)
  func rejected(_ bad: BadSettings) throws {
    let bench = try Workbench()
    let result = try runStrata(
      ["train", "--data", "tiny", "--validation", "10", "--batch-size", "10", "--output", "run"]
        + bad.arguments, in: bench.folder)
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.errors.contains(bad.sentence), "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(bench.names(in: ".") == ["tiny"])
  }

  @Test("a network beyond the memory is refused before any is taken")
  func tooLarge() throws {
    let bench = try Workbench()
    let widths = Array(repeating: "8192", count: 49).joined(separator: ",")
    let result = try bench.run(
      "train", "--data", "tiny", "--hidden", widths, "--batch-size", "10", "--output", "run",
      shell: "ulimit -v 8000000")
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.errors.contains("hidden: expected a network that fits into"))
    #expect(bench.names(in: "run") == nil)
  }

  @Test("a last batch of one image is fine without batch normalization")
  func oneLeft() throws {
    let bench = try Workbench()
    let result = try bench.train("--batch-size", "7", "--batch-norm", "none")
    #expect(result.status == 0, "\(result.errors)")
  }
}
