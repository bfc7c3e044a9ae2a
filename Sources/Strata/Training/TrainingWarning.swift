/// A warning of a run that may end badly; it changes no result.
public struct TrainingWarning: Sendable, Hashable, CustomStringConvertible {
  /// The kind of a warning.
  public enum Sign: String, Sendable, Hashable, CaseIterable {
    /// More than half of a layer's units are 0 for every image of a sample.
    case deadUnits = "dead-units"
    /// The gradient of a hidden layer is far above that of the outputs.
    case explodingGradient = "exploding-gradient"
    /// The training loss stays at that of guessing by class frequency, ln K for balanced classes.
    case stuckLoss = "stuck-loss"
  }

  /// The kind.
  public let sign: Sign
  /// The update steps that had been made.
  public let step: Int
  /// The layer, counted from 0 as in the model file; `nil` for the network as a whole.
  public let layer: Int?
  /// The finding, for a person.
  public let finding: String

  /// Creates a warning from its parts.
  public init(_ sign: Sign, step: Int, layer: Int?, finding: String) {
    self.sign = sign
    self.step = step
    self.layer = layer
    self.finding = finding
  }

  /// One sentence: the finding, its step and some advice.
  public var description: String {
    "at step \(step), \(finding); \(advice)."
  }

  private var advice: String {
    switch sign {
    case .deadUnits: "try a smaller eta-max or eta, init he, or batch-norm before"
    case .explodingGradient: "try a smaller eta-max or eta, a smaller init, or batch-norm before"
    case .stuckLoss:
      "try init he, batch-norm before, another eta-max or eta, or a smaller lambda"
    }
  }
}

extension TrainingWarning {
  /// The warning as it stands in a checkpoint.
  var json: JSONValue {
    .object([
      .init("sign", .string(sign.rawValue)), .init("step", .integer(step)),
      .init("layer", layer.map { .integer($0) } ?? .null), .init("finding", .string(finding)),
    ])
  }

  /// Reads a warning of a checkpoint; `nil` when it is none.
  init?(_ json: JSONValue) {
    guard let sign = json["sign"]?.string.flatMap(Sign.init(rawValue:)),
      let step = json["step"]?.integer, let finding = json["finding"]?.string
    else { return nil }
    self.init(sign, step: step, layer: json["layer"]?.integer, finding: finding)
  }
}
