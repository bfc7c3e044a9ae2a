import Testing

@testable import Strata

/// The production path against PyTorch in float64 (Scripts/make-golden.py), in every kernel.
///
/// Every number is within 2e-4 of the largest of its tensor.
@Suite struct TrainingEngineGoldenTests {
  static let kernels = KernelSet.available.map(\.name)

  @Test("loss and gradient of the first batch equal PyTorch's", arguments: GoldenCase.all, kernels)
  func gradient(golden: GoldenCase, kernel: String) throws {
    let batch = golden.batch(0)
    let (loss, gradient) = golden.network.gradient(
      inputs: batch.inputs, labels: batch.labels, lambda: golden.lambda,
      kernels: try KernelSet(named: kernel))
    #expect(abs(loss - golden.loss) <= 2e-4 * golden.loss)
    expectTensors(gradient, of: golden, equal: golden.gradient, floor: 1e-3)
  }

  @Test(
    "parameters and running statistics equal PyTorch's after 1 and 20 steps",
    arguments: GoldenCase.all, kernels)
  func steps(golden: GoldenCase, kernel: String) throws {
    for fusesUpdates in [true, false] {
      let engine = CPUTrainingEngine(
        golden.network, capacity: golden.batchSize, pool: ThreadPool(count: 2),
        kernels: try KernelSet(named: kernel), optimizer: golden.optimizer,
        fusesUpdates: fusesUpdates)
      for step in 0..<20 {
        let batch = golden.batch(step)
        let update = UpdateStep(
          rule: UpdateRule(golden.optimizer, rate: golden.rate, step: step),
          lambda: Float(golden.lambda), clipNorm: golden.clipNorm)
        let source = BatchSource(
          inputs: batch.inputs, columns: golden.architecture.inputs, labels: batch.labels)
        engine.take(Batch(allOf: source))
        _ = try engine.computeGradient(update)
        engine.clipGradient(update)
        try engine.update(update)
        try engine.blendStatistics()
        if step == 0 { expect(engine.network, of: golden, equals: golden.afterOneStep) }
      }
      expect(engine.network, of: golden, equals: golden.afterTwentySteps)
    }
  }

  private func expect(
    _ network: Network, of golden: GoldenCase, equals snapshot: GoldenCase.Snapshot,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expectTensors(
      network.parameters, of: golden, equal: snapshot.layers, floor: 0,
      sourceLocation: sourceLocation)
    for (layer, slice) in network.statistics.layers.enumerated() {
      expectNear(
        network.statistics.means.values(in: slice), snapshot.means[layer],
        "means of layer \(layer)", sourceLocation: sourceLocation)
      expectNear(
        network.statistics.variances.values(in: slice), snapshot.variances[layer],
        "variances of layer \(layer)", sourceLocation: sourceLocation)
    }
  }

  private func expectTensors(
    _ actual: FloatVector, of golden: GoldenCase, equal expected: [LayerParameters], floor: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for tensor in golden.network.layout.tensors {
      expectNear(
        actual.values(in: tensor.slice), expected[tensor.layer][tensor.kind], tensor.name,
        floor: floor, sourceLocation: sourceLocation)
    }
  }

  /// - Parameter floor: The least magnitude that a difference is compared with.
  private func expectNear(
    _ actual: [Float], _ expected: [Double], _ name: String, floor: Double = 0,
    sourceLocation: SourceLocation
  ) {
    let largest = expected.reduce(floor) { max($0, abs($1)) }
    expectClose(
      actual.map(Double.init), expected, relative: 0, absolute: 2e-4 * largest, name,
      sourceLocation: sourceLocation)
  }
}
