import Strata
import Testing

@Suite struct ReferenceStatisticsTests {
  @Test("the first batch starts the statistics; later ones are mixed in with weight 1 − α")
  func rule() throws {
    let first = try SampleNetwork([3, 4, 2], .before, samples: 5, seed: 1)
    let second = try SampleNetwork([3, 4, 2], .before, samples: 5, seed: 2)
    let reference = ReferenceNetwork(first.network)
    let passes = [first, second].map { reference.trainingPass($0.columns) }
    let batches = try passes.map { try #require($0.hidden[0].normalization) }
    var statistics = reference.statistics
    statistics.update(with: passes[0], decay: 0.75)
    #expect(statistics.means == [batches[0].mean])
    #expect(statistics.variances == [batches[0].variance])
    #expect(statistics.batches == 1)
    statistics.update(with: passes[1], decay: 0.75)
    expectClose(
      statistics.means[0], zip(batches[0].mean, batches[1].mean).map { 0.75 * $0 + 0.25 * $1 },
      relative: 1e-15, absolute: 0)
    expectClose(
      statistics.variances[0],
      zip(batches[0].variance, batches[1].variance).map { 0.75 * $0 + 0.25 * $1 },
      relative: 1e-15, absolute: 0)
    #expect(statistics.batches == 2)
  }

  @Test("the variance is the population's, divided by n")
  func population() {
    let batch = NormalizedBatch(Matrix(rows: 1, columns: 2, elements: [1, 3]), epsilon: 1e-5)
    #expect(batch.mean == [2])
    #expect(batch.variance == [1])
  }
}
