import Foundation
import Testing

@Suite("strata evaluate")
struct EvaluateCommandTests {
  @Test(
    "it finds again what training measured, on every part",
    arguments: [
      ("test", "test", 20), ("validation", "validation", 10), ("train", "train", 50),
    ])
  func agrees(_ split: String, _ prefix: String, _ images: Int) throws {
    let bench = try Workbench()
    let summary = try bench.train("--json").json()
    let evaluation = try bench.run("evaluate", "run", "--split", split, "--json").json()
    #expect(evaluation["images"] as? Int == images)
    for measure in ["loss", "cost", "accuracy"] {
      let trained = try #require(summary["\(prefix)_\(measure)"] as? Double)
      let found = try #require(evaluation[measure] as? Double)
      #expect(abs(trained - found) < 1e-9, "\(measure)")
    }
    #expect(evaluation["same_data"] as? Bool == true)
    let rows = try #require(evaluation["confusion"] as? [[Int]])
    #expect(rows.count == 10 && rows.allSatisfy { $0.count == 10 })
    #expect(rows.joined().reduce(0, +) == images)
    #expect((evaluation["classes"] as? [[String: Any]])?.count == 10)
  }

  @Test(
    "statistics measured anew are those that training would have ended with",
    arguments: [
      ("--precise-statistics", "40"), ("--adaptive-statistics", "15"),
      ("--adaptive-statistics", "15,flip"),
    ])
  func statistics(option: String, value: String) throws {
    let bench = try Workbench()
    let plain = try bench.train("--json").json()
    let measured = try bench.run("evaluate", "run", "--json", option, value).json()
    #expect(measured["loss"] as? Double != plain["test_loss"] as? Double)
    let trained = try bench.train("--json", option, value, output: "other").json()
    #expect(measured["loss"] as? Double == trained["test_loss"] as? Double)
    #expect((measured["statistics"] as? String)?.contains(value.prefix(2)) == true)
  }

  @Test("a model file alone is enough, with a table for a person")
  func modelFile() throws {
    let bench = try Workbench()
    try bench.train()
    let result = try bench.run("evaluate", "run/model.safetensors")
    #expect(result.status == 0, "\(result.errors)")
    for word in ["accuracy", "loss", "cost", "precision", "recall", "label"] {
      #expect(result.output.contains(word), "\(word)")
    }
  }

  @Test("other data is noted")
  func otherData() throws {
    let bench = try Workbench()
    try bench.train()
    var pixels = try bench.data("tiny/t10k-images-idx3-ubyte")
    pixels[20] ^= 1
    try pixels.write(to: bench.url("tiny/t10k-images-idx3-ubyte"))
    let result = try bench.run("evaluate", "run")
    #expect(result.status == 0)
    #expect(result.errors.contains("differs from the model's training data"))
  }

  @Test("what does not fit: 66 for nothing there, 65 for other images, 64 for no part")
  func unusable() throws {
    let bench = try Workbench()
    try bench.train("--validation", "0")
    #expect(try bench.run("evaluate", "nothing").status == 66)
    #expect(try bench.run("evaluate", "tiny").status == 66)
    let shapes = try bench.run("evaluate", "run", "--data", "shapes")
    #expect(shapes.status == 65, "\(shapes.errors)")
    #expect(shapes.errors.contains("1 × 6 × 6"))
    #expect(try bench.run("evaluate", "run", "--split", "validation").status == 64)
    #expect(try bench.run("evaluate", "run", "--split", "dev").status == 64)
    #expect(try bench.run("evaluate", "tiny/train-labels-idx1-ubyte").status == 65)
  }

  /// Rewrites the metadata of a trained model.
  private func change(
    _ path: String, of bench: Workbench, _ body: (inout [String: String]) -> Void
  ) throws {
    let bytes = try bench.data(path)
    let length = bytes.prefix(8).enumerated()
      .reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
    var object = try #require(
      try JSONSerialization.jsonObject(with: bytes.subdata(in: 8..<(8 + length)))
        as? [String: Any])
    var metadata = try #require(object["__metadata__"] as? [String: String])
    for digest in ["tensors_sha256", "header_sha256"] { metadata[digest] = nil }
    body(&metadata)
    object["__metadata__"] = metadata
    var json = try JSONSerialization.data(withJSONObject: object, options: .withoutEscapingSlashes)
    while json.count % 8 != 0 { json.append(UInt8(ascii: " ")) }
    let size = (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) }
    try (Data(size) + json + bytes.dropFirst(8 + length)).write(to: bench.url(path))
  }

  @Test("other class names: 65, naming the first that differs")
  func otherClasses() throws {
    let bench = try Workbench()
    try bench.train()
    try change("run/model.safetensors", of: bench) {
      $0["class_names"] = "[\"cat\",\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]"
    }
    let result = try bench.run("evaluate", "run")
    #expect(result.status == 65, "\(result.errors)")
    #expect(result.errors.contains("cat") && result.output.isEmpty)
  }

  @Test("a model that names no data needs --data")
  func noData() throws {
    let bench = try Workbench()
    try bench.train()
    try change("run/model.safetensors", of: bench) { $0["configuration"] = "" }
    let result = try bench.run("evaluate", "run")
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.errors.contains("--data"))
    #expect(try bench.run("evaluate", "run", "--data", "tiny").status == 0)
  }

  @Test("a recorded configuration that cannot be: 65")
  func damagedConfiguration() throws {
    let bench = try Workbench()
    try bench.train()
    let data = bench.url("tiny").path
    try change("run/model.safetensors", of: bench) {
      $0["configuration"] = "{\"data\": \"\(data)\", \"train\": 999999}"
    }
    let result = try bench.run("evaluate", "run", "--split", "train")
    #expect(result.status == 65, "\(result.errors)")
    #expect(result.errors.contains("model.safetensors"))
  }
}
