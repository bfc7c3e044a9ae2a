import Strata
import Testing

@Suite struct GradientStatisticsTests {
  /// numpy.mean, numpy.std and numpy.max of a and of a − g.
  @Test("mean, deviation and signed maximum are those that NumPy gives")
  func definition() throws {
    let found = try #require(
      GradientStatistics([(1, 0.5), (-2, -1), (4, 4.25), (0.5, 1.5)]))
    expectClose(
      [
        found.mean, found.std, found.meanDifference, found.stdDifference, found.maxDifference,
      ],
      [0.875, 2.1323402636539974, -0.4375, 0.6218671481916375, 0.5], relative: 1e-14, absolute: 0)
  }

  @Test("where every difference is negative, so is the largest")
  func negative() throws {
    #expect(try #require(GradientStatistics([(1, 2), (1, 1.25), (0, 9)])).maxDifference == -0.25)
  }

  @Test("no entries have no statistics, and a NaN is not hidden")
  func extremes() throws {
    #expect(GradientStatistics([]) == nil)
    for pairs in [[(Double.nan, 1.0), (1, 0)], [(1, 0), (1, .nan)]] {
      let found = try #require(GradientStatistics(pairs))
      #expect(found.meanDifference.isNaN && found.stdDifference.isNaN && found.maxDifference.isNaN)
    }
  }
}
