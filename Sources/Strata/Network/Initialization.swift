/// The standard deviation of the normal distribution that weights are drawn from; the mean is 0.
public enum Initialization: Sendable, Hashable {
  /// σ = √(2 / inputs) (He et al. 2015, equation 10, <https://arxiv.org/abs/1502.01852>).
  case he
  /// σ = √(1 / inputs) (after Glorot & Bengio 2010, with the inputs alone).
  case xavier
  /// One σ for all layers.
  case fixed(Double)

  /// σ of a layer with this many inputs.
  public func deviation(inputs: Int) -> Double {
    switch self {
    case .he: (2 / Double(inputs)).squareRoot()
    case .xavier: (1 / Double(inputs)).squareRoot()
    case .fixed(let deviation): deviation
    }
  }
}

/// A rule by its name, or σ as a number.
extension Initialization: Codable {
  /// Reads a name or a number.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let deviation = try? container.decode(Double.self) {
      self = .fixed(deviation)
      return
    }
    switch try container.decode(String.self) {
    case "he": self = .he
    case "xavier": self = .xavier
    case let name:
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected he, xavier or a number, found \(name)")
    }
  }

  /// Writes the name or the number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .he: try container.encode("he")
    case .xavier: try container.encode("xavier")
    case .fixed(let deviation): try container.encode(deviation)
    }
  }
}
