import CLibrary

/// The beta distribution, with density x^(a−1) (1 − x)^(b−1) / B(a, b) on [0, 1].
package struct BetaDistribution: Sendable, Hashable {
  /// The exponent of x plus 1.
  package let a: Double
  /// The exponent of 1 − x plus 1.
  package let b: Double

  /// Creates the distribution; `nil` unless both shapes lie between 10⁻⁶ and 10⁹.
  package init?(a: Double, b: Double) {
    guard IncompleteBeta.shapes.contains(a), IncompleteBeta.shapes.contains(b) else { return nil }
    (self.a, self.b) = (a, b)
  }

  /// P(X ≤ x) = I_x(a, b); NaN for NaN.
  package func cumulative(_ x: Double) -> Double {
    x.isNaN ? x : IncompleteBeta(x, complement: 1 - x, a, b).lower
  }

  /// P(X > x) = 1 − I_x(a, b), with all digits where it is small; NaN for NaN.
  package func upperTail(_ x: Double) -> Double {
    x.isNaN ? x : IncompleteBeta(x, complement: 1 - x, a, b).upper
  }

  /// The x below which the share `p` lies; NaN unless 0 ≤ p ≤ 1.
  package func quantile(_ p: Double) -> Double {
    guard (0...1).contains(p) else { return .nan }
    return 1 / (1 + exp(-logOdds(lower: p, upper: 1 - p)))
  }

  /// ln(x / (1 − x)) of the x with `lower` below it and `upper` = 1 − `lower` above it.
  ///
  /// The logarithm of a tail is a concave function of these log-odds w, since the density of w,
  /// xᵃ (1 − x)ᵇ / B(a, b), is log-concave (Bagnoli & Bergstrom 2005, theorem 1). It comes near to
  /// the line a w − ln(a B(a, b)) far out and is nowhere above it, so Newton's method starts there.
  func logOdds(lower: Double, upper: Double) -> Double {
    if lower > upper {
      return -BetaDistribution(swapping: self).logOdds(lower: upper, upper: lower)
    }
    let target = log(lower)
    let start = (target + lgamma(a + 1) + lgamma(b) - lgamma(a + b)) / a
    return rootOfConcave(from: start) { logOdds in
      let x = 1 / (1 + exp(-logOdds))
      let y = 1 / (1 + exp(logOdds))
      let beta = IncompleteBeta(x, complement: y, a, b)
      return (beta.logLower - target, exp(beta.logPower - beta.logLower))
    }
  }

  /// The distribution of 1 − X.
  private init(swapping other: BetaDistribution) {
    (a, b) = (other.b, other.a)
  }
}
