package import Strata

extension TrainingPlan {
  /// What the run is going to allocate.
  package func plannedMemory() throws -> TrainingMemory {
    try plannedMemory(configuration)
  }

  private func plannedMemory(_ configuration: TrainingConfiguration) throws -> TrainingMemory {
    TrainingMemory(
      configuration, architecture, length: length, data: split, sample: statisticsSample,
      threads: threads, kernels: try .ofProcess())
  }

  /// The most memory that will be resident at once, by estimate: what is planned, the data, mapped or
  /// read, and the program.
  package func estimatedPeakMemory() throws -> Int {
    try plannedMemory().peak + data.byteCount + Self.programMemory
  }

  /// Checks that the run fits into the memory that is left.
  ///
  /// - Throws: `ConfigurationError` with what is needed and what is left, and a smaller batch that
  ///   fits where there is one.
  package func checkMemory(_ limits: [MemoryLimit]) throws {
    let planned = try plannedMemory()
    let exceeded = limits.filter { needed(planned, under: $0) > $0.free }
    guard let limit = exceeded.min(by: { $0.free < $1.free }) else { return }
    let room = "\(bytesText(max(0, limit.free))), what is left of \(limit.source)"
    let found = "one that needs \(bytesText(needed(planned, under: limit)))"
    if let (size, bytes) = try largestBatch(fitting: limits) {
      throw ConfigurationError(
        setting: "batch-size", expected: "a run that fits into \(room)", found: found,
        hint: "batch-size \(size) needs \(bytesText(bytes))")
    }
    throw ConfigurationError(
      setting: "hidden", expected: "a network that fits into \(room)", found: found,
      hint: "lower hidden")
  }

  /// The first of the halves, quarters, … of the batch that fits, and its bytes.
  private func largestBatch(fitting limits: [MemoryLimit]) throws -> (size: Int, bytes: Int)? {
    var smaller = configuration
    while smaller.batchSize > 1 {
      smaller.batchSize /= 2
      guard (try? smaller.validate(for: split.training)) != nil else { continue }
      let planned = try plannedMemory(smaller)
      let needs = limits.map { (bytes: needed(planned, under: $0), free: $0.free) }
      if needs.allSatisfy({ $0.bytes <= $0.free }) {
        return (smaller.batchSize, needs.map(\.bytes).max() ?? 0)
      }
    }
    return nil
  }

  /// What is going to be taken of a limit.
  private func needed(_ planned: TrainingMemory, under limit: MemoryLimit) -> Int {
    // One more thread computes the digest of the data, and one saves checkpoints.
    let stacks = limit.countsAddresses ? (threads + 2) * Machine.stackSize : 0
    return planned.peak + stacks + Self.besides
  }

  /// What a run takes besides what is planned: pages of the program's own data, text and figures.
  private static let besides = 32 << 20

  /// The program and its libraries, as far as a run reads them, and what it takes besides.
  private static let programMemory = 64 << 20
}

extension RunData {
  /// Bytes of the files or blocks that hold the images.
  fileprivate var byteCount: Int {
    let segments = pair.training.rows.segments + pair.test.rows.segments
    let sources = segments.map { (ObjectIdentifier($0.source), $0.source.bytes.count) }
    return Dictionary(sources) { first, _ in first }.values.reduce(0, +)
  }
}
