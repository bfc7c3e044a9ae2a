import Testing

@testable import Strata

@Suite("Damaged model files") struct ModelDamageTests {
  private func bytes() throws -> [UInt8] {
    let architecture = try Architecture(
      inputs: 2, hidden: [1], classes: 2, batchNormalization: .before)
    var stream = RandomStream(seed: 1, for: .weights)
    let model = Model(
      network: Network(architecture, initialization: .he, using: &stream),
      standardization: Standardization(mean: [0, 1], deviation: [1, 2]), classNames: ["a", "b"],
      features: .image(ImageShape(channels: 1, height: 1, width: 2)), dataName: "d",
      kernel: "plain",
      version: "1")
    return try model.safetensors()
  }

  @Test("no truncation is taken for a model")
  func truncations() throws {
    let bytes = try bytes()
    for length in 0..<bytes.count {
      #expect(throws: DataError.self) { try Model(safetensors: bytes.prefix(length), path: "cut") }
    }
  }

  @Test("no flipped bit is taken for a model")
  func flips() throws {
    let bytes = try bytes()
    for bit in 0..<(8 * bytes.count) {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: DataError.self) { try Model(safetensors: damaged, path: "flipped") }
    }
  }
}
