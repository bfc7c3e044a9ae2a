import Strata
import Testing

@Suite struct ReferenceNetworkTests {
  @Test(
    "a network survives the way to Double and back",
    arguments: [BatchNormalizationPlacement.none, .before, .after])
  func roundTrip(placement: BatchNormalizationPlacement) throws {
    let sample = try SampleNetwork([5, 17, 3, 4], placement, samples: 6)
    var reference = ReferenceNetwork(sample.network)
    #expect(reference.rounded() == sample.network)
    var optimizer = ReferenceOptimizer(.sgd)
    reference.step(
      sample.columns, labels: sample.labels, lambda: 0.01, rate: 0.1, with: &optimizer)
    let trained = reference.rounded()
    #expect(trained != sample.network)
    #expect(ReferenceNetwork(trained).rounded() == trained)
    #expect(trained.statistics.batches == 1)
  }

  @Test("every parameter lands in its own place")
  func places() throws {
    let sample = try SampleNetwork([5, 17, 3], .before, samples: 2)
    let reference = ReferenceNetwork(sample.network)
    for tensor in sample.network.layout.tensors {
      #expect(
        reference.layers[tensor.layer][tensor.kind]
          == sample.network.parameters.values(in: tensor.slice).map(Double.init))
    }
  }
}
