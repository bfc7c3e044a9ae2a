import Strata
import Testing

@Suite struct ErrorSummaryTests {
  @Test("mean, median, 90 % and maximum of eleven numbers in any order")
  func odd() throws {
    let summary = try #require(ErrorSummary([10, 0, 1, 9, 2, 8, 3, 7, 4, 6, 27]))
    #expect(summary.mean == 7)
    #expect(summary.median == 6)
    #expect(summary.percentile90 == 10)
    #expect(summary.maximum == 27)
  }

  @Test("between two numbers a quantile is interpolated")
  func even() throws {
    let summary = try #require(ErrorSummary([4, 2]))
    #expect(summary.median == 3)
    expectClose([summary.percentile90], [3.8], relative: 1e-15, absolute: 0)
  }

  @Test("no errors have no summary, and a NaN is not hidden")
  func extremes() throws {
    #expect(ErrorSummary([]) == nil)
    let summary = try #require(ErrorSummary([1, .nan, 2]))
    #expect(summary.maximum.isNaN && summary.mean.isNaN)
  }
}
