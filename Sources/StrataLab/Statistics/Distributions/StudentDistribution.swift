import CLibrary

/// Student's t distribution.
///
/// Abramowitz & Stegun 1964, 26.7.1: with ν degrees of freedom and x = ν / (ν + t²),
/// P(|T| > t) = I_x(ν/2, ½).
package struct StudentDistribution: Sendable, Hashable {
  /// ν.
  package let degreesOfFreedom: Double
  private let beta: BetaDistribution

  /// Creates the distribution; `nil` unless ν/2 lies between 10⁻⁶ and 10⁹.
  package init?(degreesOfFreedom: Double) {
    guard let beta = BetaDistribution(a: degreesOfFreedom / 2, b: 0.5) else { return nil }
    self.degreesOfFreedom = degreesOfFreedom
    self.beta = beta
  }

  /// P(T ≤ t), with all digits in the lower tail; NaN for NaN.
  package func cumulative(_ t: Double) -> Double {
    t < 0 ? twoTails(t) / 2 : 1 - twoTails(t) / 2
  }

  /// P(|T| ≥ |t|); NaN for NaN.
  package func twoTails(_ t: Double) -> Double {
    guard !t.isNaN else { return t }
    let square = t * t / degreesOfFreedom
    return IncompleteBeta(1 / (1 + square), complement: 1 / (1 + 1 / square), beta.a, beta.b).lower
  }

  /// The t below which the share `p` lies; NaN unless 0 ≤ p ≤ 1.
  package func quantile(_ p: Double) -> Double {
    guard (0...1).contains(p) else { return .nan }
    let tail = min(p, 1 - p)
    // x / (1 − x) = ν / t²
    let logOdds = beta.logOdds(lower: 2 * tail, upper: 1 - 2 * tail)
    let size = degreesOfFreedom.squareRoot() * exp(-logOdds / 2)
    return p < 0.5 ? -size : size
  }
}
