import Testing

@testable import Strata

/// The production path at test time against PyTorch in float64 (Scripts/make-golden.py).
///
/// Every logit is within 2e-4 of the largest.
@Suite struct InferenceTests {
  static let kernels = KernelSet.available.map(\.name)

  @Test(
    "logits with the running statistics equal PyTorch's after 20 steps", arguments: GoldenCase.all,
    kernels)
  func logits(golden: GoldenCase, kernel: String) throws {
    let core = InferenceCore(
      InferenceNetwork(
        golden.networkAfterTwentySteps, kernels: try KernelSet(named: kernel), precision: .float32),
      capacity: golden.labels.count)
    let source = BatchSource(
      inputs: golden.inputs, columns: golden.architecture.inputs, labels: golden.labels)
    let view = core.computeLogits(rows: 0..<golden.labels.count, of: source)
    let classes = golden.architecture.classes
    let logits = golden.testLogits.indices.map {
      Double(view.base[$0 / classes * view.stride + $0 % classes])
    }
    let largest = golden.testLogits.reduce(0) { max($0, abs($1)) }
    expectClose(logits, golden.testLogits, relative: 0, absolute: 2e-4 * largest)
  }
}

extension GoldenCase {
  /// The network with PyTorch's parameters and running statistics after twenty steps.
  var networkAfterTwentySteps: Network {
    var result = Network(zeros: architecture)
    for tensor in result.layout.tensors {
      result.parameters.setValues(
        afterTwentySteps.layers[tensor.layer][tensor.kind].map(Float.init), in: tensor.slice)
    }
    for (layer, slice) in result.statistics.layers.enumerated() {
      result.statistics.means.setValues(
        afterTwentySteps.means[layer].map(Float.init), in: slice)
      result.statistics.variances.setValues(
        afterTwentySteps.variances[layer].map(Float.init), in: slice)
    }
    return result
  }
}
