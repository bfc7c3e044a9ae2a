import Foundation
import Testing

@testable import Strata

/// ε in √(v + ε) down to the least that `Float` holds, with units whose variance is exactly 0.
@Suite struct NormalizationEpsilonTests {
  static let placements = [BatchNormalizationPlacement.before, .after]
  static let epsilons: [Float] = [1e-5, 2.2e-16, 1e-30, .leastNonzeroMagnitude]

  /// A network in which unit 0 of every hidden layer gives the same for each sample.
  ///
  /// Its β lets a gradient through; after the ReLU its s is below 0.
  private func sample(
    _ placement: BatchNormalizationPlacement, _ epsilon: Float
  ) throws -> (network: Network, sample: SampleNetwork) {
    let sample = try SampleNetwork(
      [10, 8, 6, 4], placement, samples: 7, normalizationEpsilon: epsilon)
    var network = sample.network
    for layer in network.layout.layers.dropLast() {
      let (scale, shift) = (try #require(layer.scale), try #require(layer.shift))
      for column in 0..<layer.weight.columns {
        network.parameters[layer.weight.offset + column] = 0
      }
      network.parameters[layer.bias.offset] = placement == .before ? 0 : -1
      network.parameters[scale.offset] = 1.25
      network.parameters[shift.offset] = 0.5
    }
    return (network, sample)
  }

  @Test("ŝ of a unit that gives ±δ is ±δ/√(δ² + ε) in every kernel", arguments: epsilons)
  func formula(epsilon: Float) throws {
    let architecture = try Architecture(
      inputs: 1, hidden: [1], classes: 2, batchNormalization: .after,
      normalizationEpsilon: epsilon)
    // ReLU(x) = 0 or 2δ; the logits ±ŝ make the loss log(1 + e^(−2ŝ)).
    for δ in [Float(0x1p-3), 0x1p-10, 0x1p-30] {
      var network = Network(zeros: architecture)
      let layers = network.layout.layers
      network.parameters.setValues([1], in: layers[0].weight)
      network.parameters.setValues([1], in: try #require(layers[0].scale))
      network.parameters.setValues([1, -1], in: layers[1].weight)
      let normalized = Double(δ) / (Double(δ) * Double(δ) + Double(epsilon)).squareRoot()
      for kernels in KernelSet.available {
        let (loss, _) = network.gradient(
          inputs: [0, 2 * δ], labels: [1, 0], lambda: 0, kernels: kernels)
        expectClose(
          [loss], [log1p(exp(-2 * normalized))], relative: 1e-6, absolute: 0,
          "\(kernels.name), δ = \(δ)")
      }
    }
  }

  @Test(
    "loss and gradient with units of variance 0 equal the reference's", arguments: placements,
    epsilons)
  func gradient(placement: BatchNormalizationPlacement, epsilon: Float) throws {
    let (network, sample) = try sample(placement, epsilon)
    let reference = ReferenceNetwork(network)
    let pass = reference.trainingPass(sample.columns)
    #expect(pass.hidden.allSatisfy { $0.normalization?.variance.first == 0 })
    let expected = reference.gradient(pass, labels: sample.labels, lambda: 0.01)
    let cost = reference.cost(sample.columns, labels: sample.labels, lambda: 0)
    for kernels in KernelSet.available {
      let (loss, gradient) = network.gradient(
        inputs: sample.inputs, labels: sample.labels, lambda: 0.01, kernels: kernels)
      #expect(abs(loss - cost) <= 2e-5 * cost, "\(kernels.name)")
      for tensor in network.layout.tensors {
        let values = expected[tensor.layer][tensor.kind]
        let found = gradient.values(in: tensor.slice).map(Double.init)
        #expect((values + found).allSatisfy { $0.isFinite }, "\(kernels.name) \(tensor.name)")
        // The reference's gradient of these is rounding divided by √ε.
        if placement == .before, tensor.kind == .bias, tensor.layer < 2 { continue }
        // A unit of variance 0 has a gradient 1/√ε times the others'.
        let width = values.count / network.architecture.width(of: tensor.layer + 1)
        for range in [0..<width, width..<values.count] {
          let largest = values[range].reduce(1e-3) { max($0, abs($1)) }
          expectClose(
            Array(found[range]), Array(values[range]), relative: 0, absolute: 5e-4 * largest,
            "\(kernels.name) \(tensor.name)")
        }
      }
    }
  }

  @Test(
    "at test time, with the batch's own statistics, units of variance 0 give β",
    arguments: placements, epsilons)
  func inference(placement: BatchNormalizationPlacement, epsilon: Float) throws {
    var (network, sample) = try sample(placement, epsilon)
    let pass = ReferenceNetwork(network).trainingPass(sample.columns)
    for (slice, hidden) in zip(network.statistics.layers, pass.hidden) {
      let batch = try #require(hidden.normalization)
      network.statistics.means.setValues(batch.mean.map(Float.init), in: slice)
      network.statistics.variances.setValues(batch.variance.map(Float.init), in: slice)
    }
    for kernels in KernelSet.available {
      let logits = logits(network, sample.inputs, kernels)
      let expected = pass.logits.transposed.elements
      let largest = expected.reduce(0) { max($0, abs($1)) }
      expectClose(logits, expected, relative: 0, absolute: 5e-4 * largest, kernels.name)
    }
    // A mean that is not 0 costs digits in s · scale + shift, but nothing overflows.
    for layer in network.layout.layers.dropLast() { network.parameters[layer.bias.offset] = -3 }
    for slice in network.statistics.layers { network.statistics.means[slice.offset] = -3 }
    for kernels in KernelSet.available {
      let logits = logits(network, sample.inputs, kernels)
      #expect(logits.allSatisfy { $0.isFinite }, "\(kernels.name)")
    }
  }

  private func logits(_ network: Network, _ inputs: [Float], _ kernels: KernelSet) -> [Double] {
    let (width, classes) = (network.architecture.inputs, network.architecture.classes)
    let rows = inputs.count / width
    let core = InferenceCore(
      InferenceNetwork(network, kernels: kernels, precision: .float32), capacity: rows)
    let source = BatchSource(
      inputs: inputs, columns: width, labels: [UInt16](repeating: 0, count: rows))
    let logits = core.computeLogits(rows: 0..<rows, of: source)
    return (0..<rows * classes).map {
      Double(logits.base[$0 / classes * logits.stride + $0 % classes])
    }
  }

  @Test("a batch of one image, many times, gives finite numbers", arguments: placements, epsilons)
  func constantInputs(placement: BatchNormalizationPlacement, epsilon: Float) throws {
    let sample = try SampleNetwork(
      [10, 8, 4], placement, samples: 9, normalizationEpsilon: epsilon)
    let inputs = (0..<9).flatMap { _ in sample.inputs.prefix(10) }
    for kernels in KernelSet.available {
      let (loss, gradient) = sample.network.gradient(
        inputs: inputs, labels: sample.labels, lambda: 0.01, kernels: kernels)
      #expect(loss.isFinite && gradient.elements.allSatisfy { $0.isFinite }, "\(kernels.name)")
    }
  }

  @Test(
    "central differences of units of variance 0 equal the analytic gradient when h is far below √ε",
    arguments: placements, [(Float(1e-5), 1e-9), (2.2e-16, 1e-13), (1e-30, 1e-20)])
  func differences(
    placement: BatchNormalizationPlacement, kind: (epsilon: Float, step: Double)
  ) throws {
    let (network, sample) = try sample(placement, kind.epsilon)
    let check = GradientCheck(network, inputs: sample.inputs, labels: sample.labels, lambda: 0.01)
    let comparison = check.againstDifferences(step: kind.step, epsilon: 1e-5, bound: 1e-6)
    // What is left of a sum of terms that cancel is their rounding.
    let rounding = 1e-15 / Double(kind.epsilon).squareRoot()
    for tensor in comparison.tensors {
      #expect(tensor.kinks == 0)
      if let zero = tensor.zeroGradient {
        #expect(zero.checked <= rounding && zero.expected <= rounding, "\(tensor.name)")
        continue
      }
      // The first weight between the two units meets a constant: its gradient cancels likewise.
      let isBetween = placement == .before && tensor.layer == 1 && tensor.kind == .weight
      if isBetween { #expect(tensor.errors[0] <= rounding / 1e-5) }
      let largest = tensor.errors.dropFirst(isBetween ? 1 : 0).max() ?? .nan
      #expect(largest <= 1e-6, "\(tensor.name)")
    }
  }

  @Test("a step that takes a variance away is no root of a negative number")
  func vanishingVariance() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let sample = try SampleNetwork(
        [1, 1, 2], .before, samples: 3, seed: seed, normalizationEpsilon: 1e-30)
      let weight = Double(sample.network.parameters[sample.network.layout.layers[0].weight.offset])
      let change = CostPerturbation(
        ReferenceNetwork(sample.network), sample.columns, labels: sample.labels, lambda: 0
      ).change(layer: 0, kind: .weight, index: 0, by: -weight)
      #expect(change.value.isFinite, "seed \(seed)")
    }
  }

  @Test("weights of deviation 1e-4 starve the second layer of variance where ε is 1e-5")
  func narrowWeights() throws {
    for (epsilon, least, most) in [(Float(1e-5), 0.05, 0.2), (2.2e-16, 0.999, 1)] {
      var stream = RandomStream(seed: 1, for: .weights)
      let network = Network(
        try Architecture(
          inputs: 100, hidden: [50, 50], classes: 10, normalizationEpsilon: epsilon),
        initialization: .fixed(1e-4), using: &stream)
      // 3072 inputs of variance 1 weigh as much as 100 of variance 30.72.
      let inputs = (0..<100 * 40).map { _ in Float(30.72.squareRoot() * stream.normal()) }
      let pass = ReferenceNetwork(network).trainingPass(Matrix(columnsFrom: inputs, length: 100))
      let second = try #require(pass.hidden[1].normalization).values
      let deviation =
        (second.hadamard(second).elements.reduce(0, +) / Double(second.elements.count))
        .squareRoot()
      #expect((least...most).contains(deviation), "ε = \(epsilon): \(deviation)")
    }
  }
}
