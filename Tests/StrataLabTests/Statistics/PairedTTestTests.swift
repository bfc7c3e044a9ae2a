import Strata
import StrataLab
import Testing

@Suite("The paired t-test")
struct PairedTTestTests {
  @Test("statistic, p-value and interval are SciPy's")
  func golden() throws {
    for row in try StatisticsFixture.read().paired {
      let test = try PairedTTest(PairedDifferences(of: row.values, from: row.baseline))
      let found = [
        test.statistic ?? .nan, test.pValue ?? .nan, test.interval.lower, test.interval.upper,
      ]
      let expected = try [#require(row.t), row.p] + #require(row.interval)
      // Differences have lost two or three digits already.
      #expect(worstRelativeError(found, expected) < 1e-10)
    }
  }

  @Test("differences without a spread have a mean and no p-value")
  func constant() throws {
    // Each 0.01, but for rounding.
    let test = try PairedTTest(
      PairedDifferences(of: [0.53, 0.56, 0.29], from: [0.52, 0.55, 0.28]))
    #expect(test.statistic == nil && test.pValue == nil)
    #expect(abs(test.summary.mean - 0.01) < 1e-15)
    #expect(try PairedTTest(PairedDifferences(of: [1, 2], from: [1, 2])).pValue == nil)
  }

  @Test("a single pair and a level that is no probability are refused")
  func refused() throws {
    let one = try PairedDifferences(of: [1], from: [2])
    let error = #expect(throws: ConfigurationError.self) { try PairedTTest(one) }
    #expect(
      error?.description == "pairs: expected at least 2 numbers, found 1; take more seeds.")
    let two = try PairedDifferences(of: [1, 2], from: [2, 2])
    for level in [0, 1, Double.nan] {
      #expect(throws: ConfigurationError.self) { try PairedTTest(two, level: level) }
    }
  }
}
