import StrataLab
import Testing

@testable import StrataReproduction

@Suite("What a claim says of a number")
struct BoundTests {
  private func interval(_ lower: Double, _ upper: Double) -> Interval {
    Interval(lower: lower, upper: upper, level: 0.95)
  }

  @Test("a number is as claimed or not; the ends belong to a range alone")
  func numbers() {
    #expect(Bound.above(1).holds(1.1) && !Bound.above(1).holds(1))
    #expect(Bound.below(1).holds(0.9) && !Bound.below(1).holds(1))
    let range = Bound.between(1, 2)
    #expect(range.holds(1) && range.holds(2) && !range.holds(0.9) && !range.holds(2.1))
    for bound in [Bound.above(1), .below(1), range] { #expect(!bound.holds(Double.nan)) }
  }

  @Test(
    "an interval is as claimed, beside it, or neither",
    arguments: [
      (.above(0), 0.1, 2, true), (.above(0), -1, 1, nil), (.above(0), -2, -1, false),
      (.above(0), -2, 0, false), (.above(0), 0, 2, nil),
      (.below(0), -2, -0.1, true), (.below(0), -1, 1, nil), (.below(0), 1, 2, false),
      (.below(0), 0, 2, false),
      (.between(-1, 1), -1, 1, true), (.between(-1, 1), -0.5, 1.5, nil),
      (.between(-1, 1), -3, 3, nil), (.between(-1, 1), 1.1, 2, false),
      (.between(-1, 1), -2, -1.1, false), (.between(-1, 1), 1, 2, nil),
    ] as [(Bound, Double, Double, Bool?)])
  func intervals(_ bound: Bound, _ lower: Double, _ upper: Double, _ expected: Bool?) {
    let interval = interval(lower, upper)
    #expect(bound.holds(interval) == (expected == true))
    #expect(bound.fails(interval) == (expected == false))
  }

  @Test("near is within a factor of two")
  func near() {
    #expect(Bound.near(0.25) == .between(0.125, 0.5))
  }

  @Test("the words of a table")
  func text() {
    let texts = [Bound.above(0.5), .below(0.5), .between(0.5, 1)].map { $0.text(accuracyText) }
    #expect(texts == ["above 50.00", "below 50.00", "50.00 to 100.00"])
  }
}
