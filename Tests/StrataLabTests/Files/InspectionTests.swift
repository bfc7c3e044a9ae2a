import Strata
import StrataLab
import TestSupport
import Testing

@Suite struct InspectionTests {
  private func model() throws -> Model {
    let architecture = try Architecture(inputs: 2, hidden: [3], classes: 2)
    return Model(
      network: Network(zeros: architecture),
      standardization: Standardization(mean: [0, 1], deviation: [1, 2]), classNames: ["a", "b"],
      features: .image(ImageShape(channels: 1, height: 1, width: 2)), dataName: "test",
      configuration: "{}")
  }

  @Test("a summary has the moments of the finite numbers, and counts the others")
  func summary() {
    let summary = TensorSummary([1, 2, 3, 6, .nan, .infinity])
    #expect(summary.minimum == 1 && summary.maximum == 6 && summary.mean == 3)
    // √((4 + 1 + 0 + 9) / 4)
    #expect(abs((summary.standardDeviation ?? 0) - 3.5.squareRoot()) < 1e-12)
    #expect(summary.nonFiniteCount == 2)
    #expect(TensorSummary([]).mean == nil && TensorSummary([.nan]).minimum == nil)
    #expect(TensorSummary([1.7e308, 1.7e308]).mean == 1.7e308)
  }

  @Test("a model is shown with its architecture, parameters and tensors in order")
  func inspect() throws {
    let folder = try ScratchFolder()
    let path = try folder.write(try model().safetensors(), to: "model.safetensors")
    let inspection = try Inspection(of: path)
    #expect(inspection.problem == nil && inspection.rows.count == 10)
    #expect(inspection.rows[0].tensor.name == "input.mean")
    #expect(inspection.rows[0].summary?.mean == 0.5)
    let json = try JSONValue(parsing: inspection.json.indentedText)
    // 3 · 2 + 3, γ and β 6, 2 · 3 + 2.
    #expect(json["parameters"]?.integer == 23)
    #expect(json["architecture"]?["hidden"]?.elements == [.integer(3)])
    #expect(json["tensors"]?.elements?.count == 10)
    #expect(json["metadata"]?["data"]?.string == "test")
  }

  @Test("a file that calls itself a model and is none is shown, with its problem")
  func problem() throws {
    let folder = try ScratchFolder()
    let bytes = try Safetensors.encode(
      [
        NamedTensor("layers.10.x", shape: [1], .floats([.nan])),
        NamedTensor("layers.9.x", shape: [1], .floats([1])),
      ],
      metadata: ["format": "strata-model"])
    let inspection = try Inspection(of: folder.write(bytes, to: "file"))
    #expect(inspection.problem?.kind == .malformed && inspection.network == nil)
    #expect(inspection.rows.map(\.tensor.name) == ["layers.9.x", "layers.10.x"])
    #expect(inspection.rows[1].summary?.nonFiniteCount == 1)
  }

  @Test("another safetensors file is shown without a problem, and other files are malformed")
  func others() throws {
    let folder = try ScratchFolder()
    let bytes = try Safetensors.encode([], metadata: [:])
    #expect(try Inspection(of: folder.write(bytes, to: "file")).problem == nil)
    let text = try folder.write(Array("hello, this is text".utf8), to: "text")
    #expect(dataError { _ = try Inspection(of: text) }?.kind == .malformed)
    #expect(dataError { _ = try Inspection(of: folder["no"]) }?.kind == .notFound)
  }
}
