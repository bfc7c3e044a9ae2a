package import Strata

/// What a gradient check is made of, and how strict it is.
@dynamicMemberLookup
package struct GradientCheckSettings: Sendable, Hashable {
  /// The network, λ, dropout and the seed of the weights and of the samples.
  package var training = TrainingConfiguration()
  /// Numbers per random sample, d; real data brings its own.
  package var inputs = 20
  /// Samples in the batch, n.
  package var samples = 10
  /// Classes of random labels, K; real data brings its own.
  package var classes = 10
  /// h, by which a parameter moves to either side.
  package var step = 1e-9
  /// The floor of the denominator when the analytic gradient is compared with differences.
  package var epsilon = 1e-5
  /// The largest relative error that passes there.
  package var bound = 1e-6
  /// The same floor when the production gradient is compared with the reference's.
  package var productionEpsilon = 1e-4
  /// The largest relative error that passes there.
  package var productionBound = 1e-3

  /// The settings that the command starts from.
  package init() {}

  /// What it has in common with a training, as if it were its own.
  package subscript<Value>(
    dynamicMember path: WritableKeyPath<TrainingConfiguration, Value>
  ) -> Value {
    get { training[keyPath: path] }
    set { training[keyPath: path] = newValue }
  }

  /// The most parameters that are checked: each is moved on its own, twice.
  package static let maximumParameters = 2_000_000
  /// The most samples in a batch.
  package static let maximumSamples = 10_000
  /// The most numbers in a batch.
  package static let maximumNumbers = 50_000_000

  /// The network of these settings for rows of `inputs` numbers and `classes` classes.
  ///
  /// - Throws: `ConfigurationError` for a shape that is impossible, or too large to check.
  package func architecture(inputs: Int, classes: Int) throws -> Architecture {
    let limit = Self.maximumParameters
    let architecture = try Architecture(
      inputs: inputs, hidden: training.hidden, classes: classes,
      batchNormalization: training.batchNormalization, activation: training.activation,
      normalizationEpsilon: Float(training.normalizationEpsilon))
    let parameters = ParameterLayout(architecture).parameterCount
    guard parameters <= limit else {
      throw ConfigurationError(
        setting: "hidden", expected: "a network of at most \(limit) parameters",
        found: "\(parameters)", hint: "each parameter is moved on its own; take narrower layers")
    }
    return architecture
  }

  /// The hidden activations that every pass leaves out; `nil` for none.
  package var leftOut: Dropout? {
    training.dropout > 0
      ? Dropout(probability: training.dropout, seed: training.seed, step: 0) : nil
  }

  /// Checks every number but the shape of the network.
  ///
  /// - Throws: `ConfigurationError`.
  package func validate() throws {
    try training.validate()
    guard (1...Self.maximumParameters).contains(inputs) else {
      throw ConfigurationError(
        setting: "inputs", expected: "1 to \(Self.maximumParameters)", found: "\(inputs)")
    }
    let fewest = training.batchNormalization == .none || training.hidden.isEmpty ? 1 : 2
    guard (fewest...Self.maximumSamples).contains(samples) else {
      throw ConfigurationError(
        setting: "samples", expected: "\(fewest) to \(Self.maximumSamples)", found: "\(samples)",
        hint: samples == 1 ? "one sample has no variance for batch normalization" : "")
    }
    guard samples * inputs <= Self.maximumNumbers else {
      throw ConfigurationError(
        setting: "samples", expected: "at most \(Self.maximumNumbers / inputs) of \(inputs) inputs",
        found: "\(samples)")
    }
    for (name, value) in [("step", step), ("epsilon", epsilon)] {
      guard value >= 1e-12, value.isFinite else {
        throw ConfigurationError(
          setting: name, expected: "a finite number from 1e-12", found: "\(value)")
      }
    }
  }
}

extension Initialization {
  /// The word that stands for it on the command line: `he`, `xavier`, or σ.
  package var label: String {
    switch self {
    case .he: "he"
    case .xavier: "xavier"
    case .fixed(let deviation): "\(deviation)"
    }
  }
}
