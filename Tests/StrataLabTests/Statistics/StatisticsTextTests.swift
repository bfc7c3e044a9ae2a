import StrataLab
import Testing

@Suite("Statistics as text")
struct StatisticsTextTests {
  @Test("a sample is its mean, deviation and count")
  func means() throws {
    #expect(meanText(try SampleSummary([0.5319, 0.535, 0.5381])) == "53.50 ± 0.31 (n = 3)")
    #expect(meanText(try SampleSummary([0.535])) == "53.50 (n = 1)")
    #expect(meanText(try SampleSummary([0.1, 0.1])) == "10.00 ± 0.00 (n = 2)")
    let many = try SampleSummary([Double](repeating: 0.5, count: 1234))
    #expect(meanText(many) == "50.00 ± 0.00 (n = 1,234)")
  }

  @Test("intervals are their ends, and those of differences have signs")
  func intervals() {
    let accuracy = Interval(lower: 0.53284, upper: 0.53716, level: 0.95)
    #expect(intervalText(accuracy) == "53.28 to 53.72")
    #expect(intervalText(Interval(lower: 0.9892, upper: 1.0028, level: 0.95)) == "98.92 to 100.00")
    #expect(intervalText(Interval(lower: -0.01, upper: 0.02, level: 0.95)) == "0.00 to 2.00")
    let difference = Interval(lower: -0.0003, upper: 0.0027, level: 0.95)
    #expect(pointsText(difference) == "-0.03 to +0.27")
    let nothing = Interval(lower: -0.000_01, upper: 0.000_01, level: 0.95)
    #expect(pointsText(nothing) == "0.00 to 0.00")
    let infinite = Interval(lower: -.infinity, upper: .infinity, level: 0.95)
    #expect(pointsText(infinite) == "-∞ to +∞")
    #expect([0.0012, -0.003, 0.000_01].map(pointsText) == ["+0.12", "-0.30", "0.00"])
  }

  @Test(
    "p-values have three decimals, or are said to be less",
    arguments: [
      (0.032, "p = 0.032"), (0.0625, "p = 0.063"), (1, "p = 1.000"), (0.001, "p = 0.001"),
      (0.000_999_9, "p < 0.001"), (0, "p < 0.001"), (.nan, "p = not a number"),
    ])
  func pValues(pValue: Double, text: String) {
    #expect(pValueText(pValue) == text)
  }
}
