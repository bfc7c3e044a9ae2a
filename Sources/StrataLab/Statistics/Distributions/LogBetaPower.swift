import CLibrary

/// The logarithm of xᵃ yᵇ / B(a, b), where y = 1 − x.
///
/// Logarithms of the gamma function would lose as many digits as they have before the point; Loader
/// takes their large parts out first:
///
///     ½ ln(a b / (2π (a + b))) + δ(a + b) − δ(a) − δ(b) − D(a, (a + b) x) − D(b, (a + b) y)
///
/// - Parameter excess: a − (a + b) x, which is also (a + b) y − b.
/// - SeeAlso: Loader 2000, "Fast and accurate computation of binomial probabilities".
func logBetaPower(_ x: Double, _ y: Double, _ a: Double, _ b: Double, excess: Double) -> Double {
  let sum = a + b
  return 0.5 * log(a / sum * b / (2 * Double.pi))
    + (stirlingError(sum) - stirlingError(a) - stirlingError(b))
    - deviance(of: a, from: sum * x, excess: excess)
    - deviance(of: b, from: sum * y, excess: -excess)
}

/// What Stirling's formula lacks: δ(n) = ln Γ(n + 1) − (n + ½) ln n + n − ½ ln 2π, for n > 0.
///
/// - SeeAlso: Abramowitz & Stegun 1964, 6.1.41, for the series.
private func stirlingError(_ n: Double) -> Double {
  guard n > 12 else {
    return lgamma(n + 1) - (n + 0.5) * log(n) + n - 0.5 * log(2 * Double.pi)
  }
  let square = n * n
  let terms = [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360]
  return terms.reversed().reduce(0) { $0 / square + $1 } / n
}

/// D(value, mean) = value ln(value / mean) + mean − value, also where the two are almost equal.
///
/// - Parameter excess: value − mean, to more digits than their difference has.
/// - SeeAlso: Loader 2000, on the deviance: with v = (value − mean) / (value + mean),
///   D = (value − mean) v + 2 value (v³/3 + v⁵/5 + …).
private func deviance(of value: Double, from mean: Double, excess: Double) -> Double {
  let ratio = excess / (value + mean)
  guard abs(ratio) < 0.1 else { return value * log(value / mean) - excess }
  var power = 2 * value * ratio
  var sum = excess * ratio
  for odd in stride(from: 3.0, through: 31, by: 2) {
    power *= ratio * ratio
    sum += power / odd
  }
  return sum
}
