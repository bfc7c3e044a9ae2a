import Testing

@testable import Strata

/// What `Precision.bf16` changes in a network, and what it does not.
@Suite(.enabled(if: KernelSet.best.supports(.bf16), "this processor lacks bfloat16 products"))
struct PrecisionTests {
  /// Widths and rows: inputs in halves, not in halves, wide layers one after the other, more rows
  /// than a piece.
  static let sizes: [(widths: [Int], rows: Int)] = [
    ([1030, 40, 10], 9), ([1024, 300, 10], 43), ([600, 540, 300, 10], 31), ([300, 20, 4], 300),
  ]

  @Test(
    "the gradient is near the reference's, and not as near as in Float",
    arguments: sizes, BatchNormalizationPlacement.allCases)
  func gradient(size: (widths: [Int], rows: Int), placement: BatchNormalizationPlacement) throws {
    let sample = try SampleNetwork(size.widths, placement, samples: size.rows)
    let reference = ReferenceNetwork(sample.network)
    let pass = reference.trainingPass(sample.columns)
    let expected = reference.gradient(pass, labels: sample.labels, lambda: 0.01)
    let (_, gradient) = sample.network.gradient(
      inputs: sample.inputs, labels: sample.labels, lambda: 0.01, threads: 2, precision: .bf16)
    for tensor in sample.network.layout.tensors where tensor.kind == .weight {
      let values = expected[tensor.layer][tensor.kind]
      let actual = gradient.values(in: tensor.slice).map(Double.init)
      let error = norm(zip(actual, values).map { $0 - $1 }) / norm(values)
      // A rounding of 0.2 % turns the sign of a few activations, and with it their whole gradient.
      #expect(error < 0.1, "\(tensor.name): \(error)")
      if tensor.layer == 0 { #expect(error > 1e-4, "\(tensor.name): \(error)") }
    }
  }

  private func norm(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  @Test("narrow layers stay as they are")
  func narrow() throws {
    let sample = try SampleNetwork([20, 30, 5], .before, samples: 12)
    func gradient(_ precision: Precision) -> FloatVector {
      sample.network.gradient(
        inputs: sample.inputs, labels: sample.labels, lambda: 0.1, precision: precision
      ).gradient
    }
    #expect(gradient(.bf16) == gradient(.float32))
    let dataset = ToyData.dataset(count: 20, side: 16)
    let model = try SampleModel.model(dataset.features, hidden: [20], classes: 4, .before)
    #expect(
      try loss(of: model, on: dataset, .bf16) == loss(of: model, on: dataset, .float32))
  }

  private func loss(
    of model: Model, on dataset: Dataset, _ precision: Precision
  ) throws -> Double {
    try Evaluator(threads: 2, precision: precision).evaluate(
      model.network, standardization: model.standardization, on: dataset, lambda: 0
    ).metrics.loss
  }

  @Test("more classes than units, as many as there may be")
  func manyClasses() throws {
    let architecture = try Architecture(inputs: 300, hidden: [20], classes: 2000)
    var stream = RandomStream(seed: 1, for: .weights)
    let network = Network(architecture, initialization: .he, using: &stream)
    let rows = 200
    let inputs = (0..<rows * 300).map { _ in Float(stream.normal()) }
    func gradient(_ precision: Precision) -> [Float] {
      let (_, gradient) = network.gradient(
        inputs: inputs, labels: (0..<rows).map { UInt16($0) }, lambda: 0, threads: 2,
        precision: precision)
      return gradient.values(in: network.layout.layers[1].weight)
    }
    let exact = gradient(.float32).map(Double.init)
    let differences = zip(gradient(.bf16), exact).map { Double($0) - $1 }
    #expect(norm(differences) < 0.05 * norm(exact))
  }

  @Test("a run has the same bits at any number of threads", arguments: [[9], [300, 280]])
  func threads(hidden: [Int]) throws {
    let data = try ToyData.split(train: 130, side: 33)
    var configuration = ToyData.configuration(hidden: hidden, steps: 7, batchSize: 37)
    configuration.precision = .bf16
    func outcome(threads: Int) throws -> (FloatVector, [HistoryPoint]) {
      let trainer = try Trainer(configuration, data: data, threads: threads)
      try trainer.run { _ in }
      return (trainer.network.parameters, trainer.history)
    }
    let single = try outcome(threads: 1)
    for threads in [2, 3, 8] {
      let several = try outcome(threads: threads)
      #expect(several.0 == single.0)
      #expect(several.1 == single.1)
    }
  }

  @Test("evaluations are near those in Float, and not the same", arguments: [9, 300])
  func evaluation(width: Int) throws {
    let dataset = ToyData.dataset(count: 107, side: 33)
    let model = try SampleModel.model(dataset.features, hidden: [width, 280], classes: 4, .before)
    let exact = try loss(of: model, on: dataset, .float32)
    let rounded = try loss(of: model, on: dataset, .bf16)
    #expect(rounded != exact)
    #expect(abs(rounded - exact) < 0.03 * exact)
    let image = dataset.rows.bytes(of: 5)
    let near = try Classifier(model, precision: .bf16).classify(image).probabilities
    expectClose(
      near, try Classifier(model).classify(image).probabilities, relative: 0.1, absolute: 0.02)
  }
}

@Suite struct MissingPrecisionTests {
  @Test("kernels without bfloat16 products say so")
  func refused() throws {
    let plain = try #require(KernelSet.available.last)
    #expect(!plain.supports(.bf16))
    #expect(throws: ConfigurationError.self) { try plain.check(.bf16) }
    var configuration = ToyData.configuration(hidden: [4], steps: 7, batchSize: 5)
    configuration.precision = .bf16
    let data = try ToyData.split()
    #expect(throws: ConfigurationError.self) {
      _ = try Trainer(configuration, data: data, threads: 1, kernels: plain)
    }
    let model = try SampleModel.model(data.training.features, hidden: [4], classes: 4, .none)
    #expect(throws: ConfigurationError.self) {
      _ = try Classifier(model, kernels: plain, precision: .bf16)
    }
  }
}
