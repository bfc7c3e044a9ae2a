import ArgumentParser
import Strata
import TestSupport
import Testing

@testable import StrataCommand

@Suite struct InspectCommandTests {
  @Test("a model is shown, in both forms", arguments: [[], ["--json"]])
  func model(options: [String]) throws {
    let architecture = try Architecture(inputs: 2, hidden: [3], classes: 2)
    let model = Model(
      network: Network(zeros: architecture),
      standardization: Standardization(mean: [0, 1], deviation: [1, 2]), classNames: ["a", "b"],
      features: .image(ImageShape(channels: 1, height: 1, width: 2)), dataName: "test",
      configuration: "{}")
    let scratch = try ScratchFolder()
    let path = try scratch.write(try model.safetensors(), to: "model.safetensors")
    try InspectCommand.parse([path] + options).run()
  }

  @Test("a file that is no model, or missing, is an error")
  func bad() throws {
    let scratch = try ScratchFolder()
    let bytes = try Safetensors.encode([], metadata: ["format": "strata-model"])
    let path = try scratch.write(bytes, to: "model.safetensors")
    for path in [path, scratch["none"]] {
      #expect(throws: DataError.self) { try InspectCommand.parse([path]).run() }
    }
  }
}
