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
        dataset.shape, hidden: [17, 5], classes: classes, placement)
      let logits = SampleModel.referenceLogits(model, (0..<count).map { dataset.pixels[$0] })
      let loss = crossEntropy(logits, labels: dataset.labels)
      let penalty = ReferenceNetwork(model.network).penalty(lambda: 0.01)
      var counts = Array(repeating: Array(repeating: 0, count: classes), count: classes)
      for row in 0..<count {
        let best = (0..<classes).reduce(0) { logits[$1, row] > logits[$0, row] ? $1 : $0 }
        counts[Int(dataset.labels[row])][best] += 1
      }
      let right = (0..<classes).reduce(0) { $0 + counts[$1][$1] }
      for kernels in KernelSet.available {
        let evaluation = Evaluator(threads: threads, kernels: kernels).evaluate(
          model.network, standardization: model.standardization, on: dataset, lambda: 0.01)
        expectClose(
          [evaluation.metrics.loss, evaluation.metrics.cost], [loss, loss + penalty],
          relative: 1e-5, absolute: 1e-6)
        #expect(evaluation.metrics.accuracy == Double(right) / Double(count))
        #expect(evaluation.confusion.counts == counts)
      }
    }
  }

  @Test("without an image, with too many classes or another size, it stops at once")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      let data = ToyData.dataset(count: 4)
      let model = try SampleModel.model(data.shape, hidden: [3], classes: 4, .none)
      _ = Evaluator(threads: 1).evaluate(
        model.network, standardization: model.standardization, on: data.subset(0..<0), lambda: 0)
    }
    await #expect(processExitsWith: .failure) {
      let data = ToyData.dataset(count: 4, classes: 9)
      let model = try SampleModel.model(data.shape, hidden: [3], classes: 8, .none)
      _ = Evaluator(threads: 1).evaluate(
        model.network, standardization: model.standardization, on: data, lambda: 0)
    }
    await #expect(processExitsWith: .failure) {
      let data = ToyData.dataset(count: 4, side: 5)
      let model = try SampleModel.model(
        ImageShape(channels: 1, height: 6, width: 6), hidden: [3], classes: 4, .none)
      _ = Evaluator(threads: 1).evaluate(
        model.network, standardization: model.standardization, on: data, lambda: 0)
    }
  }
}
