import Foundation
import TestSupport
import Testing

@testable import Strata

/// Training, keeping and using networks on tables of floats.
@Suite struct TableTrainingTests {
  /// A table, the widths of a network for it and update steps.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let data: @Sendable () throws -> DataSplit
    var hidden = [16]
    var steps = 40
  }

  static let cases = [
    Case(testDescription: "two moons") {
      try DataSplit(FloatTables.moons(count: 220), validation: 20)
    },
    Case(testDescription: "one column") {
      try DataSplit(FloatTables.blobs(count: 90, columns: 1, classes: 2))
    },
    Case(
      testDescription: "300 classes",
      data: { try DataSplit(FloatTables.digits(count: 600, classes: 300)) }, hidden: [24]),
    Case(
      testDescription: "5,000 columns",
      data: { try DataSplit(FloatTables.blobs(count: 60, columns: 5000)) }, hidden: [12, 9],
      steps: 6),
    Case(
      testDescription: "70 columns, wide layers",
      data: { try DataSplit(FloatTables.blobs(count: 60, columns: 70)) }, hidden: [300, 280],
      steps: 6),
  ]

  private func configuration(_ sample: Case) -> TrainingConfiguration {
    ToyData.configuration(hidden: sample.hidden, steps: sample.steps, batchSize: 20)
  }

  /// Standardized inputs in `Double`, one sample a column.
  private func columns(_ dataset: Dataset, _ standardization: Standardization) -> Matrix {
    var result = Matrix(rows: dataset.rows.columns, columns: dataset.count)
    for row in 0..<dataset.count {
      for (column, x) in dataset.rows[row].enumerated() {
        result[column, row] =
          (Double(x) - Double(standardization.mean[column]))
          / Double(standardization.deviation[column])
      }
    }
    return result
  }

  @Test("the same bits at any number of threads, and the reference's loss", arguments: cases)
  func threads(sample: Case) throws {
    let data = try sample.data()
    func outcome(threads: Int) throws -> (model: Model, metrics: Metrics) {
      let trainer = try Trainer(configuration(sample), data: data, threads: threads)
      try trainer.run { _ in }
      return (trainer.model(), try #require(trainer.history.last).training)
    }
    let single = try outcome(threads: 1)
    for threads in [2, 3] {
      let other = try outcome(threads: threads)
      #expect(other.model == single.model && other.metrics == single.metrics)
    }
    let logits = ReferenceNetwork(single.model.network)
      .testLogits(columns(data.training, single.model.standardization))
    expectClose(
      [single.metrics.loss], [crossEntropy(logits, labels: data.training.labels)],
      relative: 1e-4, absolute: 1e-5)
  }

  @Test(
    "a step from floats is the reference's, in every instruction set", arguments: cases,
    KernelSet.available.map(\.name))
  func step(sample: Case, kernel: String) throws {
    let training = try sample.data().training
    let kernels = try KernelSet(named: kernel)
    let standardization = Standardization(measuring: training)
    let architecture = try configuration(sample).architecture(for: training)
    var stream = RandomStream(seed: 1, for: .weights)
    let network = Network(architecture, initialization: .he, using: &stream)
    let engine = CPUTrainingEngine(
      network, capacity: training.count, pool: ThreadPool(count: 2), kernels: kernels)
    let source = BatchSource(training, standardization: standardization)
    engine.take(
      Batch(rows: Array(0..<Int32(training.count))[...], epoch: 0, source: source))
    let step = UpdateStep(rule: .descent(rate: 0.1), lambda: 0.01)
    let result = try engine.computeGradient(step)
    try engine.update(step)
    var reference = ReferenceNetwork(network)
    let inputs = columns(training, standardization)
    let cost = reference.cost(inputs, labels: training.labels, lambda: 0)
    expectClose([result.lossSum / Double(training.count)], [cost], relative: 1e-4)
    var optimizer = ReferenceOptimizer(.sgd)
    reference.step(inputs, labels: training.labels, lambda: 0.01, rate: 0.1, with: &optimizer)
    for tensor in network.layout.tensors {
      let expected = reference.layers[tensor.layer][tensor.kind]
      expectClose(
        engine.network.values(of: tensor).map(Double.init), expected, relative: 0,
        absolute: 5e-4 * expected.reduce(1e-2) { max($0, abs($1)) }, tensor.name)
    }
  }

  @Test("a run goes on from a checkpoint with the same bits", arguments: cases)
  func resume(sample: Case) throws {
    let data = try sample.data()
    let configuration = configuration(sample)
    let whole = try Trainer(configuration, data: data, threads: 2)
    try whole.run { _ in }
    for stop in [1, sample.steps / 2] {
      let first = try Trainer(configuration, data: data, threads: 1)
      try first.run(pausingWhen: { $0 >= stop }) { _ in }
      let origin = Checkpoint.Origin(dataName: data.training.name, kernel: first.kernelName)
      let file = try first.checkpoint(origin: origin).safetensors()
      let second = try Trainer(
        resuming: Checkpoint(safetensors: file, path: "file"), configuration, data: data,
        threads: 2)
      try second.run { _ in }
      #expect(second.model() == whole.model() && second.history == whole.history)
    }
  }

  @Test("a network learns a table, is kept in a file and classifies rows", arguments: [1, 2])
  func classify(threads: Int) throws {
    let data = try DataSplit(
      FloatTables.moons(count: 400), test: FloatTables.moons(count: 100, seed: 2))
    var configuration = ToyData.configuration(hidden: [32, 16], steps: 400)
    configuration.optimizer = .adam
    configuration.schedule = .constant(0.01)
    configuration.lambda = 0
    let trainer = try Trainer(configuration, data: data, threads: threads)
    try trainer.run { _ in }
    let evaluation = try trainer.evaluateOnTest()
    #expect(evaluation.metrics.accuracy > 0.93)

    let model = try Model(safetensors: trainer.model().safetensors(), path: "moons")
    #expect(model == trainer.model() && model.features == .columns(["x", "y"]))
    let test = try #require(data.test)
    let rows = (0..<test.count).map { test.rows[$0] }
    let classifier = try Classifier(model, threads: threads)
    let answers = try classifier.classify(rows)
    #expect(try classifier.probabilities(of: test.rows) == answers.flatMap(\.probabilities))
    #expect(
      try classifier.probabilities(of: rows.flatMap { $0 }) == answers.flatMap(\.probabilities))
    let right = zip(answers, test.labels).count { $0.label == Int($1) }
    #expect(Double(right) / Double(test.count) == evaluation.metrics.accuracy)
    #expect(try model.classify(rows[7]) == answers[7])
  }

  @Test("classes beyond a byte are told apart")
  func manyClasses() throws {
    let data = try DataSplit(
      FloatTables.digits(count: 1200, classes: 300),
      test: FloatTables.digits(count: 300, classes: 300, seed: 2))
    var configuration = ToyData.configuration(hidden: [64], steps: 600, batchSize: 50)
    configuration.optimizer = .adam
    configuration.schedule = .constant(0.01)
    configuration.lambda = 0
    let trainer = try Trainer(configuration, data: data, threads: 2)
    try trainer.run { _ in }
    let evaluation = try trainer.evaluateOnTest()
    #expect(evaluation.metrics.accuracy > 0.95)
    #expect(evaluation.confusion.count(of: 299) == 1 && evaluation.confusion.total == 300)
    #expect(evaluation.confusion.accuracy == evaluation.metrics.accuracy)
    let test = try #require(data.test)
    let answers = try Classifier(trainer.model()).classify((256..<300).map { test.rows[$0] })
    let right = zip(answers, test.labels[256...]).count { $0.label == Int($1) }
    #expect(right > 38 && answers[0].className == "\(answers[0].label)")
  }

  @Test("the greatest number of classes trains and is measured")
  func mostClasses() throws {
    let table = try Dataset(rows: [[0, 1], [1, 0]] as [[Float]], labels: [0, 65_534])
    #expect(table.classNames.count == Architecture.maximumClasses)
    let trainer = try Trainer(
      ToyData.configuration(hidden: [], batchNormalization: .none, steps: 2, batchSize: 2),
      data: DataSplit(training: table, test: table), threads: 2)
    try trainer.run { _ in }
    let evaluation = try trainer.evaluateOnTest()
    #expect(evaluation.metrics.loss < trainer.history[0].training.loss)
    #expect(evaluation.confusion.count(of: 65_534) == 1)
  }

  @Test("several tasks share a classifier", arguments: [1, 2])
  func tasks(threads: Int) async throws {
    let model = try SampleModel.model(.numberedColumns(20), hidden: [9, 30], classes: 5, .before)
    var stream = RandomStream(seed: 2, for: .samples)
    let rows = (0..<250).map { _ in (0..<20).map { _ in Float(stream.uniform()) } }
    let classifier = try Classifier(model, threads: threads)
    let expected = try classifier.classify(rows)
    try await withThrowingTaskGroup(of: [Classification].self) { group in
      for _ in 0..<16 { group.addTask { try classifier.classify(rows) } }
      for try await answers in group { #expect(answers == expected) }
    }
  }

  @Test("rows that do not fit a model are refused")
  func wrongRows() throws {
    let model = try SampleModel.model(.numberedColumns(3), hidden: [4], classes: 2, .none)
    let classifier = try Classifier(model)
    #expect(
      dataError { _ = try classifier.classify([1, 2] as [Float]) }?.description
        == "row: expected 3 numbers (3 columns), found 2.")
    #expect(
      dataError { _ = try classifier.classify([[1, 2, 3], [1, .infinity, 3]] as [[Float]]) }?
        .found == "inf in row 1, column 1, counted from 0")
    let rows = try Dataset(rows: [[1, 2]] as [[Float]], labels: [0]).rows
    #expect(
      dataError { _ = try classifier.probabilities(of: rows) }?.description
        == "rows: expected rows of 3 numbers (3 columns), found 2.")
  }

  @Test("bytes and p / 255 as floats are the same inputs of a model")
  func bytesAndFloats() throws {
    let model = try SampleModel.model(.numberedColumns(50), hidden: [20], classes: 4, .before)
    let bytes = (0..<50).map { UInt8($0 * 5) }
    let classifier = try Classifier(model)
    expectClose(
      try classifier.classify(bytes).probabilities,
      try classifier.classify(bytes.map { Float($0) / 255 }).probabilities, relative: 1e-5)
  }

  @Test("answers and results are encoded and decoded")
  func coding() throws {
    var confusion = ConfusionMatrix(classes: 300)
    confusion.record(label: 299, prediction: 3)
    confusion.record(label: 7, prediction: 7)
    let evaluation = Evaluation(
      metrics: Metrics(loss: 0.5, cost: 0.75, accuracy: 0.5), confusion: confusion)
    let answer = Classification(label: 1, className: "b", probabilities: [0.25, 0.75])
    func again<Value: Codable>(_ value: Value) throws -> Value {
      try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
    }
    #expect(try again(evaluation) == evaluation)
    #expect(try again(answer) == answer)
    #expect(confusion[299, 3] == 1 && confusion[3, 299] == 0)
    #expect(confusion.recall(of: 299) == 0 && confusion.precision(of: 7) == 1)
    #expect(confusion.recall(of: 0) == nil && confusion.precision(of: 0) == nil)
    #expect(confusion.counts[7][7] == 1 && confusion.counts.joined().reduce(0, +) == 2)
  }
}
