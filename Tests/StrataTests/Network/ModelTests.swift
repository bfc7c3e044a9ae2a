import Foundation
import TestSupport
import Testing

@testable import Strata

@Suite struct ModelTests {
  private func model(
    _ placement: BatchNormalizationPlacement = .before, hidden: [Int] = [5, 17]
  ) throws -> Model {
    let architecture = try Architecture(
      inputs: 12, hidden: hidden, classes: 3, batchNormalization: placement,
      normalizationEpsilon: 3e-5, statisticsDecay: 0.7)
    var stream = RandomStream(seed: 5, for: .weights)
    var network = Network(architecture, initialization: .he, using: &stream)
    for tensor in network.layout.tensors where tensor.kind != .weight {
      let values = (0..<tensor.slice.columns).map { _ in Float(stream.normal()) }
      network.parameters.setValues(values, in: tensor.slice)
    }
    for slice in network.statistics.layers {
      let values = (0..<slice.columns).map { _ in Float(stream.uniform()) }
      network.statistics.means.setValues(values, in: slice)
      network.statistics.variances.setValues(values, in: slice)
    }
    network.statistics.batches = 4500
    return Model(
      network: network,
      standardization: Standardization(
        mean: (0..<12).map { Float($0) / 12 }, deviation: (1...12).map { Float($0) / 12 }),
      classNames: ["a \"cat\"", "b\n", "ç"],
      features: .image(ImageShape(channels: 3, height: 2, width: 2)),
      dataName: "test", dataDigest: "00ff", configuration: #"{"hidden":"5,17"}"#, kernel: "plain")
  }

  /// The model's file, with a change to its tensors or metadata.
  private func file(
    changing change: (inout [NamedTensor], inout [String: String]) throws -> Void
  ) throws -> [UInt8] {
    let file = try Safetensors(bytes: try model().safetensors(), path: "model")
    var tensors = try file.tensors.map {
      NamedTensor($0.name, shape: $0.shape, .floats(try file.floats(of: $0)))
    }
    var metadata = file.metadata
    try change(&tensors, &metadata)
    return try Safetensors.encode(tensors, metadata: metadata)
  }

  private func refusal(_ bytes: [UInt8]) -> DataError? {
    dataError { _ = try Model(safetensors: bytes, path: "model") }
  }

  @Test(
    "a model is read back as it was written",
    arguments: BatchNormalizationPlacement.allCases, [[5, 17], []])
  func roundTrip(placement: BatchNormalizationPlacement, hidden: [Int]) throws {
    let model = try model(placement, hidden: hidden)
    let bytes = try model.safetensors()
    #expect(try Model(safetensors: bytes, path: "model") == model)
    #expect(try model.safetensors() == bytes)
  }

  @Test("a model file that is not there is not found")
  func missing() throws {
    let folder = try ScratchFolder()
    #expect(
      dataError { _ = try Model(contentsOfFile: folder["model.safetensors"]) }?.kind == .notFound)
  }

