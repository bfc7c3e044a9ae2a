internal import Strata

/// Efron's bias-corrected and accelerated bootstrap interval, BCa.
///
/// The statistic is computed of many samples drawn with replacement from the sample itself. The ends
/// are quantiles of those numbers, at shares that make up for the bias z₀ of the statistic and for
/// the change a of its deviation with its value:
///
///     α(z) = Φ(z₀ + (z₀ + z) / (1 − a (z₀ + z)))    z = Φ⁻¹((1 ∓ level)/2)
///
/// - SeeAlso: Efron 1987, "Better bootstrap confidence intervals"; DiCiccio & Efron 1996, "Bootstrap
///   confidence intervals", section 2.
package struct BootstrapInterval: Sendable, Hashable {
  /// The statistic of the sample itself.
  package let estimate: Double
  /// The interval of what the statistic estimates; a point for numbers that are all the same.
  package let interval: Interval
  /// z₀, the normal quantile of the share of resamples whose statistic is less than the estimate.
  ///
  /// Those that equal it count by half. `nil` where all or none are less, so that z₀ would be
  /// infinite: the ends are then the quantiles at (1 ∓ level)/2, without either correction.
  package let biasCorrection: Double?
  /// a, a sixth of the skewness of the jackknife's numbers; 0 where those are all the same.
  package let acceleration: Double

  /// More than these would need too much memory, and change no digit that matters.
  package static let mostResamples = 10_000_000

  /// Resamples numbers.
  ///
  /// - Parameters:
  ///   - resamples: The ends vary with the seed by about 1/√`resamples` of the interval's length.
  ///   - statistic: In the unit of the numbers, such as their mean; of any count of them but 0.
  /// - Throws: `ConfigurationError` for fewer than two numbers, one that is not finite or beyond
  ///   ±10¹⁵⁰, no resamples or too many, unless 0 < `level` < 1, and where the statistic is not finite.
  /// - Complexity: `resamples` times that of the statistic.
  package init(
    of values: [Double], level: Double = 0.95, resamples: Int = 10_000, seed: UInt64 = 1,
    statistic: ([Double]) -> Double = arithmeticMean
  ) throws {
    try checkSample(values, named: "sample", fewest: 2)
    try checkLevel(level)
    guard (1...Self.mostResamples).contains(resamples) else {
      throw ConfigurationError(
        setting: "resamples", expected: "1 to \(Self.mostResamples)", found: "\(resamples)")
    }
    estimate = statistic(values)
    let replicates = Self.replicates(of: values, resamples, seed: seed, statistic).sorted()
    let jackknife = Self.jackknife(values, statistic)
    for number in [estimate] + replicates + jackknife where !number.isFinite {
      throw ConfigurationError(
        setting: "statistic", expected: "a finite number of every sample", found: "\(number)")
    }
    let rounding = 1e-12 * (values.map { abs($0) }.max() ?? 0)
    acceleration = Self.acceleration(jackknife, rounding: rounding)
    biasCorrection = Self.biasCorrection(replicates, estimate: estimate, rounding: rounding)
    var (low, high) = ((1 - level) / 2, (1 + level) / 2)
    if let biasCorrection {
      low = Self.corrected(low, bias: biasCorrection, acceleration: acceleration)
      high = Self.corrected(high, bias: biasCorrection, acceleration: acceleration)
    }
    interval = Interval(
      lower: quantile(low, ofSorted: replicates) ?? estimate,
      upper: quantile(high, ofSorted: replicates) ?? estimate, level: level)
  }

  /// The statistic of samples of the same size, drawn with replacement.
  private static func replicates(
    of values: [Double], _ resamples: Int, seed: UInt64, _ statistic: ([Double]) -> Double
  ) -> [Double] {
    var random = RandomStream(seed: seed, for: .resamples)
    var drawn = values
    return (0..<resamples).map { _ in
      for index in drawn.indices { drawn[index] = values[random.integer(below: values.count)] }
      return statistic(drawn)
    }
  }

  /// The statistic of the sample without each of its numbers in turn.
  private static func jackknife(
    _ values: [Double], _ statistic: ([Double]) -> Double
  ) -> [Double] {
    values.indices.map { left in
      var others = values
      others.remove(at: left)
      return statistic(others)
    }
  }

  /// z₀ = Φ⁻¹((those less + ½ those equal) / all); `nil` where that is infinite.
  private static func biasCorrection(
    _ replicates: [Double], estimate: Double, rounding: Double
  ) -> Double? {
    let less = replicates.count { $0 < estimate - rounding }
    let greater = replicates.count { $0 > estimate + rounding }
    let share = 0.5 * Double(replicates.count + less - greater) / Double(replicates.count)
    let bias = NormalDistribution.quantile(share)
    return bias.isFinite ? bias : nil
  }

  /// a = Σ dᵢ³ / (6 (Σ dᵢ²)^(3/2)), dᵢ the mean of the jackknife's numbers minus the i-th.
  private static func acceleration(_ jackknife: [Double], rounding: Double) -> Double {
    let mean = arithmeticMean(jackknife)
    let largest = jackknife.map { abs($0 - mean) }.max() ?? 0
    guard largest > rounding else { return 0 }
    // In units of the largest, so that no power overflows.
    let deviations = jackknife.map { (mean - $0) / largest }
    let squares = deviations.reduce(0) { $0 + $1 * $1 }
    return deviations.reduce(0) { $0 + $1 * $1 * $1 } / (6 * squares * squares.squareRoot())
  }

  /// α(z) of the z below which `share` lies.
  ///
  /// Since |a| ≤ 1/6, the denominator is positive unless |z₀ + z| ≥ 6; there α has reached 0 or 1.
  private static func corrected(_ share: Double, bias: Double, acceleration: Double) -> Double {
    let z = bias + NormalDistribution.quantile(share)
    let denominator = 1 - acceleration * z
    guard denominator > 0 else { return z < 0 ? 0 : 1 }
    return NormalDistribution.cumulative(bias + z / denominator)
  }
}

/// (1/n) Σ xᵢ, added in the given order.
package func arithmeticMean(_ values: [Double]) -> Double {
  values.reduce(0, +) / Double(values.count)
}
