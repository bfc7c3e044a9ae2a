import Foundation

/// What mpmath, SciPy and statsmodels find (Scripts/statistics-golden.py).
struct StatisticsFixture: Decodable, Sendable {
  struct Missing: Error {}

  struct Sample: Decodable, Sendable {
    let values: [Double]
    let mean, deviation, error, minimum, maximum, median: Double
    let interval95, interval99, prediction: [Double]
  }

  struct Pairs: Decodable, Sendable {
    let values, baseline: [Double]
    let t: Double?
    let p: Double
    let interval: [Double]?
  }

  struct Correction: Decodable, Sendable {
    let p, adjusted: [Double]
  }

  /// Degrees of freedom, share, quantile.
  let studentQuantiles: [[Double]]
  /// Degrees of freedom, t, P(T ≤ t).
  let student: [[Double]]
  /// Share, quantile.
  let normalQuantiles: [[Double]]
  /// z, P(Z ≤ z).
  let normal: [[Double]]
  /// a, b, share, quantile.
  let betaQuantiles: [[Double]]
  /// a, b, x, P(X ≤ x), P(X > x).
  let beta: [[Double]]
  /// Trials, probability, share, quantile.
  let binomialQuantiles: [[Double]]
  /// Trials, probability, count, P(X ≤ count), P(X > count).
  let binomial: [[Double]]
  let samples: [Sample]
  let paired, signFlips: [Pairs]
  /// Successes, count, level, lower end, upper end.
  let wilson: [[Double]]
  /// The two discordant counts, p.
  let mcnemar: [[Double]]
  let holm: [Correction]

  static func read() throws -> StatisticsFixture {
    let url = Bundle.module.url(
      forResource: "statistics", withExtension: "json", subdirectory: "Fixtures")
    guard let url else { throw Missing() }
    return try JSONDecoder().decode(StatisticsFixture.self, from: Data(contentsOf: url))
  }
}

/// The largest |found − expected| / |expected|; infinite where one is NaN or a zero is missed.
func worstRelativeError(_ found: [Double], _ expected: [Double]) -> Double {
  guard found.count == expected.count, !found.isEmpty else { return .infinity }
  return zip(found, expected).map { found, expected in
    if found == expected { return 0 }
    let error = abs(found - expected) / abs(expected)
    return error.isNaN ? .infinity : error
  }.max() ?? .infinity
}
