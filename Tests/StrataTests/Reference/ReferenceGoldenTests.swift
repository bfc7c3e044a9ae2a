import Strata
import Testing

/// The reference against PyTorch's autograd in float64 (Scripts/make-golden.py).
///
/// |difference| ≤ 1e-10 · (1 + |expected|) for every number.
@Suite struct ReferenceGoldenTests {
  @Test("every fixture is read, for k = 1 to 9, every placement, optimizer and activation")
  func complete() {
    #expect(GoldenCase.all.count == 52)
    #expect(Set(GoldenCase.all.map(\.architecture.depth)) == Set(1...9))
  }

  @Test("logits, probabilities, loss and cost equal PyTorch's", arguments: GoldenCase.all)
  func forward(golden: GoldenCase) {
    let reference = ReferenceNetwork(golden.network)
    let batch = golden.batch(0)
    let inputs = Matrix(columnsFrom: batch.inputs, length: golden.architecture.inputs)
    let pass = reference.trainingPass(inputs)
    close(pass.logits.transposed.elements, golden.logits, "logits")
    close(softmax(pass.logits).transposed.elements, golden.probabilities, "probabilities")
    close([crossEntropy(pass.logits, labels: batch.labels)], [golden.loss], "loss")
    let cost = reference.cost(inputs, labels: batch.labels, lambda: golden.lambda)
    close([cost], [golden.cost], "cost")
  }

  @Test("every gradient equals PyTorch's", arguments: GoldenCase.all)
  func gradient(golden: GoldenCase) {
    let reference = ReferenceNetwork(golden.network)
    let batch = golden.batch(0)
    let inputs = Matrix(columnsFrom: batch.inputs, length: golden.architecture.inputs)
    let gradient = reference.gradient(
      reference.trainingPass(inputs), labels: batch.labels, lambda: golden.lambda)
    close(gradient, golden.gradient, "gradient")
  }

  @Test(
    "parameters and running statistics after 1 and 20 steps equal PyTorch's",
    arguments: GoldenCase.all)
  func training(golden: GoldenCase) {
    var reference = ReferenceNetwork(golden.network)
    var optimizer = ReferenceOptimizer(golden.optimizer)
    func train(_ steps: Range<Int>) {
      for step in steps {
        let batch = golden.batch(step)
        reference.step(
          Matrix(columnsFrom: batch.inputs, length: golden.architecture.inputs),
          labels: batch.labels, lambda: golden.lambda, rate: golden.rate, clipNorm: golden.clipNorm,
          with: &optimizer)
      }
    }
    // Adam divides the rounding of a gradient that is 0 by ε.
    let tolerance = golden.optimizer.stateVectors == 2 ? 1e-8 : 1e-10
    train(0..<1)
    close(reference, golden.afterOneStep, "after 1 step", tolerance)
    train(1..<20)
    close(reference, golden.afterTwentySteps, "after 20 steps", tolerance)
    let inputs = Matrix(columnsFrom: golden.inputs, length: golden.architecture.inputs)
    close(
      reference.testLogits(inputs).transposed.elements, golden.testLogits, "test logits", tolerance)
  }

  private func close(
    _ actual: [Double], _ expected: [Double], _ name: String, _ tolerance: Double = 1e-10
  ) {
    expectClose(actual, expected, relative: tolerance, absolute: tolerance, name)
  }

  private func close(
    _ actual: [LayerParameters], _ expected: [LayerParameters], _ name: String,
    _ tolerance: Double = 1e-10
  ) {
    #expect(actual.count == expected.count)
    for (index, (left, right)) in zip(actual, expected).enumerated() {
      for kind in ParameterKind.allCases {
        close(left[kind], right[kind], "\(name): \(kind.rawValue) of layer \(index + 1)", tolerance)
      }
    }
  }

  private func close(
    _ actual: ReferenceNetwork, _ expected: GoldenCase.Snapshot, _ name: String,
    _ tolerance: Double
  ) {
    close(actual.layers, expected.layers, name, tolerance)
    close(
      actual.statistics.means.flatMap { $0 }, expected.means.flatMap { $0 }, "\(name): means",
      tolerance)
    close(
      actual.statistics.variances.flatMap { $0 }, expected.variances.flatMap { $0 },
      "\(name): variances", tolerance)
  }
}
