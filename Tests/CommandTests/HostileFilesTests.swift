import Foundation
import TestSupport
import Testing

@testable import Strata

/// Files made to do harm, given to the real command.
@Suite("Files that are made to do harm")
struct HostileFilesTests {
  /// Expects one sentence, an exit code and no output folder, within some memory and time.
  private func expectRefusal(
    _ bench: Workbench, _ arguments: [String], status: Int32 = 65, says sentence: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let result = try runStrata(
      arguments, in: bench.folder, shell: "ulimit -v 4000000; ulimit -t 60")
    let lines = result.errors.split(whereSeparator: \.isNewline)
    #expect(result.status == status, "\(result.errors)", sourceLocation: sourceLocation)
    #expect(result.output.isEmpty, sourceLocation: sourceLocation)
    #expect(lines.count == 1, "\(result.errors)", sourceLocation: sourceLocation)
    #expect(
      result.errors.hasPrefix("strata: ") && result.errors.contains(sentence),
      "\(result.errors)", sourceLocation: sourceLocation)
    #expect(!result.errors.contains("\u{1b}"), sourceLocation: sourceLocation)
    #expect(bench.names(in: "output") == nil, sourceLocation: sourceLocation)
  }

  /// A file of the safetensors format whose header may claim anything.
  private static func tensors(_ header: String, zeros: Int = 0) -> Data {
    Data(
      littleEndian(UInt64(header.utf8.count)) + Array(header.utf8)
        + [UInt8](repeating: 0, count: zeros))
  }

  private static let commands = [
    ["evaluate", "bad", "--data", "tiny"], ["inspect", "bad"],
    [
      "train", "--data", "tiny", "--validation", "10", "--batch-size", "10", "--hidden", "8",
      "--initial-weights", "bad", "--output", "output",
    ],
  ]

  @Test(
    "weights that lie about themselves: 65",
    arguments: [
      Data(), Data([UInt8](repeating: 0xff, count: 64)),
      tensors("{\"a\":" + String(repeating: "[", count: 1_000_000)),
      tensors(#"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#),
      tensors(#"{"a":{"dtype":"U8","shape":[1000000000000],"data_offsets":[0,1000000000000]}}"#),
      tensors(#"{"\u001b[2J\na":{"dtype":"U9","shape":[1],"data_offsets":[0,1]}}"#, zeros: 1),
    ])
  func weights(_ file: Data) throws {
    let bench = try Workbench()
    try file.write(to: bench.url("bad"))
    for command in Self.commands { try expectRefusal(bench, command, says: "bad: expected") }
  }

  @Test("weights in a file that is a hole of a terabyte: 74, and no memory is taken")
  func hole() throws {
    let bench = try Workbench()
    let count = 1 << 40
    let header = #"{"a":{"dtype":"F32","shape":[\#(count / 4)],"data_offsets":[0,\#(count)]}}"#
    let start = Self.tensors(header)
    try start.write(to: bench.url("bad"))
    #expect(truncate(bench.url("bad").path, start.count + count) == 0)
    try expectRefusal(bench, ["inspect", "bad"], status: 74, says: "a quarter of the memory")
  }

  @Test("a model that was cut off, or one bit of which was flipped: 65")
  func damaged() throws {
    let bench = try Workbench()
    try bench.train()
    let whole = try bench.data("run/model.safetensors")
    var flipped = whole
    flipped[whole.count - 5] ^= 0x10
    for (file, sentence) in [
      (flipped, "the file is damaged"), (whole.dropLast(1), "bad: expected"),
    ] {
      try file.write(to: bench.url("bad"))
      for command in Self.commands { try expectRefusal(bench, command, says: sentence) }
      try file.write(to: bench.url("run/model.safetensors"))
      try expectRefusal(bench, ["report", "run", "--output", "output"], says: "model.safetensors")
    }
  }

  @Test("a model whose outputs are not finite: 65")
  func overflow() throws {
    let bench = try Workbench()
    try bench.train("--batch-norm", "none")
    var model = try Model(contentsOfFile: bench.url("run/model.safetensors").path)
    for index in model.network.parameters.elements.indices {
      model.network.parameters[index] *= 1e30
    }
    try Data(model.safetensors()).write(to: bench.url("bad"))
    try expectRefusal(bench, ["evaluate", "bad"], says: "expected weights that give finite")
  }

  @Test(
    "recipes that are made to take all time and memory: 64",
    arguments: [
      "hidden: " + String(repeating: "[", count: 500_000), String(repeating: "- ", count: 500_000),
      String(repeating: "{a: ", count: 200_000), "a: &a [1]\nb: [*a, *a]",
      "seed: " + String(repeating: "9", count: 1_000_000),
      String(repeating: "#", count: 1 << 20 + 1),
      "\u{1b}[2J: 1", "data: \"a\\0b\"",
    ])
  func recipes(_ recipe: String) throws {
    let bench = try Workbench()
    try bench.write(recipe, to: "bad.yaml")
    try expectRefusal(
      bench, ["train", "bad.yaml", "--data", "tiny", "--output", "output"], status: 64,
      says: "bad.yaml")
  }

  @Test("a compressed data file that claims more than it holds, or holds more than it claims: 65")
  func bomb() throws {
    for claim in [[60_000, 1, 1], [60_000, 60_000, 60_000], [.max, .max, .max], [1, 1, 1]] {
      let bench = try Workbench()
      let header: [UInt8] = [0, 0, 8, 3] + claim.flatMap { bigEndian(UInt32(clamping: $0)) }
      try FileManager.default.removeItem(at: bench.url("tiny/train-images-idx3-ubyte"))
      try Data(gzipStored(header + [UInt8](repeating: 0, count: 100_000)))
        .write(to: bench.url("tiny/train-images-idx3-ubyte.gz"))
      try expectRefusal(
        bench, ["train", "--data", "tiny", "--output", "output"], says: "train-images-idx3-ubyte.gz"
      )
    }
  }

  @Test(
    "a run folder that was tampered with: 65",
    arguments: [
      ("metrics.csv", String(repeating: "1,", count: 1_000_000)), ("metrics.csv", "\u{1b}[2J"),
      ("summary.json", String(repeating: "[", count: 1_000_000)),
      ("summary.json", #"{"steps": 1e999999999}"#), ("recipe.yaml", "a: &a [*a]"),
    ])
  func run(_ name: String, _ content: String) throws {
    let bench = try Workbench()
    try bench.train()
    try bench.write(content, to: "run/" + name)
    try expectRefusal(bench, ["report", "run", "--output", "output"], says: name)
  }

  @Test("data that is made shorter while it is used: 74 and one sentence")
  func shortened() throws {
    let bench = try Workbench()
    let result = try bench.run(
      "train", "--data", "tiny", "--hidden", "8", "--validation", "10", "--batch-size", "10",
      "--schedule", "constant", "--epochs", "100000", "--evaluate-every", "1000000000", "--quiet",
      "--output", "run",
      shell: """
        (while ! [ -d run ]; do sleep 0.05; done; sleep 0.3; : > tiny/train-images-idx3-ubyte) &
        ulimit -t 60
        """)
    #expect(result.status == 74, "\(result.errors)")
    #expect(result.errors.contains("found one that was truncated"))
    #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
  }
}
