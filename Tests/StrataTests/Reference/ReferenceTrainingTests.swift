import Strata
import Testing

@Suite struct ReferenceTrainingTests {
  @Test(
    "steps against the gradient lower the cost, and the returned cost is the one before the step",
    arguments: BatchNormalizationPlacement.allCases, Optimizer.Rule.allCases)
  func descent(placement: BatchNormalizationPlacement, rule: Optimizer.Rule) throws {
    let sample = try SampleNetwork([4, 8, 8, 3], placement, samples: 12)
    var reference = ReferenceNetwork(sample.network)
    let start = reference.cost(sample.columns, labels: sample.labels, lambda: 1e-3)
    var optimizer = ReferenceOptimizer(Optimizer(rule))
    let rate = rule == .sgd ? 0.05 : 0.005
    let first = reference.step(
      sample.columns, labels: sample.labels, lambda: 1e-3, rate: rate, with: &optimizer)
    #expect(first == start)
    for _ in 1..<200 {
      reference.step(
        sample.columns, labels: sample.labels, lambda: 1e-3, rate: rate, with: &optimizer)
    }
    #expect(reference.cost(sample.columns, labels: sample.labels, lambda: 1e-3) < start / 2)
    #expect(reference.statistics.batches == 200)
  }
}
