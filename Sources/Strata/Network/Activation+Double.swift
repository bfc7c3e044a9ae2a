internal import Glibc

extension Activation {
  /// f(z).
  package func value(_ z: Double) -> Double {
    switch self {
    case .relu: z < 0 ? 0 : z
    case .leakyReLU: z < 0 ? 0.01 * z : z
    case .gelu: z / 2 * erfc(-z / 2.0.squareRoot())
    case .silu: z / (1 + exp(-z))
    case .tanh: Glibc.tanh(z)
    }
  }

  /// f′(z); at a kink that of the left.
  package func slope(_ z: Double) -> Double {
    switch self {
    case .relu: z > 0 ? 1 : 0
    case .leakyReLU: z > 0 ? 1 : 0.01
    case .gelu:
      // Φ(z) + z φ(z).
      erfc(-z / 2.0.squareRoot()) / 2 + z * exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    case .silu:
      // σ(z) (1 + z σ(−z)).
      (1 + z / (1 + exp(z))) / (1 + exp(-z))
    case .tanh: 1 / (cosh(z) * cosh(z))
    }
  }
}
