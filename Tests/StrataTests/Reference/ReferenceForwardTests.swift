import Strata
import Testing

@Suite struct ReferenceForwardTests {
  /// Two inputs, two hidden units, two classes, small enough to follow on paper.
  private func network(
    _ placement: BatchNormalizationPlacement, epsilon: Float = 1e-5
  ) throws -> ReferenceNetwork {
    let architecture = try Architecture(
      inputs: 2, hidden: [2], classes: 2, batchNormalization: placement,
      normalizationEpsilon: epsilon)
    var network = Network(zeros: architecture)
    let layers = network.layout.layers
    network.parameters.setValues([1, -1, 2, 0], in: layers[0].weight)
    network.parameters.setValues([1, -2], in: layers[0].bias)
    network.parameters.setValues([1, 1, 0, 2], in: layers[1].weight)
    network.parameters.setValues([0, 0.5], in: layers[1].bias)
    if let scale = layers[0].scale, let shift = layers[0].shift {
      network.parameters.setValues([2, 4], in: scale)
      network.parameters.setValues([0.5, 1], in: shift)
    }
    return ReferenceNetwork(network)
  }

  /// s of the hidden layer: unit 1 has 1 + x₁ − x₂ = 0, 4; unit 2 has 2 x₁ − 2 = 0, 6.
  private let inputs = Matrix(columnsFrom: [1, 2, 4, 1], length: 2)

  @Test("without batch normalization the logits are W₂ max(0, W₁ x + b₁) + b₂")
  func plain() throws {
    #expect(
      try network(.none).trainingPass(inputs).logits.transposed.elements == [0, 0.5, 10, 12.5])
  }

  @Test("batch normalization before the ReLU normalizes s, scales, shifts and cuts")
  func before() throws {
    // v = 4 and 9, ε = 7 → √(v + ε) = √11 and 4; ŝ = ∓2/√11, ∓3/4.
    let unit1 = 2 * (2 / 11.0.squareRoot()) + 0.5
    let expected = [0, 0.5, unit1 + 4, 8.5]
    let logits = try network(.before, epsilon: 7).trainingPass(inputs).logits
    expectClose(logits.transposed.elements, expected, relative: 1e-14, absolute: 1e-14)
  }

  @Test("batch normalization after the ReLU normalizes what the ReLU lets through")
  func after() throws {
    let step = 2 / 11.0.squareRoot()
    let expected = [(0.5 - 2 * step) - 2, -3.5, (0.5 + 2 * step) + 4, 8.5]
    let logits = try network(.after, epsilon: 7).trainingPass(inputs).logits
    expectClose(logits.transposed.elements, expected, relative: 1e-14, absolute: 1e-14)
  }

  @Test("the placements differ where s is negative")
  func order() throws {
    // s = ∓1; before: ReLU(√5 · ∓1/√2); after: ReLU(s) = 0, 1 with v = 1/4, √5 · (∓1/2)/√(5/4).
    let five = 5.0
    for (placement, expected) in [
      (BatchNormalizationPlacement.before, [0, (five / 2).squareRoot()]), (.after, [-1, 1]),
    ] {
      var network = try network(placement, epsilon: 1)
      network.layers[0] = LayerParameters(
        weight: Matrix(rows: 2, columns: 2, elements: [1, 0, 0, 0]), bias: [0, 0],
        scale: [five.squareRoot(), 0], shift: [0, 0])
      let pass = network.trainingPass(Matrix(columnsFrom: [-1, 0, 1, 0], length: 2))
      expectClose(
        Array(pass.hidden[0].output[row: 0]), expected, relative: 1e-14, absolute: 1e-14)
    }
  }

  @Test(
    "at test time the running statistics stand for those of the batch, before and after the ReLU")
  func testTime() throws {
    // s = 0, 4 and 0, 6 as above; μ_av = 2 and 3, v_av + ε = 16 and 4: ŝ = ∓1/2, ∓3/2.
    for (placement, expected) in [
      (BatchNormalizationPlacement.none, [[0, 4], [0, 6]]),
      (.before, [[0, 1.5], [0, 7]]), (.after, [[-0.5, 1.5], [-5, 7]]),
    ] {
      var network = try network(placement, epsilon: 1)
      if placement != .none {
        network.statistics.means = [[2, 3]]
        network.statistics.variances = [[15, 3]]
      }
      let pass = network.testPass(inputs)
      #expect(pass.hidden[0].output.elements == expected.flatMap { $0 })
      #expect(pass.hidden[0].activation?.input[row: 0].first == (placement == .before ? -0.5 : 0))
      #expect(pass.layers[1].input == pass.hidden[0].output)
      #expect(pass.hidden[0].normalization == nil)
    }
  }

  @Test("a normalized unit has mean 0 and variance v / (v + ε)")
  func moments() throws {
    let sample = try SampleNetwork([6, 5, 3], .before, samples: 9)
    let pass = ReferenceNetwork(sample.network).trainingPass(sample.columns)
    let batch = try #require(pass.hidden[0].normalization)
    expectClose(batch.values.rowMeans, [Double](repeating: 0, count: 5), absolute: 1e-15)
    let ε = Double(sample.network.architecture.normalizationEpsilon)
    expectClose(
      batch.values.hadamard(batch.values).rowMeans, batch.variance.map { $0 / ($0 + ε) },
      relative: 1e-13, absolute: 0)
  }

  @Test(
    "with the batch's own statistics as running statistics, test and training agree",
    arguments: [BatchNormalizationPlacement.none, .before, .after])
  func testPass(placement: BatchNormalizationPlacement) throws {
    let sample = try SampleNetwork([6, 5, 7, 3], placement, samples: 9)
    var reference = ReferenceNetwork(sample.network)
    let pass = reference.trainingPass(sample.columns)
    reference.statistics.update(with: pass, decay: 0.9)
    expectClose(
      reference.testLogits(sample.columns).elements, pass.logits.elements, relative: 1e-13,
      absolute: 1e-13)
  }
}
