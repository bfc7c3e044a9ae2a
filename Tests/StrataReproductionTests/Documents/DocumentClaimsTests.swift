import Foundation
import StrataLab
import Testing

@testable import StrataReproduction

@Suite("The claims of the documents")
struct DocumentClaimsTests {
  private func claims(_ name: String, _ part: String? = nil) throws -> [PublishedClaim] {
    try #require(ReproductionDocument.selection([name]).first).parts
      .filter { part == nil || $0.name == part }.flatMap(\.claims)
  }

  @Test(
    "each is about networks, checks and searches that its own document makes",
    arguments: ReproductionDocument.all.map(\.name))
  func subjects(_ name: String) throws {
    let parts = try #require(ReproductionDocument.selection([name]).first).parts
    let networks = Set(parts.flatMap(\.rows).map(\.changes))
    let gradients = parts.flatMap { part -> [ReproducedGradient] in
      if case .gradients(let checks) = part.kind { checks } else { [] }
    }
    let searches = parts.filter { if case .search = $0.kind { true } else { false } }.map(\.name)
    let measurements =
      parts.flatMap(\.claims).map { ($0.text, $0.measurement) }
      + parts.flatMap(\.observations).map { ($0.text, $0.measurement) }
    for case (let text, let measurement?) in measurements {
      #expect(measurement.rows.allSatisfy { networks.contains($0.changes) }, "\(text)")
      #expect(
        measurement.gradients.allSatisfy { check in gradients.contains { $0.isSame(as: check) } },
        "\(text)")
      if case .search(let part, _) = measurement { #expect(searches.contains(part), "\(text)") }
    }
  }

  @Test("each quotes its own document, or the sheet; so does each published accuracy")
  func citations() {
    for document in ReproductionDocument.all {
      let own: Set = [document.name, SourceDocument.assignment.rawValue]
      for part in document.parts {
        for claim in part.claims { #expect(own.contains(claim.citation.document.rawValue)) }
        for number in part.rows.flatMap(\.published) {
          #expect(number.citation.document.rawValue == document.name)
          #expect(number.citation.words.contains(Self.printed(number)), "\(number.citation.place)")
        }
      }
    }
  }

  /// The number as it was printed: in percent, rounded, or as a fraction.
  private static func printed(_ number: PublishedNumber) -> String {
    number.citation.document == .bonus2022
      ? String(format: "%.\(number.decimals + 2)f", number.value)
      : number.text.replacing(/\.0$/, with: "")
  }

  @Test("every kind of statement is there")
  func kinds() {
    let kinds = ReproductionDocument.all.flatMap(\.parts).flatMap(\.claims).map(\.kind)
    #expect(Set(kinds) == Set(PublishedClaim.Kind.allCases))
  }

  @Test("every error of a gradient that is printed has its claim, with the printed number")
  func errors() throws {
    let means = try claims("report-2021", "gradients")
    #expect(
      means.map(\.published) == [
        "8.2345e-08", "8.8818e-12", "3.0494e-10", "3.0463e-10", "1.8325e-10", "5.5403e-11",
        "7.0534e-08", "8.8818e-07", "6.2209e-06", "5.7768e-06", "1.7443e-08", "2.2209e-07",
        "1.1730e-09", "1.1730e-09", "1.1418e-10", "2.9243e-11",
      ])
    let listing = try claims("bonus-2022", "gradients")
    for name in ["mean of", "std of", "mean_diff", "std_diff", "max_diff"] {
      #expect(listing.count { $0.text.hasPrefix(name) } == 10, "\(name)")
    }
    for claim in listing {
      guard case .measured(_, .below(let bound)) = claim.test, claim.published != "–" else {
        continue
      }
      #expect(bound > 0 && Double(claim.citation.words).map(abs) == bound, "\(claim.text)")
    }
    let boxes = try claims("report-2019", "gradients")
    #expect(boxes.count == 8 && Set(boxes.map(\.text)).count == 8)
    let maxima = try claims("report-2022", "gradients").map(\.published).filter { $0 != "–" }
    #expect(maxima == ["8.37e-7", "9.6e-7"])
  }

  @Test("the ends of the searches that are printed have their claims")
  func searches() throws {
    func published(_ name: String) throws -> [String] {
      try claims(name).filter { $0.kind == .search && $0.published.hasSuffix("%") }
        .map(\.published)
    }
    #expect(try published("report-2019") == ["43.76 %", "52.58 %", "51.4 %", "52.54 %"])
    #expect(try Set(published("report-2021")) == ["52.30 %", "52.70 %"])
    #expect(try published("report-2022") == ["52.96 %", "53.80 %"])
  }

  @Test("what is calculated is right: weights of 3 and 9 layers, logarithms of table 1")
  func arithmetic() throws {
    func numbers(_ name: String, _ text: String) throws -> [Double] {
      try claims(name).filter { $0.text.hasPrefix(text) }.compactMap {
        if case .arithmetic(let value, _)? = $0.measurement { value } else { nil }
      }
    }
    func weights(_ hidden: [Int]) -> Double {
      let widths = [3072] + hidden + [10]
      return zip(widths, widths.dropFirst()).reduce(0) { $0 + Double($1.0 * $1.1) }
    }
    let ratio = weights([50, 30, 20, 20, 10, 10, 10, 10]) / weights([50, 50])
    #expect(try numbers("assignment", "9 layers") == [ratio])
    let table = [
      (0.002179, -2.661644379), (0.00202, -2.694655098), (4.89e-05, -4.31086003),
      (0.004074, -2.389996346), (0.00029, -3.537818377),
    ]
    let logarithms = try numbers("report-2019", "l of λ")
    try #require(logarithms.count == 5)
    for (found, row) in zip(logarithms, table) {
      #expect(abs(found - abs(log10(row.0) - row.1)) < 1e-12)
    }
    #expect(try numbers("report-2019", "two cycles") == [8])
    #expect(try numbers("report-2019", "three cycles") == [12])
    // None of the printed values lies on a point of its grid.
    let distances = try numbers("report-2021", "λ ").map { ($0 * 100).rounded() / 100 }
    #expect(distances == [0.32, 0.12, 0.46, 0.33, 0.25, 0.28])
  }
}
