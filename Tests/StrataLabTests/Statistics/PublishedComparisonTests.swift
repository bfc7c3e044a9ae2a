import StrataLab
import Testing

@Suite("Published numbers beside ours")
struct PublishedComparisonTests {
  /// Mean 0.535, deviation 0.002; t of 2 degrees of freedom is 4.302653.
  private static let values = [0.533, 0.535, 0.537]
  private static let half = 4.302652729749464 * 0.002 * (4.0 / 3).squareRoot()

  @Test("a number is inside up to the ends of the prediction interval")
  func ends() throws {
    let sample = try SampleSummary(Self.values)
    for (published, name) in [
      (0.535, "inside"), (0.535 + 0.999 * Self.half, "inside"),
      (0.535 - 0.999 * Self.half, "inside"), (0.535 + 1.001 * Self.half, "outside"),
      (0.535 - 1.001 * Self.half, "outside"),
    ] {
      let comparison = PublishedComparison(published: published, sample: sample)
      #expect(comparison.verdict.name == name)
      #expect(abs(comparison.difference - (0.535 - published)) < 1e-15)
    }
  }

  @Test("a number printed with few digits may have been any that rounds to it")
  func rounding() throws {
    let sample = try SampleSummary(Self.values)
    for far in [0.535 + Self.half + 0.004, 0.535 - Self.half - 0.004] {
      #expect(PublishedComparison(published: far, sample: sample).verdict.name == "outside")
      let rounded = PublishedComparison(published: far, rounding: 0.005, sample: sample)
      #expect(rounded.verdict.name == "inside")
    }
  }

  @Test("verdicts are clauses that say the interval and the difference")
  func texts() throws {
    let sample = try SampleSummary(Self.values)
    #expect(
      PublishedComparison(published: 0.53, sample: sample).text()
        == "inside the 95 % prediction interval of one run, 52.51 to 54.49; ours is 0.50 above")
    #expect(
      PublishedComparison(published: 0.56, sample: sample).text()
        == "outside the 95 % prediction interval of one run, 52.51 to 54.49; ours is 2.50 below")
    #expect(PublishedComparison(published: 0.535, sample: sample).text().hasSuffix("is the same"))
    let errors = try SampleSummary([1e-7, 2e-7, 3e-7])
    #expect(
      PublishedComparison(published: 8.37e-7, sample: errors).text(as: .significant(digits: 3))
        == "outside the 95 % prediction interval of one run, -2.97e-07 to 6.97e-07; "
        + "ours is 6.37e-07 below")
  }

  @Test("the one number that all of our runs gave is inside")
  func same() throws {
    let comparison = PublishedComparison(
      published: 0.1, sample: try SampleSummary([0.1, 0.1, 0.1]))
    #expect(comparison.verdict.name == "inside")
  }

  @Test("without a spread of ours, or with a setting unsaid, nothing is compared")
  func notComparable() throws {
    let sample = try SampleSummary(Self.values)
    let cases = [
      (
        PublishedComparison(published: 0.53, sample: try SampleSummary([0.535])),
        "not comparable: fewer than two seeds of ours, so their spread is unknown; "
          + "ours is 0.50 above"
      ),
      (
        PublishedComparison(published: 0.11, sample: try SampleSummary([0.1, 0.1, 0.1])),
        "not comparable: all 3 runs of ours gave the same number; ours is 1.00 below"
      ),
      (
        PublishedComparison(published: 0.54, sample: sample, obstacle: "λ is unsaid"),
        "not comparable: λ is unsaid; ours is 0.50 below"
      ),
      (
        PublishedComparison(published: .nan, sample: sample),
        "not comparable: the published value is no number"
      ),
      (
        PublishedComparison(published: 0.54, rounding: .infinity, sample: sample),
        "not comparable: the published value is no number; ours is 0.50 below"
      ),
    ]
    for (comparison, text) in cases {
      #expect(comparison.verdict.name == "not comparable")
      #expect(comparison.text() == text)
    }
  }
}
