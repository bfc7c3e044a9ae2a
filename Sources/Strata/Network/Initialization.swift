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
