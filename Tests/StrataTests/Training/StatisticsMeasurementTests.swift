import Testing

@testable import Strata

@Suite struct StatisticsMeasurementTests {
  private struct Case {
    let dataset = ToyData.dataset(count: 103)
    let standardization: Standardization
    let network: Network

    init(_ hidden: [Int], _ placement: BatchNormalizationPlacement) throws {
      standardization = Standardization(measuring: dataset)
      var stream = RandomStream(seed: 1, for: .weights)
      network = Network(
        try Architecture(
          inputs: dataset.features.count, hidden: hidden, classes: 4, batchNormalization: placement),
        initialization: .he, using: &stream)
    }

    /// What the reference's layers normalize when rows pass in batches, one sample a column.
    func normalized(_ batches: [[Int]]) -> [[Matrix]] {
      let reference = ReferenceNetwork(network)
      return batches.map { rows in
        let inputs = rows.flatMap { standardization.inputs(of: dataset.rows[$0]) }
        let pass = reference.trainingPass(
          Matrix(columnsFrom: inputs, length: dataset.features.count))
        return pass.hidden.compactMap { layer in
          layer.operations.first { $0.operation == .normalization }?.input
        }
      }
    }

    func statistics(count: Int, flips: Bool = false, batchSize: Int, threads: Int = 1) throws
      -> RunningStatistics
    {
      try Evaluator(threads: threads).statistics(
        of: network, standardization: standardization, on: dataset, count: count, flips: flips,
        batchSize: batchSize, seed: 5)
    }
  }

  @Test(
    "mean and variance are those of all rows together, not averages over batches",
    arguments: [BatchNormalizationPlacement.before, .after])
  func pooled(placement: BatchNormalizationPlacement) throws {
    let sample = try Case([9, 7], placement)
    let measured = try sample.statistics(count: 103, batchSize: 26)
    // 103 rows in four batches, as even as they can be.
    let batches = [0..<25, 25..<51, 51..<77, 77..<103].map(Array.init)
    let passes = sample.normalized(batches)
    for (layer, slice) in measured.layers.enumerated() {
      for unit in 0..<slice.columns {
        let values = passes.flatMap { $0[layer][row: unit] }
        let mean = values.reduce(0, +) / 103
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 103
        #expect(abs(Double(measured.means.values(in: slice)[unit]) - mean) < 1e-5)
        let found = Double(measured.variances.values(in: slice)[unit])
        #expect(abs(found - variance) < 1e-5 * max(1, variance))
      }
    }
  }

  @Test("the first layer's statistics do not depend on the batches")
  func batches() throws {
    let sample = try Case([9], .before)
    let slice = sample.network.statistics.layers[0]
    let one = try sample.statistics(count: 103, batchSize: 103)
    for size in [1, 2, 7, 50, Int(Int32.max)] {
      let other = try sample.statistics(count: 103, batchSize: size)
      expectClose(
        other.variances.values(in: slice), one.variances.values(in: slice), relative: 1e-5,
        absolute: 0)
    }
  }

  @Test("rows are drawn without repetition, as a function of the seed")
  func rows() {
    let rows = StatisticsMeasurement.rows(40, of: 100, seed: 1)
    #expect(Set(rows).count == 40 && rows.allSatisfy { (0..<100).contains($0) })
    #expect(rows == StatisticsMeasurement.rows(40, of: 100, seed: 1))
    #expect(rows != StatisticsMeasurement.rows(40, of: 100, seed: 2))
    #expect(StatisticsMeasurement.rows(100, of: 100, seed: 1) == Array(0..<100))
  }

  @Test("mirrored images and the number of threads: the former count, the latter does not")
  func flips() throws {
    let sample = try Case([40, 9], .before)
    let plain = try sample.statistics(count: 60, batchSize: 20)
    let flipped = try sample.statistics(count: 60, flips: true, batchSize: 20)
    #expect(plain != flipped)
    for threads in [2, 3, 8] {
      #expect(
        try sample.statistics(count: 60, flips: true, batchSize: 20, threads: threads) == flipped)
    }
  }

  @Test("a trainer takes the statistics of either part and leaves the parameters alone")
  func trainer() throws {
    let data = try ToyData.split()
    let trainer = try Trainer(ToyData.configuration(), data: data, threads: 2)
    try trainer.run { _ in }
    let before = trainer.network
    for part in [StatisticsSample.Part.training, .test] {
      try trainer.measureStatistics(on: StatisticsSample(part, count: 90))
      #expect(trainer.network.parameters == before.parameters)
      let expected = try Evaluator().statistics(
        of: before, standardization: trainer.standardization,
        on: part == .training ? data.training : #require(data.test), count: 90, flips: false,
        batchSize: 20, seed: 1)
      #expect(trainer.network.statistics == expected)
    }
    #expect(try trainer.evaluateOnTest().metrics.accuracy > 0.8)
  }
}
