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
    #expect(result.errors.contains("differs from what the model learned from"))
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
}
