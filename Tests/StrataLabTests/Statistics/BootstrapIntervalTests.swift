import Strata
import StrataLab
import Testing

@Suite("The bootstrap interval")
struct BootstrapIntervalTests {
  /// Both programs draw at random, so the mean ends of many intervals are compared: each end of one
  /// interval has SciPy's deviation, and the difference of two means that over √(1/runs + 1/20).
  @Test("on average over seeds, the ends are those of SciPy's BCa intervals")
  func golden() throws {
    for row in try StatisticsFixture.read().bootstrap {
      let seeds = 1...20 as ClosedRange<UInt64>
      let intervals = try seeds.map { seed in
        try BootstrapInterval(
          of: row.values, level: row.level, resamples: row.resamples, seed: seed,
          statistic: row.statistic == "mean" ? arithmeticMean : Self.median
        ).interval
      }
      let ends = [\Interval.lower, \.upper].map { end in
        arithmeticMean(intervals.map { $0[keyPath: end] })
      }
      let error = (1 / Double(row.runs) + 1 / Double(intervals.count)).squareRoot()
      for side in 0...1 {
        let tolerance = 4 * error * row.deviations[side] + 1e-12
        #expect(abs(ends[side] - row.means[side]) < tolerance, "\(row.statistic) \(side)")
      }
    }
  }

  @Test("an interval depends on numbers, level, count and seed alone")
  func seeds() throws {
    let values = [0.3, 0.1, 0.7, 1.9]
    let first = try BootstrapInterval(of: values, resamples: 500, seed: 1)
    #expect(try BootstrapInterval(of: values, resamples: 500, seed: 1) == first)
    #expect(try BootstrapInterval(of: values, resamples: 500, seed: 2) != first)
    #expect(first.estimate == 0.75 && first.interval.contains(0.75))
  }

  @Test("the acceleration is a sixth of the jackknife's skewness")
  func acceleration() throws {
    // Without 0, 0 and 3 the means are 1.5, 1.5 and 0: 1 less the deviations -½, -½ and 1.
    let interval = try BootstrapInterval(of: [0, 0, 3], resamples: 100)
    #expect(
      worstRelativeError([interval.acceleration], [0.75 / (6 * 1.5 * 1.5.squareRoot())]) < 1e-14)
  }

  @Test("equal numbers have a point for an interval")
  func constant() throws {
    let interval = try BootstrapInterval(of: [0.1, 0.1, 0.1], resamples: 100)
    #expect(interval.interval.lower == interval.estimate)
    #expect(interval.interval.upper == interval.estimate)
    #expect(interval.biasCorrection == 0 && interval.acceleration == 0)
  }

  @Test("without a finite bias correction the ends are plain quantiles")
  func infiniteBias() throws {
    // Of 30 different numbers, a sample with replacement never has all.
    let values = (0..<30).map { Double($0) }
    let interval = try BootstrapInterval(of: values, resamples: 1000) { Double(Set($0).count) }
    #expect(interval.biasCorrection == nil && interval.estimate == 30)
    // The number of different ones has mean 19.15 and deviation 1.74.
    #expect((15...17).contains(interval.interval.lower))
    #expect((21...23).contains(interval.interval.upper))
  }

  @Test("extreme levels end at the extreme resamples")
  func extremeLevels() throws {
    let values = [0.0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    for level in [1e-12, 1 - 1e-15] {
      let interval = try BootstrapInterval(of: values, level: level, resamples: 200).interval
      #expect(0 <= interval.lower && interval.lower <= interval.upper && interval.upper <= 1)
    }
  }

  @Test("what cannot be resampled is refused with a sentence")
  func refused() {
    let error = #expect(throws: ConfigurationError.self) { try BootstrapInterval(of: [1]) }
    #expect(
      error?.description == "sample: expected at least 2 numbers, found 1; take more seeds.")
    #expect(throws: ConfigurationError.self) { try BootstrapInterval(of: []) }
    #expect(throws: ConfigurationError.self) { try BootstrapInterval(of: [1, .nan]) }
    for resamples in [Int.min, 0, Int.max] {
      #expect(throws: ConfigurationError.self) {
        try BootstrapInterval(of: [1, 2], resamples: resamples)
      }
    }
    #expect(throws: ConfigurationError.self) { try BootstrapInterval(of: [1, 2], level: 1) }
    #expect(throws: ConfigurationError.self) {
      try BootstrapInterval(of: [1, 2], resamples: 9) { _ in .nan }
    }
  }

  private static func median(_ values: [Double]) -> Double {
    quantile(0.5, ofSorted: values.sorted()) ?? .nan
  }
}
