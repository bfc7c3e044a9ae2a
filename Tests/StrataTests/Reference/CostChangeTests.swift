import Strata
import Testing

@Suite struct CostChangeTests {
  static let kinds: [(widths: [Int], dropout: Double)] = [
    ([4, 3], 0), ([4, 5, 3], 0), ([4, 7, 5, 3], 0), ([2, 3, 4, 3, 2], 0), ([4, 7, 5, 3], 0.4),
  ]

  /// Where each parameter is moved by a lot, so that nothing could pass for a linear approximation.
  @Test(
    "the change of the cost is the difference of two full evaluations, for every parameter",
    arguments: BatchNormalizationPlacement.allCases, Self.kinds)
  func difference(
    placement: BatchNormalizationPlacement, kind: (widths: [Int], dropout: Double)
  ) throws {
    for activation in Activation.allCases { try expectDifference(placement, kind, activation) }
  }

  private func expectDifference(
    _ placement: BatchNormalizationPlacement, _ kind: (widths: [Int], dropout: Double),
    _ activation: Activation
  ) throws {
    let widths = kind.widths
    let dropout = Dropout(probability: kind.dropout, seed: 1, step: 0)
    let sample = try SampleNetwork(widths, placement, activation, samples: 6)
    let reference = ReferenceNetwork(sample.network)
    let perturbation = CostPerturbation(
      reference, sample.columns, labels: sample.labels, lambda: 0.1, dropout: dropout)
    let start = reference.trainingPass(sample.columns, dropout: dropout)
    let cost = reference.cost(
      sample.columns, labels: sample.labels, lambda: 0.1, dropout: dropout)
    for h in [0.3, -0.02] {
      var changes: [Double] = []
      var expected: [Double] = []
      var kinks = (found: [Bool](), expected: [Bool]())
      for tensor in sample.network.layout.tensors {
        for index in reference.layers[tensor.layer][tensor.kind].indices {
          var moved = reference
          moved.layers[tensor.layer][tensor.kind][index] += h
          let change = perturbation.change(
            layer: tensor.layer, kind: tensor.kind, index: index, by: h)
          changes.append(change.value)
          kinks.found.append(change.crossesKink)
          expected.append(
            moved.cost(sample.columns, labels: sample.labels, lambda: 0.1, dropout: dropout)
              - cost)
          kinks.expected.append(
            activation.hasKink
              && signs(of: moved.trainingPass(sample.columns, dropout: dropout)) != signs(of: start)
          )
        }
      }
      expectClose(changes, expected, relative: 1e-12, absolute: 1e-13)
      #expect(kinks.found == kinks.expected)
      if widths.count > 2, h > 0.1, activation.hasKink { #expect(kinks.expected.contains(true)) }
    }
  }

  @Test(
    "a step of 1e-12 still gives the slope, which two costs subtracted cannot",
    arguments: Activation.allCases)
  func tinyStep(activation: Activation) throws {
    let sample = try SampleNetwork([4, 5, 3], .before, activation, samples: 6)
    let reference = ReferenceNetwork(sample.network)
    let perturbation = CostPerturbation(
      reference, sample.columns, labels: sample.labels, lambda: 0.1)
    let gradient = reference.gradient(
      reference.trainingPass(sample.columns), labels: sample.labels, lambda: 0.1)
    let slopes = gradient[0].weight.elements.indices.map {
      perturbation.change(layer: 0, kind: .weight, index: $0, by: 1e-12).value / 1e-12
    }
    expectClose(slopes, gradient[0].weight.elements, relative: 1e-10, absolute: 1e-10)
  }

  private func signs(of pass: ReferencePass) -> [[Bool]] {
    pass.layers.compactMap { $0.activation?.input.elements.map { $0 > 0 } }
  }
}
