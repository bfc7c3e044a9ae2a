import Testing

@testable import Strata

@Suite("The first number that is not finite ends a run")
struct DivergenceTests {
  /// A wrong number that is put somewhere, and what must be said of it.
  struct Injection: CustomTestStringConvertible, Sendable {
    let tensor: String
    var optimizer = Optimizer.sgd
    var placement = BatchNormalizationPlacement.before
    var value = Float.nan
    let put: @Sendable (Trainer, _ layer: Int, Float) -> Void

    var testDescription: String { "\(value) in \(tensor), \(optimizer), \(placement)" }

    static func parameter(
      _ kind: ParameterKind, _ value: Float = .nan,
      _ placement: BatchNormalizationPlacement = .before, _ optimizer: Optimizer = .sgd
    ) -> Injection {
      Injection(
        tensor: kind.tensorName, optimizer: optimizer, placement: placement, value: value
      ) { trainer, layer, value in
        trainer.network.parameters[Self.offset(of: kind, layer, trainer.network)] = value
      }
    }

    static func state(_ index: Int, _ optimizer: Optimizer, _ value: Float = .nan) -> Injection {
      let name = "linear.weight.\(optimizer.stateNames[index])"
      return Injection(tensor: name, optimizer: optimizer, value: value) { trainer, layer, value in
        let offset = Self.offset(of: .weight, layer, trainer.network)
        trainer.withState { $0.engine.optimizerState[index][offset] = value }
      }
    }

    private static func offset(of kind: ParameterKind, _ layer: Int, _ network: Network) -> Int {
      network.layout.tensors.first { $0.kind == kind && $0.layer == layer }?.slice.offset ?? 0
    }
  }

  static let injections: [Injection] = [
    .parameter(.weight), .parameter(.weight, .infinity, .none), .parameter(.weight, .nan, .after),
    .parameter(.weight, .nan, .none, .adam), .parameter(.bias, .nan, .none),
    .parameter(.bias, -.infinity, .none), .parameter(.bias), .parameter(.scale),
    .parameter(.scale, -.infinity, .after), .parameter(.shift),
    .parameter(.shift, .infinity, .before, .momentum),
    .state(0, .momentum), .state(0, .momentum, -.infinity), .state(0, .adam), .state(1, .adam),
    .state(1, .adam, .infinity),
    Injection(tensor: "norm.running_mean") { trainer, layer, value in
      trainer.network.statistics.means[trainer.network.statistics.layers[layer].offset] = value
    },
    Injection(tensor: "norm.running_var", value: .infinity) { trainer, layer, value in
      trainer.network.statistics.variances[trainer.network.statistics.layers[layer].offset] = value
    },
  ]

  @Test(
    "at that very step, with layer and tensor", arguments: injections,
    [(layer: 0, threads: 1), (layer: 1, threads: 2)])
  func injected(_ injection: Injection, place: (layer: Int, threads: Int)) throws {
    for kernels in KernelSet.available {
      var configuration = ToyData.configuration(batchNormalization: injection.placement)
      configuration.optimizer = injection.optimizer
      configuration.schedule = .constant(0.001)
      let trainer = try Trainer(
        configuration, data: ToyData.split(), threads: place.threads, kernels: kernels)
      for _ in 0..<7 { try trainer.advance() }
      injection.put(trainer, place.layer, injection.value)
      var caught: DivergenceError?
      do { try trainer.advance() } catch let error as DivergenceError { caught = error }
      #expect(
        caught == DivergenceError(step: 7, layer: place.layer, tensor: injection.tensor),
        "\(kernels.name)")
    }
  }

  /// The error that ends a run.
  private func divergence(
    _ change: (inout TrainingConfiguration) -> Void, from weights: Network? = nil
  ) throws -> DivergenceError {
    var configuration = ToyData.configuration(batchNormalization: .none, steps: 500)
    change(&configuration)
    let trainer = try Trainer(
      configuration, data: ToyData.split(), initialWeights: weights, threads: 2)
    var caught: DivergenceError?
    do { try trainer.run { _ in } } catch let error as DivergenceError { caught = error }
    let error = try #require(caught)
    #expect(error.step == trainer.step)
    return error
  }

  @Test("a run that diverges stops within a few steps")
  func rate() throws {
    let error = try divergence { $0.schedule = .constant(1e30) }
    #expect(error.step < 5)
    #expect(error.layer != nil)
  }

  @Test("a gradient whose square overflows ends a run with Adam, rather than hold its parameter")
  func squares() throws {
    let error = try divergence {
      $0.optimizer = .adam
      $0.schedule = .constant(1e-6)
      $0.initialization = .fixed(1e-5)
      $0.lambda = 1e30
    }
    #expect(error == DivergenceError(step: 0, layer: 2, tensor: "linear.weight.square"))
  }

  /// A drawn network, of which something is changed.
  private func network(_ change: (inout Network) -> Void) throws -> Network {
    let architecture = try ToyData.configuration(batchNormalization: .none)
      .architecture(for: ToyData.split().training)
    var stream = RandomStream(seed: 1, for: .weights)
    var network = Network(architecture, initialization: .he, using: &stream)
    change(&network)
    return network
  }

  private func fill(_ slice: Slice, of network: inout Network, with value: Float) {
    let count = slice.rows * slice.columns
    network.parameters.setValues([Float](repeating: value, count: count), in: slice)
  }

  @Test("the layer whose output overflows is named")
  func output() throws {
    let network = try network { fill($0.layout.layers[1].weight, of: &$0, with: 3e38) }
    let error = try divergence({ _ in }, from: network)
    #expect(error == DivergenceError(step: 0, layer: 1, tensor: "output"))
  }

  @Test("the layer whose gradient overflows on the way back is named")
  func gradient() throws {
    let label = Int(try ToyData.split().training.labels[0])
    // Hidden outputs of 1e-30 keep the logits finite; 3·10³⁸ − (−3·10³⁸) is not on the way back.
    let network = try network { network in
      fill(network.layout.layers[1].weight, of: &network, with: 0)
      fill(network.layout.layers[1].bias, of: &network, with: 1e-30)
      let last = network.layout.layers[2].weight
      fill(last, of: &network, with: 0)
      for (row, value) in [(label, Float(-3e38)), ((label + 1) % 4, 3e38)] {
        network.parameters[last.offset + row * last.stride] = value
      }
    }
    let error = try divergence(
      {
        $0.batchSize = 1
        $0.shuffles = false
      }, from: network)
    #expect(error == DivergenceError(step: 0, layer: 1, tensor: "output.gradient"))
  }

  @Test("running statistics that overflow end the run")
  func statistics() throws {
    let error = try divergence {
      $0.batchNormalization = .before
      $0.initialization = .fixed(1e19)
    }
    #expect(error == DivergenceError(step: 0, layer: 0, tensor: "norm.running_var"))
  }

  @Test("a cost that overflows only where it is measured ends the run")
  func measurement() throws {
    var configuration = ToyData.configuration(batchNormalization: .before)
    configuration.statisticsDecay = 1 - 1e-6
    let trainer = try Trainer(configuration, data: ToyData.split(), threads: 1)
    try trainer.advance()
    // The decay keeps these, which training does not look at.
    for slice in trainer.network.statistics.layers {
      trainer.network.statistics.means.setValues(
        [Float](repeating: -3e38, count: slice.columns), in: slice)
    }
    var caught: DivergenceError?
    do { try trainer.run { _ in } } catch let error as DivergenceError { caught = error }
    #expect(
      caught == DivergenceError(step: 20, layer: nil, tensor: "the cost of the training images"))
  }
}
