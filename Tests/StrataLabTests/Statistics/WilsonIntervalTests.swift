import Strata
import StrataLab
import Testing

@Suite("Wilson's interval")
struct WilsonIntervalTests {
  @Test("both ends are statsmodels'")
  func golden() throws {
    for row in try StatisticsFixture.read().wilson {
      let interval = try Interval(wilson: Int(row[0]), of: Int(row[1]), level: row[2])
      #expect(abs(interval.lower - row[3]) < 1e-14 && abs(interval.upper - row[4]) < 1e-14)
      #expect(interval.level == row[2])
    }
  }

  @Test("an interval ends at 0 and 1 where all failed or all succeeded")
  func extremes() throws {
    #expect(try Interval(wilson: 0, of: 3).lower == 0)
    #expect(try Interval(wilson: 3, of: 3).upper == 1)
    #expect(try Interval(wilson: .max, of: .max).lower <= 1)
  }

  @Test(
    "impossible counts are refused with a sentence",
    arguments: [
      (0, 0, "count: expected 1 or more, found 0."),
      (4, 3, "successes: expected 0 to 3, found 4."),
      (-1, 3, "successes: expected 0 to 3, found -1."),
    ])
  func refused(successes: Int, count: Int, sentence: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try Interval(wilson: successes, of: count)
    }
    #expect(error?.description == sentence)
    #expect(throws: ConfigurationError.self) { try Interval(wilson: 1, of: 3, level: .nan) }
  }
}
