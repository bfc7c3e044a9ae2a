import Testing

@testable import Strata

@Suite struct CheckpointTests {
  /// A run with everything that has a state or draws random numbers.
  private func configuration(
    _ optimizer: Optimizer, _ placement: BatchNormalizationPlacement = .before
  ) -> TrainingConfiguration {
    var configuration = ToyData.configuration(
      hidden: [17, 9], batchNormalization: placement, steps: 47, batchSize: 30)
    configuration.optimizer = optimizer
    configuration.dropout = 0.2
    configuration.augmentation.flips = true
    configuration.augmentation.shift = 1
    configuration.evaluateEvery = 10
    configuration.schedule = .cyclical(minimum: 1e-4, maximum: 0.05, stepSize: 8, decay: 0.7)
    return configuration
  }

  private func origin() -> Checkpoint.Origin {
    Checkpoint.Origin(recipe: "seed: 1\n", dataName: "toy", dataDigest: "0f", kernel: "plain")
  }

  /// What a run ends with.
  private struct Outcome: Equatable {
    let network: Network
    let history: [HistoryPoint]
    let samples: Int

    init(_ trainer: Trainer) {
      network = trainer.network
      history = trainer.history
      samples = trainer.samples
    }
  }

  @Test(
    "a run that stops at any step and goes on from the file ends with the same bits",
    arguments: Optimizer.Rule.allCases, BatchNormalizationPlacement.allCases)
  func resuming(rule: Optimizer.Rule, placement: BatchNormalizationPlacement) throws {
    let data = try ToyData.split()
    let configuration = configuration(Optimizer(rule), placement)
    let whole = try Trainer(configuration, data: data, threads: 2)
    try whole.run { _ in }
    let expected = Outcome(whole)
    for stop in 0...47 {
      let first = try Trainer(configuration, data: data, threads: 2)
      try first.run(pausingWhen: { $0 >= stop }) { _ in }
      #expect(first.step == stop)
      let file = try first.checkpoint(origin: origin()).safetensors()
      let checkpoint = try Checkpoint(safetensors: file, path: "file")
      let second = try Trainer(resuming: checkpoint, configuration, data: data, threads: 1)
      try second.run { _ in }
      #expect(Outcome(second) == expected, "stopped at \(stop)")
    }
  }

  @Test("a run that is stopped at every step ends with the same bits")
  func everyStep() throws {
    let data = try ToyData.split()
    let configuration = configuration(.adam)
    let whole = try Trainer(configuration, data: data, threads: 2)
    try whole.run { _ in }
    var trainer = try Trainer(configuration, data: data, threads: 2)
    while !trainer.isFinished {
      try trainer.run(pausingWhen: { _ in true }) { _ in }
      let checkpoint = trainer.checkpoint(origin: origin())
      trainer = try Trainer(resuming: checkpoint, configuration, data: data, threads: 2)
    }
    #expect(Outcome(trainer) == Outcome(whole))
  }

  @Test("a checkpoint is read back as it was written, and the same one gives the same bytes")
  func roundTrip() throws {
    for rule in Optimizer.Rule.allCases {
      let checkpoint = try sample(Optimizer(rule))
      let bytes = try checkpoint.safetensors()
      #expect(try Checkpoint(safetensors: bytes, path: "file") == checkpoint)
      #expect(try checkpoint.safetensors() == bytes)
    }
  }

  private func sample(_ optimizer: Optimizer = .adam) throws -> Checkpoint {
    let trainer = try Trainer(configuration(optimizer), data: ToyData.split(), threads: 1)
    try trainer.run(pausingWhen: { $0 >= 23 }) { _ in }
    return trainer.checkpoint(origin: origin())
  }

