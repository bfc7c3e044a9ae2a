import Foundation
import Strata
import TestSupport
import Testing

@Suite struct InitialWeightsTests {
  private let linear = [
    NamedTensor("layers.0.linear.weight", shape: [2, 3], .doubles([1, 2, 3, 4, 5, 6])),
    NamedTensor("layers.0.linear.bias", shape: [2], .floats([7, 8])),
    NamedTensor("layers.1.linear.weight", shape: [2, 2], .floats([9, 10, 11, 12])),
    NamedTensor("layers.1.linear.bias", shape: [2], .floats([13, 14])),
  ]
  private let norm = [
    NamedTensor("layers.0.norm.weight", shape: [2], .floats([0.5, 0.25])),
    NamedTensor("layers.0.norm.bias", shape: [2], .floats([-1, -2])),
  ]

  private func network(
    _ tensors: [NamedTensor], _ placement: BatchNormalizationPlacement = .before
  ) throws -> Network {
    let file = try Safetensors(
      bytes: try Safetensors.encode(tensors, metadata: [:]), path: "weights")
    let architecture = try Architecture(
      inputs: 3, hidden: [2], classes: 2, batchNormalization: placement)
    return try Network(initialWeights: file, architecture: architecture)
  }

  private func values(_ network: Network, _ name: String) -> [Float]? {
    network.layout.tensors.first { $0.name == name }.map { network.parameters.values(in: $0.slice) }
  }

  @Test("weights and biases are taken, γ is 1 and β 0 where they are not given")
  func withoutNorm() throws {
    let network = try network(linear)
    #expect(values(network, "layers.0.linear.weight") == [1, 2, 3, 4, 5, 6])
    #expect(values(network, "layers.1.linear.bias") == [13, 14])
    #expect(values(network, "layers.0.norm.weight") == [1, 1])
    #expect(values(network, "layers.0.norm.bias") == [0, 0])
  }

  @Test("γ and β are taken; statistics and the inputs' standardization are left aside")
  func withNorm() throws {
    let ignored = [
      NamedTensor("layers.0.norm.running_mean", shape: [2], .floats([5, 5])),
      NamedTensor("layers.0.norm.running_var", shape: [2], .floats([5, 5])),
      NamedTensor("layers.0.norm.num_batches_tracked", shape: [], .integers([3])),
      NamedTensor("input.mean", shape: [1], .floats([.nan])),
    ]
    let network = try network(linear + norm + ignored)
    #expect(values(network, "layers.0.norm.weight") == [0.5, 0.25])
    #expect(values(network, "layers.0.norm.bias") == [-1, -2])
    #expect(network.statistics == RunningStatistics(network.architecture))
  }

  @Test("a model file can be started from")
  func fromModel() throws {
    let original = try network(linear + norm)
    let model = Model(
      network: original,
      standardization: Standardization(mean: [0, 0, 0], deviation: [1, 1, 1]),
      classNames: ["a", "b"], features: .image(ImageShape(channels: 3, height: 1, width: 1)),
      dataName: "")
    let folder = try ScratchFolder()
    let path = try folder.write(try model.safetensors(), to: "model.safetensors")
    #expect(
      try Network(initialWeights: path, architecture: original.architecture) == original)
  }

  @Test("each weight and bias is needed", arguments: 0..<4)
  func missing(index: Int) {
    var tensors = linear
    let name = tensors.remove(at: index).name
    let error = dataError { _ = try network(tensors) }
    #expect(error?.kind == .malformed && error?.expected.contains(name) == true)
  }

  @Test("another shape, type or number is malformed")
  func wrong() {
    let wrong = [
      NamedTensor("layers.0.linear.bias", shape: [1, 2], .floats([7, 8])),
      NamedTensor("layers.0.linear.bias", shape: [2], .integers([7, 8])),
      NamedTensor("layers.0.linear.bias", shape: [2], .floats([7, .infinity])),
      NamedTensor("layers.0.linear.bias", shape: [2], .doubles([7, 1e300])),
    ]
    for tensor in wrong {
      let tensors = linear.filter { $0.name != tensor.name } + [tensor]
      #expect(dataError { _ = try network(tensors) }?.kind == .malformed)
    }
  }

  @Test("an unknown name is malformed, and the nearest name is given")
  func unknown() {
    let tensor = NamedTensor("layers.0.bn.weight", shape: [2], .floats([1, 1]))
    let error = dataError { _ = try network(linear + [tensor]) }
    #expect(error?.found == "tensor layers.0.bn.weight")
    #expect(error?.hint == "the nearest name is layers.0.norm.weight")
  }

  @Test("γ of a network without batch normalization is unknown")
  func normWithoutNormalization() {
    #expect(dataError { _ = try network(linear + norm, .none) }?.kind == .malformed)
  }
}
