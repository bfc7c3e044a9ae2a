import CLibrary

/// The regularized incomplete beta function and what it lacks to 1, as logarithms.
///
///     I_x(a, b) = ∫₀ˣ t^(a−1) (1 − t)^(b−1) dt / B(a, b)
///
/// The side of the mean on which x lies is summed and the other is its complement, so that each
/// tail keeps its digits however small it is.
struct IncompleteBeta {
  /// ln I_x(a, b).
  let logLower: Double
  /// ln(1 − I_x(a, b)).
  let logUpper: Double
  /// xᵃ yᵇ / B(a, b), the derivative of I_x(a, b) by ln(x / y).
  let logPower: Double

  /// I_x(a, b).
  var lower: Double { exp(logLower) }
  /// 1 − I_x(a, b).
  var upper: Double { exp(logUpper) }

  /// The a and b for which the digits have been tested.
  static let shapes = 1e-6...1e9

  /// Computes both tails at x, whose complement `y` = 1 − x may have digits that x has not.
  ///
  /// - Precondition: a and b are among `shapes`.
  init(_ x: Double, complement y: Double, _ a: Double, _ b: Double) {
    guard x > 0, y > 0 else {
      let isBelow = x <= 0
      (logLower, logUpper) = isBelow ? (-.infinity, 0) : (0, -.infinity)
      logPower = -.infinity
      return
    }
    let sum = a + b
    // The smaller of x and y is the one whose digits can be trusted.
    let excess = x < y ? a.addingProduct(-sum, x) : (-b).addingProduct(sum, y)
    logPower = logBetaPower(x, y, a, b, excess: excess)
    if excess >= 0 {
      logLower = logPower - log(betaFraction(x, y, a, b, excess: excess))
      logUpper = logComplement(logLower)
    } else {
      logUpper = logPower - log(betaFraction(y, x, b, a, excess: -excess))
      logLower = logComplement(logUpper)
    }
  }
}

/// ln(1 − eᵛ) for v ≤ 0.
private func logComplement(_ value: Double) -> Double {
  log1p(-exp(min(value, 0)))
}

/// The continued fraction by which xᵃ yᵇ / B(a, b) is divided to give I_x(a, b).
///
///     β₀ + α₁/(β₁ + α₂/(β₂ + …))    α_m = (a + m − 1)(a + b + m − 1) m (b − m) x² / (a + 2m − 1)²
///     β_m = m + m (b − m) x / (a + 2m − 1) + (a + m)(a − (a + b) x + 1 + m (1 + y)) / (a + 2m + 1)
///
/// It is summed from its beginning by Lentz's method, in the form of Thompson & Barnett.
///
/// - Parameter excess: a − (a + b) x, not negative.
/// - Complexity: O(√(a + b)) terms near the mean, fewer elsewhere.
/// - SeeAlso: Didonato & Morris 1992, "Algorithm 708" (BFRAC); Thompson & Barnett 1986,
///   "Coulomb and Bessel functions of complex arguments and order".
private func betaFraction(
  _ x: Double, _ y: Double, _ a: Double, _ b: Double, excess: Double
) -> Double {
  let tiny = 1e-300
  var value = a * (excess + 1) / (a + 1)
  var numerator = value
  var denominator = 0.0
  for term in 1...100_000 {
    let m = Double(term)
    let odd = a + 2 * m - 1
    let step = m * (b - m) * x / odd
    let alpha = (a + m - 1) / odd * (a + b + m - 1) * step * x
    let beta = m + step + (a + m) / (odd + 2) * (excess + 1 + m * (1 + y))
    denominator = beta + alpha * denominator
    denominator = 1 / (denominator == 0 ? tiny : denominator)
    numerator = beta + alpha / numerator
    if numerator == 0 { numerator = tiny }
    value *= numerator * denominator
    if abs(numerator * denominator - 1) < 1e-16 { break }
  }
  return value
}
