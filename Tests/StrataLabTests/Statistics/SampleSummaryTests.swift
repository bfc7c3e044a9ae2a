import Strata
import StrataLab
import Testing

@Suite("Summaries of samples")
struct SampleSummaryTests {
  @Test("every number of a summary is SciPy's or NumPy's")
  func golden() throws {
    for sample in try StatisticsFixture.read().samples {
      let summary = try SampleSummary(sample.values)
      #expect(summary.count == sample.values.count)
      #expect(summary.minimum == sample.minimum && summary.maximum == sample.maximum)
      let found = [
        summary.mean, summary.standardDeviation ?? .nan, summary.standardError ?? .nan,
        summary.median,
      ]
      let expected = [sample.mean, sample.deviation, sample.error, sample.median]
      #expect(worstRelativeError(found, expected) < 1e-12)
      let intervals = [
        (summary.confidenceInterval(), sample.interval95),
        (summary.confidenceInterval(level: 0.99), sample.interval99),
        (summary.predictionInterval(), sample.prediction),
      ]
      for (interval, expected) in intervals {
        let interval = try #require(interval)
        #expect(worstRelativeError([interval.lower, interval.upper], expected) < 1e-12)
      }
    }
  }

  @Test("a single number has no spread and no interval")
  func single() throws {
    let summary = try SampleSummary([0.53])
    #expect(summary.mean == 0.53 && summary.median == 0.53 && summary.count == 1)
    #expect(summary.standardDeviation == nil && summary.standardError == nil)
    #expect(summary.confidenceInterval() == nil && summary.predictionInterval() == nil)
  }

  @Test("equal numbers have exactly no spread")
  func constant() throws {
    let summary = try SampleSummary([0.1, 0.1, 0.1])
    #expect(summary.mean == 0.1 && summary.standardDeviation == 0)
    #expect(summary.confidenceInterval() == Interval(lower: 0.1, upper: 0.1, level: 0.95))
  }

  @Test("the largest numbers that are allowed do not overflow")
  func large() throws {
    let summary = try SampleSummary([1e150, -1e150])
    #expect(summary.mean == 0)
    #expect(
      worstRelativeError([summary.standardDeviation ?? .nan], [2e150 / 2.0.squareRoot()]) < 1e-15)
  }

  @Test(
    "no numbers, and numbers that are none, are refused with a sentence",
    arguments: [
      ([], "sample: expected at least one number, found 0; take more seeds."),
      (
        [1, .nan],
        "sample: expected finite numbers of at most 1e+150, found nan as number 2."
      ),
      ([.infinity], "sample: expected finite numbers of at most 1e+150, found inf as number 1."),
      ([1e200, 1], "sample: expected finite numbers of at most 1e+150, found 1e+200 as number 1."),
    ])
  func refused(values: [Double], sentence: String) {
    let error = #expect(throws: ConfigurationError.self) { try SampleSummary(values) }
    #expect(error?.description == sentence)
  }

  @Test("a level that is no probability has no interval", arguments: [0, 1, -1, 2, Double.nan])
  func levels(level: Double) throws {
    let summary = try SampleSummary([1, 2])
    #expect(summary.confidenceInterval(level: level) == nil)
    #expect(summary.predictionInterval(level: level) == nil)
  }
}
