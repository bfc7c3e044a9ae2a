import TestSupport
import Testing

@testable import Strata

@Suite struct EvaluatorTests {
  @Test(
    "loss, cost, accuracy and confusion are the reference's, for any number of images and threads",
    arguments: BatchNormalizationPlacement.allCases, [1, 2])
  func reference(placement: BatchNormalizationPlacement, threads: Int) throws {
    for (count, classes) in [(1, 2), (99, 4), (337, 7)] {
      let dataset = ToyData.dataset(count: count, classes: min(classes, 4))
      let model = try SampleModel.model(
        dataset.features, hidden: [17, 5], classes: classes, placement)
      let logits = SampleModel.referenceLogits(
        model, (0..<count).map { dataset.rows.bytes(of: $0) })
      let loss = crossEntropy(logits, labels: dataset.labels)
      let penalty = ReferenceNetwork(model.network).penalty(lambda: 0.01)
      var counts = Array(repeating: Array(repeating: 0, count: classes), count: classes)
      for row in 0..<count {
        let best = (0..<classes).reduce(0) { logits[$1, row] > logits[$0, row] ? $1 : $0 }
        counts[Int(dataset.labels[row])][best] += 1
      }
      let right = (0..<classes).reduce(0) { $0 + counts[$1][$1] }
      for kernels in KernelSet.available {
        let evaluation = try Evaluator(threads: threads, kernels: kernels).evaluate(
          model.network, standardization: model.standardization, on: dataset, lambda: 0.01)
        expectClose(
          [evaluation.metrics.loss, evaluation.metrics.cost], [loss, loss + penalty],
          relative: 1e-5, absolute: 1e-6)
        #expect(evaluation.metrics.accuracy == Double(right) / Double(count))
        #expect(evaluation.confusion.counts == counts)
      }
    }
  }

  @Test("too many classes and other inputs are refused")
  func mismatches() throws {
    let data = ToyData.dataset(count: 4, classes: 9)
    let evaluator = try Evaluator()
    func refusal(
      _ dataset: Dataset, inputs: Features, classes: Int
    ) throws -> String? {
      let model = try SampleModel.model(inputs, hidden: [3], classes: classes, .before)
      let standardization = model.standardization
      let evaluation = dataError {
        _ = try evaluator.evaluate(
          model.network, standardization: standardization, on: dataset, lambda: 0)
      }
      let statistics = dataError {
        _ = try evaluator.statistics(
          of: model.network, standardization: standardization, on: dataset, count: 2,
          flips: false, batchSize: 4, seed: 1)
      }
      #expect(evaluation == statistics)
      return evaluation?.description
    }
    #expect(
      try refusal(data, inputs: data.features, classes: 8)
        == "toy: expected at most 8 classes, the network's outputs, found 9.")
    #expect(
      try refusal(data, inputs: .numberedColumns(35), classes: 9)
        == "toy: expected rows of 35 numbers, the network's inputs, found 1 × 6 × 6 pixels.")
  }
}
