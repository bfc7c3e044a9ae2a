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
        "fewer than two seeds of ours, so their spread is unknown"
      ),
      (
        PublishedComparison(published: 0.11, sample: try SampleSummary([0.1, 0.1, 0.1])),
        "all 3 runs of ours gave the same number"
      ),
      (
        PublishedComparison(published: 0.54, sample: sample, obstacle: "λ is unsaid"),
        "λ is unsaid"
      ),
      (
        PublishedComparison(published: .nan, sample: sample),
        "the published value is no number"
      ),
      (
        PublishedComparison(published: 0.54, rounding: .infinity, sample: sample),
        "the published value is no number"
      ),
    ]
    for (comparison, reason) in cases {
      #expect(comparison.verdict == .notComparable(reason: reason))
      #expect(comparison.verdict.name == "not comparable")
    }
  }
}
