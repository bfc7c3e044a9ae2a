import Strata
import StrataLab
import TestSupport
import Testing

@testable import StrataReproduction

@Suite("The claims of a document, held against what was made")
struct ReproductionClaimsTests {
  static let plain = Toy.row(
    "plain", Toy.base.and([.batchNormalization: "none"]), .test(10, Toy.citation))
  static let normalized = Toy.row(
    "normalized", Toy.base, .validation(12.5, decimals: 1, Toy.citation))
  static let check = ReproducedGradient("3 layers") {
    ($0.hidden, $0.inputs) = ([4, 3], 5)
  }
  private static let absent = Toy.row("none", Toy.base.and([.lambda: "0.5"]))
  private static let other = ReproducedGradient("another") { $0.hidden = [] }

  static func claim(
    _ text: String, _ kind: PublishedClaim.Kind, _ test: PublishedClaim.Test,
    reason: String? = nil
  ) -> PublishedClaim {
    PublishedClaim(kind, text, published: "x", Toy.citation, test, reason: reason)
  }

  private static let claims = [
    claim("number", .curve, .number(.finalLoss, of: plain, .below(9))),
    claim(
      "difference", .difference,
      .difference(.testAccuracy, of: normalized, from: plain, .above(0))),
    claim("search", .search, .search(part: "search", .highest(.coarse), .above(0))),
    claim("gradient", .gradient, .gradient(check, .maximum, .below(1))),
    claim("wrong", .gradient, .gradient(check, .maximum, .above(1)), reason: "a slip"),
    claim("zero", .gradient, .gradient(check, .maximum(of: "b1"), .below(1))),
    claim("ratio", .gradient, .gradientRatio(check, .maximum, to: check, .between(0.9, 1.1))),
    claim("counted", .arithmetic, .arithmetic(3.5, of: "weights", .between(3, 4))),
    claim("not counted", .arithmetic, .arithmetic(3.5, of: "weights", .above(4))),
    claim("untested", .accuracy, .untested("it is a toy")),
    claim("no number", .curve, .number(.departure(inEpochs: 0), of: plain, .below(9))),
    // What these are about is not made.
    claim(
      "no network", .curve,
      .number(.finalLoss, of: absent, .below(9))),
    claim(
      "half a difference", .difference,
      .difference(
        .testAccuracy, of: plain, from: absent, .above(0))),
    claim("no gradient", .gradient, .gradient(other, .maximum, .below(1))),
    claim("no ratio", .gradient, .gradientRatio(check, .maximum, to: other, .below(1))),
    claim("no search", .search, .search(part: "other", .highest(.coarse), .above(0))),
  ]

  /// A document with claims of every kind, under the name of the one that they cite.
  static let document = Toy.document(
    [
      Toy.part("rows", [plain, normalized]).claiming(claims),
      ReproductionPart(
        "search", "A search", "Text.",
        .search(
          ReproducedSearch(
            base: Toy.settings(), over: ["lambda=log:1e-5..1e-1"], trials: 2, fineTrials: 0))),
      ReproductionPart("gradients", "A gradient", "Text.", .gradients([check])),
    ], name: "assignment")

