import Testing

@testable import Strata

/// The production gradient against the reference's in sizes that the golden numbers do not have.
@Suite struct ProductionAgainstReferenceTests {
  /// Widths from the inputs to the classes, and rows of the batch.
  struct Size: Sendable, CustomTestStringConvertible {
    let widths: [Int]
    let rows: Int

    var testDescription: String {
      widths.map(String.init).joined(separator: "-") + " × \(rows)"
    }
  }

  static let sizes = [
    Size(widths: [5, 3], rows: 2),
    Size(widths: [7, 1], rows: 3),  // one class
    Size(widths: [1, 1, 2], rows: 5),  // width 1
    Size(widths: [16, 15, 17], rows: 7),
    Size(widths: [33, 16, 100, 10], rows: 13),
    Size(widths: [20, 17, 10], rows: 300),  // more rows than one block of depth
    Size(widths: [1030, 40, 10], rows: 9),  // inputs in halves
    Size(widths: [1024, 300, 10], rows: 4),  // wide, not in halves
    Size(widths: [600, 540, 70, 10], rows: 30),  // factors that are packed
    Size(widths: [12] + Array(repeating: 9, count: 11) + [4], rows: 40),  // k = 12
  ]

  @Test(
    "loss and gradient agree", arguments: sizes, BatchNormalizationPlacement.allCases)
  func gradient(size: Size, placement: BatchNormalizationPlacement) throws {
    let sample = try SampleNetwork(size.widths, placement, samples: size.rows)
    let reference = ReferenceNetwork(sample.network)
    let pass = reference.trainingPass(sample.columns)
    let expected = reference.gradient(pass, labels: sample.labels, lambda: 0.01)
    let cost = reference.cost(sample.columns, labels: sample.labels, lambda: 0)
    for kernels in KernelSet.available {
      let (loss, gradient) = sample.network.gradient(
        inputs: sample.inputs, labels: sample.labels, lambda: 0.01, threads: 2, kernels: kernels)
      #expect(abs(loss - cost) <= 2e-5 * max(1, cost), "\(kernels.name)")
      for tensor in sample.network.layout.tensors {
        let values = expected[tensor.layer][tensor.kind]
        let largest = values.reduce(1e-3) { max($0, abs($1)) }
        expectClose(
          gradient.values(in: tensor.slice).map(Double.init), values, relative: 0,
          absolute: 5e-4 * largest, "\(kernels.name) \(tensor.name)")
      }
    }
  }

  @Test("50 layers of weights agree without normalization")
  func deep() throws {
    let widths = [6] + Array(repeating: 8, count: 49) + [3]
    let sample = try SampleNetwork(widths, .none, samples: 10)
    let (loss, _) = sample.network.gradient(
      inputs: sample.inputs, labels: sample.labels, lambda: 0)
    let expected = ReferenceNetwork(sample.network)
      .cost(sample.columns, labels: sample.labels, lambda: 0)
    #expect(abs(loss - expected) <= 1e-4 * max(1, expected))
  }

  @Test("logits of ±10,000 overflow nothing", arguments: KernelSet.available.map(\.name))
  func largeLogits(kernel: String) throws {
    var network = Network(zeros: try Architecture(inputs: 1, hidden: [], classes: 3))
    network.setValues([1e4, -1e4, 0], of: network.layout.tensors[0])
    let (loss, gradient) = network.gradient(
      inputs: [1, 1], labels: [0, 1], lambda: 0, kernels: try KernelSet(named: kernel))
    #expect(loss == 1e4)  // (0 + 20,000) / 2
    let weight = gradient.values(in: network.layout.layers[0].weight)
    #expect(weight == [0.5, -0.5, 0])
  }
}
