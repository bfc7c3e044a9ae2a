import Foundation
import Testing

@testable import Strata

@Suite("Signs that a run may not end well")
struct TrainingWarningTests {
  /// The warnings that a run tells, which are also those that it keeps.
  private func warnings(
    of configuration: TrainingConfiguration, from weights: Network? = nil, seed: UInt64 = 1
  ) throws -> [TrainingWarning] {
    let trainer = try Trainer(
      configuration, data: ToyData.split(), initialWeights: weights, threads: 2)
    var told: [TrainingWarning] = []
    try trainer.run { event in
      if case .warning(let warning) = event { told.append(warning) }
    }
    #expect(told == trainer.warnings)
    return told
  }

  @Test(
    "a healthy run shows none", arguments: BatchNormalizationPlacement.allCases,
    Optimizer.Rule.allCases)
  func none(placement: BatchNormalizationPlacement, rule: Optimizer.Rule) throws {
    var configuration = ToyData.configuration(batchNormalization: placement, steps: 300)
    configuration.optimizer = Optimizer(rule)
    configuration.schedule = .constant(rule == .adam || rule == .adamw ? 0.001 : 0.02)
    configuration.dropout = 0.2
    #expect(try warnings(of: configuration).isEmpty)
  }

  @Test("a loss that stays at ln K is told once, after 100 steps and a tenth of the run")
  func stuckLoss() throws {
    for (steps, expected) in [(80, nil), (200, 100), (1200, 120)] {
      var configuration = ToyData.configuration(batchNormalization: .none, steps: steps)
      configuration.initialization = .fixed(1e-6)
      let found = try warnings(of: configuration).filter { $0.sign == .stuckLoss }
      // Ten steps an epoch, an evaluation every twenty.
      #expect(found.map(\.step) == (expected.map { [$0] } ?? []))
      #expect(found.allSatisfy { $0.layer == nil && $0.description.contains("training loss") })
    }
  }

  @Test("the loss of chance is the entropy of the labels")
  func chance() throws {
    func entropy(_ labels: [Int]) throws -> Double {
      try Dataset(
        values: labels.map(Float.init), columns: 1, labels: labels,
        classNames: ["a", "b", "c", "d"]
      ).labelEntropy
    }
    #expect(abs(try entropy([0, 1, 2, 3]) - log(4)) < 1e-15)
    #expect(abs(try entropy([0, 0, 0, 1]) - (log(4) - 0.75 * log(3))) < 1e-15)
    #expect(try entropy([2, 2]) == 0)
  }

  /// Weights with which so many units of the second hidden layer are 0 whatever comes in.
  private func network(
    deadUnits: Int, _ placement: BatchNormalizationPlacement
  ) throws -> Network {
    let architecture = try ToyData.configuration(batchNormalization: placement)
      .architecture(for: ToyData.split().training)
    var stream = RandomStream(seed: 1, for: .weights)
    var network = Network(architecture, initialization: .he, using: &stream)
    let slices = network.layout.layers[1]
    let shift = placement == .before ? slices.shift : slices.bias
    let values = (0..<12).map { $0 < deadUnits ? Float(-1000) : 0 }
    if let shift { network.parameters.setValues(values, in: shift) }
    return network
  }

  @Test(
    "more than half of a layer's units at 0 are told with the layer",
    arguments: [BatchNormalizationPlacement.none, .before])
  func deadUnits(placement: BatchNormalizationPlacement) throws {
    var configuration = ToyData.configuration(batchNormalization: placement)
    configuration.schedule = .constant(0.001)
    configuration.dropout = 0.5
    func found(_ deadUnits: Int) throws -> [TrainingWarning] {
      try warnings(of: configuration, from: network(deadUnits: deadUnits, placement))
        .filter { $0.sign == .deadUnits }
    }
    let nine = try found(9)
    #expect(nine.map(\.layer) == [1])
    #expect(nine.allSatisfy { $0.description.contains("9 of the 12 units of layers.1 are 0") })
    #expect(try found(6).isEmpty)
  }

  @Test("with normalization after the ReLU, what the ReLU gives counts")
  func deadBeforeNormalization() throws {
    var configuration = ToyData.configuration(batchNormalization: .after)
    configuration.schedule = .constant(0.001)
    let found = try warnings(of: configuration, from: network(deadUnits: 9, .after))
    #expect(found.filter { $0.sign == .deadUnits }.map(\.layer) == [1])
  }

  @Test("a gradient that grows on its way back is told at the step where it does")
  func explodingGradient() throws {
    var configuration = ToyData.configuration(
      hidden: Array(repeating: 30, count: 8), batchNormalization: .none, steps: 1)
    configuration.initialization = .fixed(0.8)
    configuration.schedule = .constant(1e-12)
    let found = try warnings(of: configuration).filter { $0.sign == .explodingGradient }
    #expect(found.map(\.step) == [1])
    #expect(found.first?.layer == 0)
  }

  @Test("looking for signs changes no bit")
  func sameBits() throws {
    var configuration = ToyData.configuration(steps: 60)
    configuration.dropout = 0.3
    configuration.augmentation.flips = true
    let watched = try Trainer(configuration, data: ToyData.split(), threads: 2)
    try watched.run { _ in }
    let plain = try Trainer(configuration, data: ToyData.split(), threads: 2)
    while plain.step < plain.length.updateSteps { try plain.advance() }
    #expect(watched.network == plain.network)
  }
}