  @Test("every byte that is cut off, and every bit that flips, is noticed")
  func damage() throws {
    var small = ToyData.configuration(hidden: [2], steps: 3, batchSize: 5)
    small.optimizer = .momentum
    let trainer = try Trainer(
      small, data: ToyData.split(train: 8, validation: 4, side: 2), threads: 1)
    try trainer.run { _ in }
    var bytes = try trainer.checkpoint(origin: origin()).safetensors()
    for count in bytes.indices {
      #expect(throws: DataError.self) {
        _ = try Checkpoint(safetensors: bytes[..<count], path: "file")
      }
    }
    var unnoticed = 0
    for index in bytes.indices {
      for bit in 0..<8 {
        bytes[index] ^= 1 << bit
        do throws {
          _ = try Checkpoint(safetensors: bytes, path: "file")
          unnoticed += 1
        } catch {
          if !(error is DataError) { unnoticed += 1 }
        }
        bytes[index] ^= 1 << bit
      }
    }
    #expect(unnoticed == 0)
  }

  @Test("another setting is refused by its name")
  func otherSettings() throws {
    let checkpoint = try sample()
    let changes: [(String, (inout TrainingConfiguration) -> Void)] = [
      ("lambda", { $0.lambda = 0.5 }), ("seed", { $0.seed = 2 }), ("hidden", { $0.hidden = [17] }),
      ("schedule", { $0.schedule = .constant(0.1) }),
      ("eta-max", { $0.schedule.maximum = 0.1 }), ("step-size", { $0.schedule.stepSize = 9 }),
      ("optimizer", { $0.optimizer = .sgd }),
      ("dropout", { $0.dropout = 0 }), ("augment", { $0.augmentation = .none }),
      ("update-steps", { $0.updateSteps = 99 }), ("batch-size", { $0.batchSize = 29 }),
      ("batch-norm", { $0.batchNormalization = .after }), ("shuffle", { $0.shuffles = false }),
      ("statistics-decay", { $0.statisticsDecay = 0.5 }), ("init", { $0.initialization = .xavier }),
      ("evaluate-every", { $0.evaluateEvery = 7 }),
      ("normalization-epsilon", { $0.normalizationEpsilon = 1e-6 }),
    ]
    for (name, change) in changes {
      var configuration = configuration(.adam)
      change(&configuration)
      do {
        _ = try Trainer(resuming: checkpoint, configuration, data: ToyData.split(), threads: 1)
        Issue.record("\(name) was taken")
      } catch let error as ConfigurationError {
        #expect(error.setting == name)
      }
    }
  }

  @Test("a state that is not one of the run is refused")
  func otherStates() throws {
    let changes: [(inout Checkpoint) throws -> Void] = [
      { $0.network.statistics.batches = .max },
      { $0.step = 24 }, { $0.step = 48 }, { $0.order.swapAt(0, 1) }, { $0.order.removeLast() },
      { $0.optimizerState.removeLast() }, { $0.history.reverse() }, { $0.samples = 0 },
      { $0.network.statistics.batches = 22 }, { $0.samples = .max },
      { checkpoint in
        checkpoint.history = checkpoint.history.map {
          HistoryPoint(
            step: $0.step, epoch: $0.epoch, eta: $0.eta, training: $0.training, validation: nil)
        }
      },
      { $0.network = Network(zeros: try Architecture(inputs: 36, hidden: [17], classes: 4)) },
    ]
    for (index, change) in changes.enumerated() {
      var checkpoint = try sample()
      try change(&checkpoint)
      #expect(throws: DataError.self, "change \(index)") {
        _ = try Trainer(
          resuming: checkpoint, configuration(.adam), data: ToyData.split(), threads: 1)
      }
    }
  }

  @Test("settings that one side lacks are as different as others")
  func missingSettings() throws {
    var checkpoint = try sample()
    checkpoint.settings = TrainingSettings(json: .object([]))
    #expect(throws: ConfigurationError.self) {
      _ = try Trainer(
        resuming: checkpoint, configuration(.adam), data: ToyData.split(), threads: 1)
    }
  }

  @Test("a run that was begun before ε was a setting goes on with 1e-5, and with no other")
  func olderSettings() throws {
    var checkpoint = try sample()
    let older = checkpoint.settings.text
      .replacing(/"normalization-epsilon": ?[^,]+, ?/, with: "")
    #expect(!older.contains("normalization-epsilon") && older != checkpoint.settings.text)
    checkpoint.settings = TrainingSettings(json: try JSONValue(parsing: older))
    let read = try Checkpoint(safetensors: checkpoint.safetensors(), path: "file")
    #expect(read.settings.text == older)

    var configuration = configuration(.adam)
    _ = try Trainer(resuming: read, configuration, data: ToyData.split(), threads: 1)
    configuration.normalizationEpsilon = 2e-5
    let error = #expect(throws: ConfigurationError.self) {
      _ = try Trainer(resuming: read, configuration, data: ToyData.split(), threads: 1)
    }
    #expect(error?.setting == "normalization-epsilon")
    #expect(error?.expected.hasPrefix("1e-05") == true)
  }

  @Test(
    "a run whose schedule an older version wrote as an object goes on with the same, and no other")
  func olderSchedule() throws {
    var checkpoint = try sample()
    let older = checkpoint.settings.text.replacing(
      #""schedule":"cyclical","eta-min":0.0001,"eta-max":0.05,"step-size":8,"cycle-decay":0.7"#,
      with: #""schedule":{"name":"cyclical","eta-min":0.0001,"eta-max":0.05,"step-size":8,"#
        + #""cycle-decay":0.7}"#)
    #expect(older != checkpoint.settings.text)
    checkpoint.settings = TrainingSettings(json: try JSONValue(parsing: older))
    _ = try Trainer(resuming: checkpoint, configuration(.adam), data: ToyData.split(), threads: 1)
    var other = configuration(.adam)
    other.schedule.decay = 0.6
    let error = #expect(throws: ConfigurationError.self) {
      _ = try Trainer(resuming: checkpoint, other, data: ToyData.split(), threads: 1)
    }
    #expect(error?.setting == "cycle-decay")
  }

  @Test("numbers that no network has are refused, those of a first evaluation are not")
  func soundness() throws {
    var checkpoint = try sample()
    let slice = try #require(checkpoint.network.statistics.layers.first)
    checkpoint.network.statistics.variances.setValues(
      [Float](repeating: -1, count: slice.columns), in: slice)
    let negative = try checkpoint.safetensors()
    #expect(throws: DataError.self) { _ = try Checkpoint(safetensors: negative, path: "file") }

    checkpoint = try sample()
    let infinite = Metrics(loss: .infinity, cost: .infinity, accuracy: 0.1)
    checkpoint.history[0] = HistoryPoint(
      step: 0, epoch: 0, eta: 0, training: infinite, validation: infinite)
    #expect(try Checkpoint(safetensors: checkpoint.safetensors(), path: "file") == checkpoint)
  }

  @Test("a pause is asked for once after each step and each evaluation")
  func pauses() throws {
    let trainer = try Trainer(configuration(.sgd), data: ToyData.split(), threads: 1)
    var asked: [Int] = []
    try trainer.run(pausingWhen: {
      asked.append($0)
      return false
    }) { _ in }
    let expected: [Int] = Array(0...47) + [10, 20, 30, 40, 47]
    #expect(asked == expected.sorted())
  }

  @Test("a model, a file without digests and one of another version are no checkpoints")
  func otherFiles() throws {
    let whole = try Safetensors(bytes: sample().safetensors(), path: "file")
    func refused(_ metadata: [String: String], seals: Bool = true) -> Bool {
      let encode = seals ? Safetensors.encodeWithDigests : Safetensors.encode
      do {
        let bytes = try encode([], metadata)
        _ = try Checkpoint(safetensors: bytes, path: "file")
        return false
      } catch { return error is DataError }
    }
    #expect(refused([:]))
    #expect(refused(whole.metadata.merging(["format": "strata-model"]) { $1 }))
    #expect(refused(whole.metadata.merging(["format_version": "2"]) { $1 }))
    #expect(refused(whole.metadata.merging(["random_generators": "others"]) { $1 }))
    #expect(refused(whole.metadata, seals: false))
  }
}
