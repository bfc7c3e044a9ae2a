import Strata
import Testing

@Suite struct GradientCheckTests {
  private func check(_ sample: SampleNetwork, lambda: Double) -> GradientCheck {
    GradientCheck(sample.network, inputs: sample.inputs, labels: sample.labels, lambda: lambda)
  }

  @Test(
    "the analytic gradient equals central differences, for every depth and placement",
    arguments: BatchNormalizationPlacement.allCases,
    [[10], [10, 8], [10, 8, 8], [20, 7, 9, 8], [10, 8, 7, 6, 6, 5, 5, 5, 5]])
  func analytic(placement: BatchNormalizationPlacement, widths: [Int]) throws {
    for samples in [2, 3, 20] {
      for lambda in [0, 0.1] {
        let sample = try SampleNetwork(widths + [4], placement, samples: samples)
        let comparison = check(sample, lambda: lambda).againstDifferences(
          step: 1e-9, epsilon: 1e-5, bound: 1e-6)
        #expect(comparison.failures.isEmpty, "n = \(samples), λ = \(lambda)")
        #expect(comparison.tensors.count == sample.network.layout.tensors.count)
      }
    }
  }

  @Test(
    "so it does for every activation", arguments: Activation.allCases,
    BatchNormalizationPlacement.allCases)
  func activations(activation: Activation, placement: BatchNormalizationPlacement) throws {
    for samples in [2, 20] {
      let sample = try SampleNetwork([10, 8, 7, 4], placement, activation, samples: samples)
      let comparison = check(sample, lambda: 0.1).againstDifferences(
        step: 1e-9, epsilon: 1e-5, bound: 1e-6)
      #expect(comparison.failures.isEmpty, "n = \(samples)")
      #expect(activation.hasKink || comparison.tensors.allSatisfy { $0.kinks == 0 })
    }
  }

  @Test("the published errors are met: n = 2, d = 10, h = 1e-5, eps = 1e-5")
  func published() throws {
    for hidden in [[50], [50, 50]] {
      for seed in 1...3 as ClosedRange<UInt64> {
        for (placement, lambda) in [(BatchNormalizationPlacement.before, 0.005), (.none, 0)] {
          let architecture = try Architecture(
            inputs: 10, hidden: hidden, classes: 10, batchNormalization: placement)
          var stream = RandomStream(seed: seed, for: .weights)
          let check = GradientCheck(
            Network(architecture, initialization: .he, using: &stream),
            inputs: (0..<20).map { _ in Float(stream.normal()) },
            labels: [UInt16(stream.integer(below: 10)), UInt16(stream.integer(below: 10))],
            lambda: lambda)
          let tensors = check.againstDifferences(step: 1e-5, epsilon: 1e-5, bound: 1e-6).tensors
          for summary in tensors.compactMap(\.summary) {
            #expect(placement == .none ? summary.maximum < 1e-6 : summary.mean < 1e-5)
          }
        }
      }
    }
  }

  @Test(
    "hidden biases have the gradient zero before the ReLU alone",
    arguments: BatchNormalizationPlacement.allCases)
  func zeroBiases(placement: BatchNormalizationPlacement) throws {
    let sample = try SampleNetwork([10, 8, 6, 4], placement, samples: 7)
    let comparison = check(sample, lambda: 0.1).againstDifferences(
      step: 1e-9, epsilon: 1e-5, bound: 1e-6)
    for tensor in comparison.tensors {
      let isZero = placement == .before && tensor.kind == .bias && tensor.layer < 2
      #expect((tensor.zeroGradient != nil) == isZero)
      if let zero = tensor.zeroGradient {
        #expect(zero.checked < 1e-13 && zero.expected < 1e-13 && tensor.errors.isEmpty)
      } else {
        #expect(tensor.errors.count == tensor.entries - tensor.kinks && tensor.errors.count > 0)
      }
    }
  }

