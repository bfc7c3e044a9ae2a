import Strata
import StrataLab
import Testing

@Suite("Quantiles")
struct QuantileTests {
  private static let shares = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]

  @Test(
    "quantiles are NumPy's (Scripts/quantiles.py)",
    arguments: [
      (1, [Double](repeating: 0.6180339887498949, count: 7)),
      (
        2,
        [
          0.2360679774997898, 0.2551662780622951, 0.3315594803123161, 0.42705098312484235,
          0.5225424859373686, 0.5989356881873896, 0.6180339887498949,
        ]
      ),
      (
        4,
        [
          0.2360679774997898, 0.2714781741247583, 0.41311896062463216, 0.5450849718747373,
          0.6770509831248424, 0.8186917696247161, 0.8541019662496847,
        ]
      ),
      (
        5,
        [
          0.09016994374947451, 0.11934955049953758, 0.2360679774997898, 0.4721359549995796,
          0.6180339887498949, 0.8068883707497267, 0.8541019662496847,
        ]
      ),
      (
        11,
        [
          0.09016994374947451, 0.13525491562421177, 0.28115294937452706, 0.5623058987490541,
          0.7532889043741067, 0.899186938124422, 0.9442719099991592,
        ]
      ),
      (
        40,
        [
          0.013155617496426686, 0.06716161480983579, 0.24593469062210982, 0.4959346906221098,
          0.7266811090588479, 0.9240499855595607, 0.978713763747793,
        ]
      ),
    ])
  func numpy(count: Int, expected: [Double]) {
    let values = (1...count).map {
      (Double($0) * 0.6180339887498949).truncatingRemainder(dividingBy: 1)
    }
    let found = Self.shares.compactMap { quantile($0, ofSorted: values.sorted()) }
    #expect(found.count == expected.count)
    let worst = zip(found, expected).map { abs($0 - $1) }.max() ?? 1
    #expect(worst < 1e-14)
    let summary = BoxSummary(values.reversed() + [.nan, .infinity])
    #expect(summary?.median == found[3])
    #expect(summary?.lowerQuartile == found[2])
    #expect(summary?.upperQuartile == found[4])
    #expect(summary?.lowWhisker == found[1])
    #expect(summary?.highWhisker == found[5])
  }

  @Test("a sample without finite values has no quantiles")
  func empty() {
    #expect(quantile(0.5, ofSorted: []) == nil)
    #expect(BoxSummary([]) == nil)
    #expect(BoxSummary([.nan, .infinity]) == nil)
  }

  @Test("points are the most extreme values beyond the whiskers, a limited number of them")
  func outliers() throws {
    let few = try #require(BoxSummary((0...100).map(Double.init)))
    #expect(few.outliers == [0, 1, 2, 3, 4, 96, 97, 98, 99, 100])
    let many = try #require(BoxSummary((0...10_000).map(Double.init)))
    #expect(many.outliers.count == 2 * BoxSummary.mostOutliers)
    #expect(many.outliers.first == 0 && many.outliers.last == 10_000)
    #expect(try #require(BoxSummary([3, 3, 3])).outliers.isEmpty)
  }
}