  @Test("a file has PyTorch's names and shapes, the inputs' statistics, and says what it is")
  func names() throws {
    let file = try Safetensors(bytes: try model().safetensors(), path: "model")
    let shapes = Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, $0.shape) })
    #expect(
      shapes == [
        "layers.0.linear.weight": [5, 12], "layers.0.linear.bias": [5],
        "layers.0.norm.weight": [5], "layers.0.norm.bias": [5],
        "layers.0.norm.running_mean": [5], "layers.0.norm.running_var": [5],
        "layers.1.linear.weight": [17, 5], "layers.1.linear.bias": [17],
        "layers.1.norm.weight": [17], "layers.1.norm.bias": [17],
        "layers.1.norm.running_mean": [17], "layers.1.norm.running_var": [17],
        "layers.2.linear.weight": [3, 17], "layers.2.linear.bias": [3],
        "input.mean": [12], "input.std": [12],
      ])
    #expect(file.metadata["format"] == "strata-model")
    #expect(file.metadata["running_variance"] == "population")
    #expect(file.metadata["statistics_decay"] == "0.7")
    #expect(file.metadata["data_sha256"] == "00ff")
    #expect(file.metadata["shape"] == "[3,2,2]")
  }

  @Test("a missing, surplus or misshapen tensor is malformed, with its name and shapes")
  func tensors() throws {
    let missing = refusal(
      try file { tensors, _ in tensors.removeAll { $0.name == "layers.1.norm.running_var" } })
    #expect(missing?.expected.contains("layers.1.norm.running_var of shape [17]") == true)
    let surplus = refusal(
      try file { tensors, _ in
        tensors.append(NamedTensor("layers.1.norm.runing_var", shape: [1], .floats([1])))
      })
    #expect(surplus?.hint == "the nearest name is layers.1.norm.running_var")
    let misshapen = refusal(
      try file { tensors, _ in
        tensors = tensors.map {
          $0.name == "layers.0.linear.weight"
            ? NamedTensor($0.name, shape: [12, 5], $0.values) : $0
        }
      })
    #expect(misshapen?.expected.contains("of shape [5, 12]") == true)
    #expect(misshapen?.found.contains("shape [12, 5]") == true)
  }

  @Test(
    "numbers that cannot be are malformed",
    arguments: [
      ("layers.2.linear.bias", Float.nan), ("layers.0.norm.running_mean", .infinity),
      ("layers.0.norm.running_var", -1), ("input.std", 0), ("input.mean", -.infinity),
    ])
  func numbers(name: String, value: Float) throws {
    let bytes = try file { tensors, _ in
      tensors = tensors.map {
        $0.name == name
          ? NamedTensor(
            name, shape: $0.shape, .floats([Float](repeating: value, count: $0.values.count)))
          : $0
      }
    }
    #expect(refusal(bytes)?.kind == .malformed)
  }

  @Test("a model with a number that is not finite is not written")
  func notWritten() throws {
    var model = try model()
    model.network.parameters[0] = .nan
    #expect(dataError { _ = try model.safetensors() }?.expected == "finite numbers")
  }

  @Test(
    "metadata that does not fit is malformed, and sizes beyond all memory take none",
    arguments: [
      ("format", "other"), ("format_version", "2"), ("running_variance", "unbiased"),
      ("class_names", #"["a","b"]"#), ("class_names", #"["a","b",3]"#), ("class_names", "x"),
      ("shape", "[3,2,3]"), ("shape", "[3,2]"), ("shape", "[-3,-2,2]"),
      ("shape", "[9223372036854775807,9223372036854775807,2]"), ("columns", "x"),
      ("columns", "[1]"), ("columns", #"["a","b"]"#), ("statistics_batches", "-1"),
      ("architecture", "{}"), ("architecture", "[1"),
      (
        "architecture",
        #"{"inputs":9223372036854775807,"hidden":[8192,8192],"classes":8192,"#
          + #""batch_norm":"before","normalization_epsilon":1e-5,"statistics_decay":0.9}"#
      ),
      (
        "architecture",
        #"{"inputs":12,"hidden":[5,0],"classes":3,"#
          + #""batch_norm":"before","normalization_epsilon":1e-5,"statistics_decay":0.9}"#
      ),
    ])
  func metadata(key: String, value: String) throws {
    let bytes = try file { _, metadata in metadata[key] = value }
    #expect(refusal(bytes)?.kind == .malformed)
  }

  @Test("each piece of metadata is needed, but for those that only people read")
  func missingMetadata() throws {
    let readByPeople: Set<String> = ["batch_norm", "normalization_epsilon", "statistics_decay"]
    let keys = try Safetensors(bytes: try model().safetensors(), path: "model").metadata.keys
    for key in keys where !readByPeople.contains(key) {
      #expect(refusal(try file { _, metadata in metadata[key] = nil })?.kind == .malformed)
    }
  }
}
