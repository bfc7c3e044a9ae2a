import Testing

@testable import Strata

@Suite struct TrainerTests {
  @Test(
    "the same bits come out at any number of threads",
    arguments: BatchNormalizationPlacement.allCases,
    [[], [16, 12], [70, 50, 33, 20]])
  func threads(placement: BatchNormalizationPlacement, hidden: [Int]) throws {
    // 36 × 36 inputs meet few units, so the first layer is summed in halves and shared.
    let data = try ToyData.split(side: 36)
    let configuration = ToyData.configuration(
      hidden: hidden, batchNormalization: placement, steps: 25, batchSize: 64)
    func outcome(threads: Int) throws -> (Network, [HistoryPoint]) {
      let trainer = try Trainer(configuration, data: data, threads: threads)
      try trainer.run { _ in }
      return (trainer.network, trainer.history)
    }
    let single = try outcome(threads: 1)
    for threads in [1, 2, 3, 8] {
      let other = try outcome(threads: threads)
      #expect(other.0 == single.0, "\(threads) threads")
      #expect(other.1 == single.1, "\(threads) threads")
    }
  }

  @Test(
    "wide layers give the same bits at any number of threads, more than rows too",
    arguments: [
      (20, [300, 260], 50), (36, [300, 9], 4), (36, [300, 300], 150), (36, [1024, 9], 48),
      (46, [512], 48),
    ])
  func wideThreads(side: Int, hidden: [Int], batchSize: Int) throws {
    let data = try ToyData.split(side: side)
    let configuration = ToyData.configuration(hidden: hidden, steps: 6, batchSize: batchSize)
    func outcome(threads: Int) throws -> Network {
      let trainer = try Trainer(configuration, data: data, threads: threads)
      try trainer.run { _ in }
      return trainer.network
    }
    let single = try outcome(threads: 1)
    for threads in [2, 3, 8] { #expect(try outcome(threads: threads) == single) }
  }

  @Test("a network learns a simple task", arguments: BatchNormalizationPlacement.allCases)
  func learns(placement: BatchNormalizationPlacement) throws {
    let trainer = try Trainer(
      ToyData.configuration(batchNormalization: placement, steps: 300), data: ToyData.split(),
      threads: 2)
    try trainer.run { _ in }
    #expect(try trainer.evaluateOnTest().metrics.accuracy > 0.95)
    let first = try #require(trainer.history.first)
    let last = try #require(trainer.history.last)
    #expect(last.training.loss < 0.3 * first.training.loss)
    #expect(last.training.cost > last.training.loss)
  }

  @Test("it measures before the first step, at the interval and after the last")
  func evaluations() throws {
    var configuration = ToyData.configuration(steps: 50)
    configuration.evaluateEvery = 20
    let trainer = try Trainer(configuration, data: ToyData.split(), threads: 1)
    var points: [HistoryPoint] = []
    try trainer.run { event in
      if case .evaluation(let point) = event { points.append(point) }
    }
    #expect(points.map(\.step) == [0, 20, 40, 50])
    #expect(points.map(\.epoch) == [0, 2, 4, 5])
    #expect(points == trainer.history)
    #expect(trainer.samples == 50 * 20)
  }

  #if !DEBUG  // Unoptimized code boxes values on its own account.
    static let precisions = Precision.allCases.filter { KernelSet.best.supports($0) }

    @Test(
      "a step allocates nothing", arguments: BatchNormalizationPlacement.allCases,
      [(1, [120, 60]), (2, [120, 60]), (1, [300, 260]), (2, [300, 260])])
    func allocations(
      placement: BatchNormalizationPlacement, kind: (threads: Int, hidden: [Int])
    ) throws {
      for precision in Self.precisions {
        try expectNoAllocation(placement, kind.threads, kind.hidden) { $0.precision = precision }
      }
      for rule in Optimizer.Rule.allCases {
        try expectNoAllocation(placement, kind.threads, kind.hidden) {
          $0.optimizer = Optimizer(rule)
          $0.dropout = 0.1
          $0.augmentation.flips = true
          $0.augmentation.rotation = 5
          $0.augmentation.contrast = 0.1
        }
      }
    }

    private func expectNoAllocation(
      _ placement: BatchNormalizationPlacement, _ threads: Int, _ hidden: [Int],
      _ change: (inout TrainingConfiguration) -> Void
    ) throws {
      var configuration = ToyData.configuration(
        hidden: hidden, batchNormalization: placement, steps: 200)
      change(&configuration)
      let trainer = try Trainer(configuration, data: ToyData.split(side: 36), threads: threads)
      for _ in 0..<12 { try trainer.advance() }
      _ = try trainer.evaluate()
      let before = AllocationCounter.count
      for _ in 0..<25 { try trainer.advance() }
      #expect(AllocationCounter.count == before)
    }
  #endif

  @Test(
    "a clipped gradient moves the parameters by η c, a short one as ever", arguments: [0.01, 1e9])
  func clipping(limit: Double) throws {
    func change(_ clipNorm: Double?) throws -> [Double] {
      var configuration = ToyData.configuration()
      configuration.clipNorm = clipNorm
      let trainer = try Trainer(configuration, data: ToyData.split(), threads: 1)
      let before = trainer.network.parameters.elements
      try trainer.advance()
      return zip(trainer.network.parameters.elements, before).map { Double($0) - Double($1) }
    }
    let plain = try change(nil)
    let clipped = try change(limit)
    func norm(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    let expected = min(norm(plain), 0.05 * limit)
    #expect(abs(norm(clipped) / expected - 1) < 1e-3)
    let scale = expected / norm(plain)
    #expect(zip(clipped, plain).allSatisfy { abs($0 - scale * $1) < 1e-6 })
  }

  /// A setting's name and a change that makes it wrong.
  typealias WrongSetting = (
    name: String, change: @Sendable (inout TrainingConfiguration) -> Void
  )

  static let wrongSettings: [WrongSetting] = [
    ("batch-size", { $0.batchSize = 0 }),
    ("batch-size", { $0.batchSize = 201 }),
    ("batch-size", { $0.batchSize = 199 }),
    ("batch-size", { $0.batchSize = 1 }),
    ("lambda", { $0.lambda = -1 }),
    ("lambda", { $0.lambda = .nan }),
    ("hidden", { $0.hidden = [0] }),
    ("hidden", { $0.hidden = Array(repeating: 2, count: 50) }),
    ("normalization-epsilon", { $0.normalizationEpsilon = 0 }),
    ("normalization-epsilon", { $0.normalizationEpsilon = -1e-5 }),
    ("normalization-epsilon", { $0.normalizationEpsilon = .nan }),
    ("normalization-epsilon", { $0.normalizationEpsilon = 1e-46 }),  // 0 as `Float`
    ("normalization-epsilon", { $0.normalizationEpsilon = 1e39 }),  // infinite as `Float`
    ("statistics-decay", { $0.statisticsDecay = 1 }),
    ("dropout", { $0.dropout = 1 }),
    ("dropout", { $0.dropout = -0.1 }),
    ("augment", { $0.augmentation.shift = -1 }),
    ("augment", { $0.augmentation.rotation = .nan }),
    ("eta", { $0.schedule = .constant(.infinity) }),
    ("update-steps", { $0.updateSteps = 0 }),
    ("epochs", { $0.epochs = 7 }),
    ("init", { $0.initialization = .fixed(-1) }),
  ]

  @Test("settings that do not fit are refused before the first step", arguments: wrongSettings)
  func validation(setting: WrongSetting) throws {
    var configuration = ToyData.configuration()
    setting.change(&configuration)
    let data = try ToyData.split()
    var caught: ConfigurationError?
    do {
      _ = try Trainer(configuration, data: data, threads: 1)
    } catch let error as ConfigurationError {
      caught = error
    }
    #expect(caught?.setting == setting.name)
  }

  @Test("a last batch of one image is allowed without batch normalization")
  func lastBatch() throws {
    let configuration = ToyData.configuration(
      batchNormalization: .none, steps: 10, batchSize: 199)
    let trainer = try Trainer(configuration, data: ToyData.split(), threads: 1)
    try trainer.run { _ in }
    #expect(trainer.samples == 5 * 200)
  }
}
