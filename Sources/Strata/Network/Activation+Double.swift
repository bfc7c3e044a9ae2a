internal import CLibrary

// Every activation in `Double`: what the kernels and their gradients are tested against.
extension Activation {
  /// f(z).
  package func value(_ z: Double) -> Double {
    switch self {
    case .relu: z < 0 ? 0 : z
    case .leakyReLU: z < 0 ? 0.01 * z : z
    case .gelu: z * normal(z)
    case .silu: z * logistic(z)
    case .tanh: Glibc.tanh(z)
    }
  }

  /// f′(z); at a kink that of the left.
  package func slope(_ z: Double) -> Double {
    switch self {
    case .relu: z > 0 ? 1 : 0
    case .leakyReLU: z > 0 ? 1 : 0.01
    case .gelu: normal(z) + z * exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    case .silu: logistic(z) * (1 + z * logistic(-z))
    case .tanh: 4 * logistic(2 * z) * logistic(-2 * z)
    }
  }

  /// f(z + δ) − f(z) for any δ, to a few roundings of its terms; no two nearly equal values of f are
  /// subtracted.
  package func change(at z: Double, by δ: Double) -> Double {
    switch self {
    case .relu, .leakyReLU:
      // On one side of the kink f is linear; across it one of the values is 0 or their signs differ.
      (z > 0) == (z + δ > 0) ? slope(z) * δ : value(z + δ) - value(z)
    case .gelu: δ * normal(z + δ) + z * normalChange(at: z, by: δ)
    case .silu: δ * logistic(z + δ) + z * logisticChange(at: z, by: δ)
    case .tanh: 2 * logisticChange(at: 2 * z, by: 2 * δ)
    }
  }

  /// Whether f′ jumps at 0.
  package var hasKink: Bool { self == .relu || self == .leakyReLU }
}

/// Φ(z) = (1 + erf(z/√2))/2.
private func normal(_ z: Double) -> Double { erfc(-z * 0.5.squareRoot()) / 2 }

/// Φ(z + δ) − Φ(z).
///
/// Where δ is small Φ′ is integrated by Gauss's formula with six points, whose error is below 1e-15 of
/// the integral there; elsewhere the two tails on the nearer side differ enough to be subtracted.
private func normalChange(at z: Double, by δ: Double) -> Double {
  guard abs(δ) * (1 + abs(z)) < 0.5 else {
    return 2 * z + δ > 0 ? normal(-z) - normal(-z - δ) : normal(z + δ) - normal(z)
  }
  let points = [
    (0.238619186083196909, 0.467913934572691047), (0.661209386466264514, 0.360761573048138608),
    (0.932469514203152028, 0.171324492379170345),
  ]
  let sum = points.reduce(0) { sum, point in
    [-point.0, point.0].reduce(sum) { sum, x in
      let t = z + δ * (1 + x) / 2
      return sum + point.1 * exp(-t * t / 2)
    }
  }
  return δ / 2 * sum / (2 * Double.pi).squareRoot()
}

/// σ(z) = 1/(1 + e⁻ᶻ).
private func logistic(_ z: Double) -> Double { 1 / (1 + exp(-z)) }

/// σ(z + δ) − σ(z) = σ(z + δ) σ(−z) (1 − e⁻ᵟ), written so that nothing overflows for δ < 0 either.
private func logisticChange(at z: Double, by δ: Double) -> Double {
  δ < 0
    ? logistic(z) * logistic(-z - δ) * expm1(δ) : -logistic(z + δ) * logistic(-z) * expm1(-δ)
}
