import Testing

@testable import Strata

@Suite struct RoundingSensitivityTests {
  /// The worst allowance of a network of one hidden layer on 20 rows that differ by `spread`.
  private func worst(
    spread: Double, batchNormalization: BatchNormalizationPlacement
  ) throws -> Double {
    let rows = 20
    let architecture = try Architecture(
      inputs: 10, hidden: [50], classes: 10, batchNormalization: batchNormalization)
    var stream = RandomStream(seed: 3, for: .samples)
    let network = Network(architecture, initialization: .he, using: &stream)
    let common = (0..<10).map { _ in stream.normal() }
    let inputs = (0..<(rows * 10)).map { Float(common[$0 % 10] + spread * stream.normal()) }
    let labels = (0..<rows).map { UInt16($0 % 10) }
    let reference = ReferenceNetwork(network)
    let gradient = reference.gradient(
      reference.trainingPass(Matrix(columnsFrom: inputs, length: 10)), labels: labels, lambda: 0)
    let sensitivity = RoundingSensitivity(network, inputs: inputs, labels: labels, lambda: 0)
    return sensitivity.relativeErrors(from: gradient, epsilon: 1e-4).max() ?? .nan
  }

  @Test("a well conditioned batch excuses little")
  func wellConditioned() throws {
    #expect(try worst(spread: 1, batchNormalization: .none) < 0.02)
    #expect(try worst(spread: 1, batchNormalization: .before) < 0.02)
  }

  @Test("rows that a unit hardly tells apart excuse more, but never a term that is wrong")
  func badlyConditioned() throws {
    let alike = try worst(spread: 0.01, batchNormalization: .before)
    #expect(alike > 0.02)
    #expect(alike <= 0.1)
  }
}
