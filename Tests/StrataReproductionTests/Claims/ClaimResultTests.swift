import Strata
import StrataLab
import Testing

@testable import StrataReproduction

@Suite("What becomes of a claim")
struct ClaimResultTests {
  /// Numbers around a mean, one a seed.
  private static let seeds = Measurement.number(
    RunStatistic(name: "a", form: .plain) { _ in 0 }, of: Toy.row("toy"))
  private static let errors = Measurement.gradient(ReproducedGradient("toy") { _ in }, .maximum)
  private static let search = Measurement.search(part: "toy", .varianceRatio)
  private static let count = Measurement.arithmetic(0, of: "toys")

  private func judged(
    _ values: [Double], of measurement: Measurement = seeds, _ bound: Bound,
    reason: String? = "a reason"
  ) throws -> ClaimResult.Judged {
    try ClaimResult.Judged(values, of: measurement, bound, reason: reason)
  }

  /// Mean 2, deviation 1, and t = 4.302653 at 97.5 % of 2 degrees of freedom: 2 ± 2.484.
  private let values = [1.0, 2, 3]

  @Test(
    "the interval of a mean lies as claimed, beside it, or neither",
    arguments: [
      (.above(-0.5), .confirmed), (.above(-0.48), .notConfirmed), (.above(4.48), .notConfirmed),
      (.above(4.5), .contradicted), (.below(4.5), .confirmed), (.below(-0.5), .contradicted),
      (.between(-1, 5), .confirmed), (.between(1.9, 2.1), .notConfirmed),
      (.between(5, 6), .contradicted),
    ] as [(Bound, ClaimResult.Verdict)])
  func means(_ bound: Bound, _ verdict: ClaimResult.Verdict) throws {
    let judged = try judged(values, bound)
    #expect(judged.verdict == verdict)
    #expect(judged.ours == "2.00 (n = 3)" && judged.interval == "-0.484 to 4.48")
    #expect(judged.reason == (verdict == .confirmed ? "" : "a reason"))
    #expect(try self.judged(values, bound, reason: nil).reason.isEmpty)
  }

  @Test("one seed has no interval, so that nothing can be told")
  func oneSeed() throws {
    let judged = try judged([0.25], .below(0.5))
    #expect(judged.verdict == .notComparable && judged.interval == "–")
    #expect(judged.ours == "0.250 (n = 1)" && judged.reason == "one seed of ours shows no spread")
  }

  @Test(
    "of errors all count",
    arguments: [
      (.below(3.5), .confirmed), (.below(2.5), .notConfirmed), (.below(0.5), .contradicted),
      (.between(2, 2), .notConfirmed), (.above(0), .confirmed),
    ] as [(Bound, ClaimResult.Verdict)])
  func errors(_ bound: Bound, _ verdict: ClaimResult.Verdict) throws {
    let judged = try judged(values, of: Self.errors, bound)
    #expect(judged.verdict == verdict && judged.interval == "range 1.00 to 3.00")
    #expect(try self.judged([1], of: Self.errors, .below(2)).verdict == .confirmed)
  }

  @Test("what is found once is as claimed or not confirmed; what is exact is right or wrong")
  func single() throws {
    let found = try [Bound.above(0), .above(1)].map { try judged([0.5], of: Self.search, $0) }
    #expect(found.map(\.verdict) == [.confirmed, .notConfirmed])
    #expect(found[1].ours == "0.500" && found[1].interval == "one search")
    #expect(found.map(\.reason) == ["", "a reason"])
    let exact = try [Bound.above(0), .above(1)].map { try judged([0.5], of: Self.count, $0) }
    #expect(exact.map(\.verdict) == [.confirmed, .contradicted])
    #expect(exact[1].ours == "0.500000" && exact[1].interval == "exact")
  }

  @Test("a number that is missing is an error", arguments: [[], [Double.nan], [1, .infinity, 2]])
  func missing(_ values: [Double]) throws {
    #expect(throws: ConfigurationError.self) { try judged(values, .above(0)) }
  }

  @Test("equal numbers are an interval without width")
  func equal() throws {
    #expect(try judged([1, 1, 1], .above(0)).verdict == .confirmed)
    #expect(try judged([1, 1, 1], .above(1)).verdict == .contradicted)
  }
}