  @Test("entries whose step crosses a kink are counted and left out")
  func kinks() throws {
    let sample = try SampleNetwork([10, 8, 6, 4], .none, samples: 7)
    let comparison = check(sample, lambda: 0).againstDifferences(
      step: 0.05, epsilon: 1e-5, bound: 1e-6)
    let counts = comparison.tensors.map(\.kinks)
    #expect(counts.reduce(0, +) > 0)
    #expect(counts.suffix(2) == [0, 0], "no ReLU comes after the last layer")
    for tensor in comparison.tensors {
      #expect(tensor.errors.count == tensor.entries - tensor.kinks)
    }
    let whole = check(sample, lambda: 0).againstDifferences(step: 1e-9, epsilon: 1e-5, bound: 1e-6)
    for (part, tensor) in zip(comparison.tensors, whole.tensors) where tensor.kinks == 0 {
      let isSame = part.statistics?.mean == tensor.statistics?.mean
      #expect(isSame == (part.kinks == 0), "\(part.name)")
    }
    let coarse = check(sample, lambda: 0).againstDifferences(
      step: 100, epsilon: 1e-5, bound: 1e-6)
    #expect(coarse.tensors[0].isUnchecked && coarse.tensors[0].statistics == nil)
    #expect(coarse.failures.contains(0))
  }

  @Test("another gradient is held to its own bound, and one wrong entry is found")
  func production() throws {
    let sample = try SampleNetwork([10, 8, 6, 4], .before, samples: 7)
    let check = check(sample, lambda: 0.1)
    let reference = ReferenceNetwork(sample.network)
    func rounded(_ network: Network) -> FloatVector {
      let gradient = reference.gradient(
        reference.trainingPass(sample.columns), labels: sample.labels, lambda: 0.1)
      var flat = FloatVector(count: network.layout.count)
      for tensor in network.layout.tensors {
        flat.setValues(gradient[tensor.layer][tensor.kind].map(Float.init), in: tensor.slice)
      }
      return flat
    }
    let right = check.comparing(epsilon: 1e-4, bound: 1e-3) { network, _, _, _ in rounded(network) }
    #expect(right.failures.isEmpty)
    for tensor in sample.network.layout.tensors {
      for wrong in [Float(0.01), .nan, .infinity] {
        let comparison = check.comparing(epsilon: 1e-4, bound: 1e-3) { network, _, _, _ in
          var flat = rounded(network)
          flat[tensor.slice.offset + 1] += wrong
          return flat
        }
        #expect(comparison.failures.map { comparison.tensors[$0].name } == [tensor.name])
      }
    }
  }

  @Test("the relative error is |a − g| / max(eps, |a| + |g|)")
  func definition() throws {
    let network = Network(zeros: try Architecture(inputs: 1, hidden: [], classes: 2))
    // At W = b = 0: p = 1/2, so ∂J/∂W = (−1/2, 1/2) x and ∂J/∂b = (−1/2, 1/2).
    let check = GradientCheck(network, inputs: [0.5], labels: [0], lambda: 0)
    let comparison = check.comparing(epsilon: 0.8, bound: 1e-3) { network, inputs, labels, lambda in
      #expect(inputs == [0.5] && labels == [0] && lambda == 0)
      var flat = FloatVector(count: network.layout.count)
      flat.setValues([-0.5, 0.25], in: network.layout.layers[0].weight)
      flat.setValues([-0.5, -0.5], in: network.layout.layers[0].bias)
      return flat
    }
    #expect(comparison.tensors.map(\.errors) == [[0.25 / 0.8, 0], [0, 1]])
    // a = (−1/2, 1/4), a − g = (−1/4, 0); and (−1/2, −1/2), (0, −1).
    let statistics = comparison.tensors.compactMap(\.statistics)
    #expect(statistics.map(\.mean) == [-0.125, -0.5] && statistics.map(\.std) == [0.375, 0])
    #expect(statistics.map(\.meanDifference) == [-0.125, -0.5])
    #expect(statistics.map(\.stdDifference) == [0.125, 0.5])
    #expect(statistics.map(\.maxDifference) == [0, 0])
  }
}
