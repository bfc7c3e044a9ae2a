internal import Strata

/// The test of whether paired differences are as likely to be negative as positive.
///
/// If the two settings do not differ, each difference might as well have the other sign. The p-value
/// is the share of the 2ⁿ patterns of signs whose sum is at least as far from 0 as the one observed
/// (Fisher 1935, "The design of experiments", section 21). No distribution is assumed. With n pairs it
/// is at least 2¹⁻ⁿ: five seeds cannot show more than p = 0.0625.
package struct SignFlipTest: Sendable, Hashable {
  /// d̄.
  package let mean: Double
  /// The two-sided p-value.
  package let pValue: Double
  /// Whether all patterns were counted, rather than a sample of them.
  package let isExact: Bool

  /// Up to this many pairs, all patterns are counted.
  package static let mostExactPairs = 16

  /// Tests differences.
  ///
  /// Beyond `mostExactPairs` pairs, `draws` patterns are drawn and the observed one is counted among
  /// them: p = (1 + those as extreme) / (1 + draws) (Phipson & Smyth 2010, "Permutation p-values
  /// should never be zero"). Sums that differ by rounding alone count as equal.
  ///
  /// - Throws: `ConfigurationError` unless there is a draw.
  package init(_ pairs: PairedDifferences, draws: Int = 99_999, seed: UInt64 = 1) throws {
    guard draws > 0 else {
      throw ConfigurationError(setting: "draws", expected: "1 or more", found: "\(draws)")
    }
    mean = try SampleSummary(pairs.differences).mean
    isExact = pairs.differences.count <= Self.mostExactPairs
    let least = abs(pairs.differences.reduce(0, +)) - pairs.rounding
    if isExact {
      let sums = Self.sumsOfAllSigns(pairs.differences)
      let extreme = sums.count { abs($0) >= least }
      pValue = Double(extreme) / Double(sums.count)
    } else {
      var random = RandomStream(seed: seed, for: .signs)
      let extreme = (0..<draws).count { _ in
        abs(Self.sumOfRandomSigns(pairs.differences, using: &random)) >= least
      }
      pValue = (Double(extreme) + 1) / (Double(draws) + 1)
    }
  }

  /// ±d₁ ± d₂ … ± dₙ for every pattern of signs; 2ⁿ sums.
  private static func sumsOfAllSigns(_ differences: [Double]) -> [Double] {
    differences.reduce([0]) { sums, difference in
      sums.map { $0 + difference } + sums.map { $0 - difference }
    }
  }

  /// ±d₁ ± d₂ … ± dₙ with a random bit for each sign.
  private static func sumOfRandomSigns(
    _ differences: [Double], using random: inout RandomStream
  ) -> Double {
    var sum = 0.0
    var bits: UInt64 = 0
    for (index, difference) in differences.enumerated() {
      if index % 64 == 0 { bits = random.next() }
      sum += bits & 1 == 0 ? difference : -difference
      bits >>= 1
    }
    return sum
  }
}
