import Testing

@testable import Strata

@Suite("Planned memory of a run")
struct TrainingMemoryTests {
  private func memory(
    threads: Int = 1, sample: StatisticsSample? = nil,
    _ change: (inout TrainingConfiguration) -> Void = { _ in }
  ) throws -> TrainingMemory {
    let data = try ToyData.split()
    var configuration = ToyData.configuration(hidden: [512, 256])
    change(&configuration)
    return TrainingMemory(
      configuration, try configuration.architecture(for: data.training),
      length: try configuration.length(rows: data.training.count), data: data, sample: sample,
      threads: threads, kernels: .best)
  }

  /// Numbers of the padded parameters: rows are whole lines of 16, and no multiple of 1,024.
  private let parameters = 512 * 48 + 256 * 512 + 4 * 256 + 2 * (512 + 256) + (512 + 256) + 16

  @Test("an optimizer adds what it keeps of every parameter")
  func optimizers() throws {
    let plain = try memory().engine
    #expect(plain >= 2 * 4 * parameters)
    #expect(try memory { $0.optimizer = .momentum }.engine == plain + 4 * parameters)
    #expect(try memory { $0.optimizer = .adam }.engine == plain + 8 * parameters)
  }

  @Test("a batch is linear in its rows: three numbers a unit, and the first layer's sums")
  func batch() throws {
    func bytes(_ rows: Int) throws -> Int { try memory { $0.batchSize = rows }.engine }
    // Every part begins on a cache line: 16 rows fill whole ones.
    let perRow = try (bytes(112) - bytes(96)) / 16
    #expect(try bytes(192) - bytes(96) == 96 * perRow)
    let numbers = 3 * (512 + 256) + 512 + 2 * 16
    #expect(perRow >= 4 * numbers)
    #expect(perRow <= 4 * numbers + 64 + 4 * 48)
  }

  @Test("threads, statistics and augmentation cost memory of their own")
  func extras() throws {
    let plain = try memory()
    let eight = try memory(threads: 8)
    #expect(eight.engine > plain.engine && eight.evaluation > plain.evaluation)
    #expect(plain.statistics == 0)
    #expect(try memory(sample: StatisticsSample(.training, count: 50)).statistics > 4 * parameters)
    #expect(try memory { $0.augmentation.flips = true }.engine > plain.engine)
  }
}
