/// Where batch normalization stands in a hidden layer.
public enum BatchNormalizationPlacement: String, Sendable, Hashable, Codable, CaseIterable {
  /// No batch normalization.
  case none
  /// Between the linear map and the activation (Ioffe & Szegedy 2015, section 3.2).
  case before
  /// After the activation.
  case after
}

/// The shape of a fully connected network, without its numbers.
///
/// k = `hidden.count + 1` layers of weights. Layer l maps `width(of: l)` inputs to
/// `width(of: l + 1)` outputs in the steps of `operations(of: l)`; a softmax follows the last.
public struct Architecture: Sendable, Hashable, Codable {
  /// Numbers per input row, d.
  public let inputs: Int
  /// Units of each hidden layer; empty for softmax regression.
  public let hidden: [Int]
  /// Classes, K.
  public let classes: Int
  /// Where the hidden layers are normalized.
  public let batchNormalization: BatchNormalizationPlacement
  /// What hidden units make of their inputs.
  public let activation: Activation
  /// ε in √(v + ε): `epsilon` of ONNX's BatchNormalization and `eps` of PyTorch's BatchNorm1d
  /// (Ioffe & Szegedy 2015, algorithm 1, <https://arxiv.org/abs/1502.03167>).
  public let normalizationEpsilon: Float
  /// α, the weight of the OLD value: μ_av ← α μ_av + (1 − α) μ, and the same for v.
  public let statisticsDecay: Float

  /// The longest input row that is supported.
  public static let maximumInputs = 1 << 24
  /// The widest layer that is supported.
  public static let maximumWidth = 8192
  /// The most classes that are supported.
  public static let maximumClasses = 65_535
  /// The deepest network that is supported, in layers of weights.
  public static let maximumDepth = 50

  /// Checks and creates an architecture.
  ///
  /// - Throws: `ConfigurationError` for a width, depth, ε or α outside its range.
  public init(
    inputs: Int, hidden: [Int], classes: Int,
    batchNormalization: BatchNormalizationPlacement = .before, activation: Activation = .relu,
    normalizationEpsilon: Float = 1e-5, statisticsDecay: Float = 0.9
  ) throws {
    guard (1...Self.maximumInputs).contains(inputs) else {
      throw ConfigurationError(
        setting: "inputs", expected: "1 to \(Self.maximumInputs)", found: "\(inputs)")
    }
    guard SettingRange.widths.contains(hidden) else {
      throw ConfigurationError(
        setting: "hidden", expected: SettingRange.widths.expected,
        found: "\(hidden.prefix(Self.maximumDepth))")
    }
    guard (1...Self.maximumClasses).contains(classes) else {
      throw ConfigurationError(
        setting: "classes", expected: "1 to \(Self.maximumClasses)", found: "\(classes)")
    }
    try SettingRange.positive.require(Double(normalizationEpsilon), as: "normalization-epsilon")
    try SettingRange.decay.require(Double(statisticsDecay), as: "statistics-decay")
    self.inputs = inputs
    self.hidden = hidden
    self.classes = classes
    self.batchNormalization = batchNormalization
    self.activation = activation
    self.normalizationEpsilon = normalizationEpsilon
    self.statisticsDecay = statisticsDecay
  }

  /// Layers of weights, k.
  public var depth: Int { hidden.count + 1 }

  /// Whether hidden layers carry γ, β and running statistics.
  public var isNormalized: Bool { batchNormalization != .none && !hidden.isEmpty }

  /// The numbers that flow into layer `index`; `width(of: depth)` is the number of classes.
  public func width(of index: Int) -> Int {
    index == 0 ? inputs : index == depth ? classes : hidden[index - 1]
  }
}