  @Test("each has its verdict and its reason")
  func verdicts() throws {
    let scratch = try ScratchFolder()
    let found = try Toy.report([Self.document], in: scratch["all"]).claims()
    let data = "ours learned from shapes"
    let absentReason = "what it is about is in a part that was not made"
    let expected: [(String, ClaimResult.Verdict, String)] = [
      ("plain", .notComparable, data), ("normalized", .notComparable, data),
      ("number", .notComparable, data), ("difference", .notComparable, data),
      ("search", .notComparable, data), ("gradient", .confirmed, ""),
      ("wrong", .contradicted, "a slip"),
      (
        "zero", .notComparable,
        "there is no such number, as of a relative error where the gradient is 0"
      ),
      ("ratio", .confirmed, ""), ("counted", .confirmed, ""), ("not counted", .contradicted, ""),
      ("untested", .notComparable, "it is a toy"),
      ("no number", .notComparable, "a run of ours has no such number"),
      ("no network", .notComparable, absentReason),
      ("half a difference", .notComparable, absentReason),
      ("no gradient", .notComparable, absentReason), ("no ratio", .notComparable, absentReason),
      ("no search", .notComparable, absentReason),
    ]
    #expect(found.map(\.text) == expected.map(\.0))
    #expect(found.map(\.verdict) == expected.map(\.1))
    #expect(found.map(\.reason) == expected.map(\.2))
    #expect(found.allSatisfy { $0.document == "assignment" && $0.citation == Toy.citation })
    #expect(found[1].published == "12.5 %" && found[1].kind == .accuracy)
    #expect(found[1].statistic == "validation accuracy, %" && found[1].ours.hasSuffix("(n = 1)"))
    #expect(found[2].statistic == "plain: training loss at the end, below 9.00")
    #expect(
      found[3].statistic
        == "test accuracy of “normalized” minus “plain”, above 0.00 points")
    #expect(found[8].ours == "1.00 (n = 1)" && found[8].interval == "range 1.00 to 1.00")
    #expect(
      found[9].ours == "3.50000" && found[9].statistic == "weights, 3.00000 to 4.00000")
  }

  @Test("a run that diverged answers no claim, and says where it did")
  func diverged() throws {
    let scratch = try ScratchFolder()
    let wild = Toy.row(
      "wild",
      Toy.base.and([.batchNormalization: "none", .etaMinimum: "1e30", .etaMaximum: "1e35"]),
      .test(50, Toy.citation))
    let claims = [
      Self.claim("number", .curve, .number(.finalLoss, of: wild, .below(9))),
      Self.claim(
        "difference", .difference,
        .difference(.testAccuracy, of: Self.plain, from: wild, .above(0))),
    ]
    let part = Toy.part("rows", [wild, Self.plain]).claiming(claims)
    let found = try Toy.report([Toy.document([part])], in: scratch["all"]).claims()
    #expect(found.map(\.text) == ["wild", "plain", "number", "difference"])
    #expect(found.allSatisfy { $0.verdict == .notComparable })
    #expect(found[0].reason == "every run of ours diverged" && found[0].ours == "–")
    for claim in found[2...] { #expect(claim.reason.hasPrefix("“wild” diverged at step ")) }
  }

  @Test("differences and ratios are put together seed by seed, and what was not made is nothing")
  func measurements() throws {
    let scratch = try ScratchFolder()
    let checks = ReproductionPart(
      "gradients", "Gradients", "Text.", .gradients([Self.check, Self.other]))
    let report = try Toy.report(
      [Toy.document([Toy.part("rows", [Self.plain, Self.normalized]), checks])], seeds: 3,
      in: scratch["all"])
    func numbers(_ measurement: Measurement) throws -> [Double]? {
      if case .numbers(let numbers)? = try report.measure(measurement, in: "toy") {
        numbers
      } else {
        nil
      }
    }
    let losses = try [Self.plain, Self.normalized].map {
      try #require(try numbers(.number(.finalLoss, of: $0)))
    }
    let difference = Measurement.difference(.finalLoss, of: Self.plain, from: Self.normalized)
    #expect(try numbers(difference) == (0..<3).map { losses[0][$0] - losses[1][$0] })
    let errors = try [Self.check, Self.other].map {
      try #require(try numbers(.gradient($0, .maximum)))
    }
    #expect(Set(errors[0]).count == 3)
    let ratio = Measurement.gradientRatio(Self.check, .maximum, to: Self.other)
    #expect(try numbers(ratio) == (0..<3).map { errors[0][$0] / errors[1][$0] })
    #expect(try numbers(.search(part: "search", .highest(.coarse))) == nil)
  }

  @Test("every seed of a gradient check counts")
  func seeds() throws {
    let scratch = try ScratchFolder()
    let part = ReproductionPart("gradients", "A gradient", "Text.", .gradients([Self.check]))
      .claiming([Self.claim("gradient", .gradient, .gradient(Self.check, .maximum, .below(1)))])
    let found = try Toy.report([Toy.document([part])], seeds: 3, in: scratch["all"]).claims()
    #expect(found.map(\.verdict) == [.confirmed] && found[0].ours.hasSuffix("(n = 3)"))
    #expect(found[0].interval.hasPrefix("range "))
  }

  @Test("of the data that the documents are about, runs are judged by their intervals")
  func judged() throws {
    let scratch = try ScratchFolder()
    let longer = Toy.settings(Toy.base.and([.train: "600", .stepSize: "30", .cycles: "2"]))
      .reported(.hidden, "6", Toy.citation)
    let near = ReproducedRow("near", longer, .test(20, decimals: 0, Toy.citation))
    let far = ReproducedRow("far", longer, .test(100, Toy.citation))
    let rows = Toy.part("rows", [near, far, Self.plain]).claiming([
      Self.claim("above", .curve, .number(.finalLoss, of: near, .above(0))),
      Self.claim("below", .curve, .number(.finalLoss, of: near, .below(0)), reason: "a slip"),
      Self.claim(
        "same", .difference, .difference(.testAccuracy, of: near, from: far, .between(0, 0))),
    ])
    let document = Toy.document([rows], name: "assignment")
    let report = try Toy.report([document], seeds: 3, in: scratch["all"], about: "shapes")
    let found = try report.claims()
    #expect(found.map(\.text) == ["near", "far", "plain", "above", "below", "same"])
    #expect(found[1].verdict == .outside && !found[1].reason.isEmpty)
    #expect(found[0].verdict == .inside || found[0].verdict == .outside)
    #expect(found[3].verdict == .confirmed && found[3].reason.isEmpty)
    #expect(found[4].verdict == .contradicted && found[4].reason == "a slip")
    #expect(found[5].verdict == .confirmed)
  }
}
