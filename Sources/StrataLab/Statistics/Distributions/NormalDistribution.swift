import CLibrary

/// The normal distribution of mean 0 and deviation 1.
package enum NormalDistribution {
  /// Φ(z) = P(Z ≤ z) = ½ erfc(−z/√2); NaN for NaN.
  package static func cumulative(_ z: Double) -> Double {
    0.5 * erfc(-z * 0.5.squareRoot())
  }

  /// Φ⁻¹(p), the z below which the share `p` lies; NaN unless 0 ≤ p ≤ 1.
  package static func quantile(_ p: Double) -> Double {
    guard (0...1).contains(p) else { return .nan }
    let tail = min(p, 1 - p)
    let size = tail < 0.25 ? -lowQuantile(tail) : centralQuantile(1 - 2 * tail)
    return p < 0.5 ? -size : size
  }

  /// Solves ln Φ(z) = ln p: the logarithm is concave, and Φ(z) < ½ exp(−z²/2) gives a start.
  private static func lowQuantile(_ p: Double) -> Double {
    rootOfConcave(from: -(-2 * log(p)).squareRoot()) { z in
      let cumulative = cumulative(z)
      return (log(cumulative) - log(p), density(z) / cumulative)
    }
  }

  /// Solves P(|Z| < z) = erf(z/√2) = `share`, which is concave for z > 0.
  private static func centralQuantile(_ share: Double) -> Double {
    rootOfConcave(from: 0) { z in (erf(z * 0.5.squareRoot()) - share, 2 * density(z)) }
  }

  /// φ(z) = exp(−z²/2) / √(2π).
  private static func density(_ z: Double) -> Double {
    exp(-0.5 * z * z) / (2 * Double.pi).squareRoot()
  }
}
