import Testing

@testable import Strata

@Suite struct DropoutTests {
  @Test("the generator gives its authors' known answers (Random123, kat_vectors)")
  func knownAnswers() {
    let ones = UInt32.max
    #expect(
      philox([0, 0, 0, 0], key: [0, 0])
        == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
    #expect(
      philox([ones, ones, ones, ones], key: [ones, ones])
        == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd])
    #expect(
      philox(
        [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], key: [0xa409_3822, 0x299f_31d0])
        == [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1])
  }

  @Test("every kernel leaves out what the reference does", arguments: KernelSet.available)
  func mask(kernels: KernelSet) throws {
    let dropout = Dropout(probability: 0.3, seed: 7, step: 12)
    for (layer, units) in [150, 70].enumerated() {
      let block = FlatBlock(count: 9 * paddedStride(units))
      for index in 0..<block.count { block.base[index] = 1 }
      let view = MatrixView(block.base, rows: 9, columns: units)
      for columns in [0..<16, 16..<48, 48..<view.columns] {
        kernels.drop(view.columns(columns), from: columns.lowerBound, layer: layer, dropout)
      }
      let mask = dropout.mask(layer: layer, units: units, rows: 9)
      for row in 0..<9 {
        for unit in 0..<units {
          #expect(view.base[row * view.stride + unit] == Float(mask[unit, row]))
        }
      }
    }
  }

  @Test("the share that is left out is p, and steps, layers and seeds differ")
  func share() {
    func mask(seed: UInt64, step: Int, layer: Int) -> Matrix {
      Dropout(probability: 0.2, seed: seed, step: step).mask(layer: layer, units: 200, rows: 100)
    }
    let first = mask(seed: 1, step: 0, layer: 0)
    let dropped = first.elements.count { $0 == 0 }
    // 20,000 draws: five standard deviations are 283.
    #expect(abs(dropped - 4000) < 283)
    #expect(first.elements.allSatisfy { $0 == 0 || $0 == 1.25 })
    for other in [
      mask(seed: 2, step: 0, layer: 0), mask(seed: 1, step: 1, layer: 0),
      mask(seed: 1, step: 0, layer: 1),
    ] {
      let agreeing = zip(first.elements, other.elements).count { ($0 == 0) == ($1 == 0) }
      // Two independent masks agree with probability 0.68; five standard deviations are 330.
      #expect(abs(agreeing - 13_600) < 330)
    }
  }

  @Test(
    "loss and gradient with dropout agree with the reference",
    arguments: BatchNormalizationPlacement.allCases, KernelSet.available)
  func gradient(placement: BatchNormalizationPlacement, kernels: KernelSet) throws {
    let sample = try SampleNetwork([33, 90, 40, 20, 10], placement, samples: 24)
    let dropout = Dropout(probability: 0.4, seed: 3, step: 5)
    let reference = ReferenceNetwork(sample.network)
    let expected = reference.gradient(
      reference.trainingPass(sample.columns, dropout: dropout), labels: sample.labels, lambda: 0.01)
    let cost = reference.cost(sample.columns, labels: sample.labels, lambda: 0, dropout: dropout)
    let (loss, gradient) = sample.network.gradient(
      inputs: sample.inputs, labels: sample.labels, lambda: 0.01, threads: 2, kernels: kernels,
      dropout: dropout)
    #expect(abs(loss - cost) <= 2e-5 * max(1, cost))
    for tensor in sample.network.layout.tensors {
      let values = expected[tensor.layer][tensor.kind]
      expectClose(
        gradient.values(in: tensor.slice).map(Double.init), values, relative: 0,
        absolute: 5e-4 * values.reduce(1e-3) { max($0, abs($1)) }, tensor.name)
    }
  }

  @Test(
    "the reference's gradient with dropout equals central differences",
    arguments: BatchNormalizationPlacement.allCases)
  func differences(placement: BatchNormalizationPlacement) throws {
    let sample = try SampleNetwork([6, 9, 8, 4], placement, samples: 10)
    let check = GradientCheck(
      sample.network, inputs: sample.inputs, labels: sample.labels, lambda: 0.01,
      dropout: Dropout(probability: 0.3, seed: 1, step: 0))
    let comparison = check.againstDifferences(step: 1e-9, epsilon: 1e-5, bound: 1e-6)
    #expect(comparison.failures.isEmpty)
  }

  @Test(
    "a run has the same bits at any number of threads",
    arguments: BatchNormalizationPlacement.allCases, [[16, 12], [300, 280]])
  func threads(placement: BatchNormalizationPlacement, hidden: [Int]) throws {
    let data = try ToyData.split(side: 20)
    var configuration = ToyData.configuration(
      hidden: hidden, batchNormalization: placement, steps: 7, batchSize: 50)
    configuration.dropout = 0.25
    func outcome(threads: Int) throws -> Network {
      let trainer = try Trainer(configuration, data: data, threads: threads)
      try trainer.run { _ in }
      return trainer.network
    }
    let single = try outcome(threads: 1)
    for threads in [2, 3, 8] { #expect(try outcome(threads: threads) == single) }
    configuration.dropout = 0
    #expect(try outcome(threads: 1) != single)
  }
}
