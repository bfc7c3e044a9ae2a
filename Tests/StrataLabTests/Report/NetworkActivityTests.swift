import Foundation
import Strata
import StrataLab
import Testing

@Suite("NetworkActivity")
struct NetworkActivityTests {
  /// Images of two grey pixels.
  private func dataset(_ rows: [[UInt8]]) throws -> Dataset {
    try Dataset(
      images: rows.flatMap { $0 }, shape: ImageShape(channels: 1, height: 1, width: 2),
      labels: rows.indices.map { $0 % 2 }, classNames: ["a", "b"], name: "two")
  }

  /// Inputs are pixels / 255; unit 1 gives x₁, unit 2 always 1, unit 3 always 0.
  private func model() throws -> Model {
    let architecture = try Architecture(
      inputs: 2, hidden: [3], classes: 2, batchNormalization: .none)
    var network = Network(zeros: architecture)
    for tensor in network.layout.tensors {
      switch tensor.name {
      case "layers.0.linear.weight": network.setValues([1, 0, 0, 0, 0, 0], of: tensor)
      case "layers.0.linear.bias": network.setValues([0, 1, 0], of: tensor)
      case "layers.1.linear.weight":
        network.setValues([0.3, -0.2, 0.1, 0.5, 0.4, -0.6], of: tensor)
      default: break
      }
    }
    return Model(
      network: network,
      standardization: Standardization(mean: [0, 0], deviation: [1, 1]), classNames: ["a", "b"],
      features: .image(ImageShape(channels: 1, height: 1, width: 2)), dataName: "two")
  }

  private let rows: [[UInt8]] = [[0, 9], [255, 9], [0, 9], [255, 9]]

  @Test("dead units, zeros and deviations, counted on paper")
  func layers() throws {
    let pair = DatasetPair(training: try dataset(rows), test: try dataset(rows))
    let activity = try NetworkActivity(of: model(), on: pair)
    #expect(activity.testImages == 4 && activity.trainingImages == 4)
    let layer = try #require(activity.layers.first)
    #expect(activity.layers.count == 1 && layer.units == 3)
    #expect(layer.deadUnits == 1 && layer.deadShare == 1.0 / 3)
    #expect(layer.zeroShare == 6.0 / 12)
    #expect(layer.deviations == [0.5, 0, 0])
  }

  @Test("gradients are those of the reference without λ")
  func gradients() throws {
    let pair = DatasetPair(training: try dataset(rows), test: try dataset(rows))
    let model = try model()
    let activity = try NetworkActivity(of: model, on: pair)
    let reference = ReferenceNetwork(model.network)
    let pass = reference.trainingPass(Matrix(columnsFrom: [0, 9 / 255, 1, 9 / 255], length: 2))
    // The four images are the two twice, so the means are those of the two.
    let gradient = reference.gradient(pass, labels: [0, 1], lambda: 0)
    for layer in 0..<2 {
      let expected = gradient[layer].weight.elements.map(abs)
      #expect(activity.gradients[layer].count == expected.count)
      for (found, value) in zip(activity.gradients[layer], expected) {
        #expect(abs(found - value) < 1e-6)
      }
      let size = (expected.reduce(0) { $0 + $1 * $1 } / Double(expected.count)).squareRoot()
      #expect(abs(activity.gradientSize(of: layer) - size) < 1e-6 && size > 0.01)
    }
  }
}
