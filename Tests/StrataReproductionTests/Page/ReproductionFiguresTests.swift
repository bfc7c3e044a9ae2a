import Strata
import StrataLab
import TestSupport
import Testing

@testable import StrataReproduction

@Suite("Drawings of what was made again")
struct ReproductionFiguresTests {
  private static let suffix = ", batch normalization"
  private static let rows = [
    Toy.row("small", Toy.base.and([.batchNormalization: "none"]), .test(10, Toy.citation)),
    Toy.row("small" + suffix, Toy.base, .validation(12.5, decimals: 1, Toy.citation)),
  ]

  private func figures(
    _ part: ReproductionPart, seeds: Int = 2, about subject: String = "shapes"
  ) throws -> [ReportFigure] {
    let scratch = try ScratchFolder()
    return try Toy.report(
      [Toy.document([part])], seeds: seeds, in: scratch["all"], about: subject
    ).report().figures
  }

  private func drawn(_ part: ReproductionPart, seeds: Int = 2) throws -> ParsedXML {
    let figures = try figures(part, seeds: seeds)
    #expect(figures.map(\.name) == ["toy-\(part.name)"])
    return try ParsedXML(try #require(figures.first).svg)
  }

  private static func wild(_ label: String) -> ReproducedRow {
    Toy.row(
      label,
      Toy.base.and([.batchNormalization: "none", .etaMinimum: "1e30", .etaMaximum: "1e35"]))
  }

  @Test("nothing is drawn where nothing is asked for")
  func none() throws {
    #expect(try figures(Toy.part("rows", Self.rows), seeds: 1).isEmpty)
  }

  @Test("curves have a panel of loss and one of accuracy a column, and the published numbers")
  func curves() throws {
    let part = Toy.part("rows", Self.rows).drawn(
      .curves([.pair("One & the same", "small"), CurveColumn("alone", [.other: "small"])]))
    let xml = try drawn(part)
    for text in ["Part rows", "One & the same", "alone", "small"] {
      #expect(xml.texts.contains { $0.contains(text) }, "\(text)")
    }
    // One of the pair has a number on test images, it is alone once more, and one is the legend's.
    #expect(xml.diamonds().count == 3)
    // None is marked beside runs of other data.
    let others = try figures(part, about: "cifar10")
    #expect(try ParsedXML(try #require(others.first).svg).diamonds().isEmpty)
  }

  @Test("published numbers stand beside the interval of one run of ours")
  func dots() throws {
    let part = Toy.part("rows", Self.rows).drawn(.dots)
    #expect(!(try drawn(part).diamonds().isEmpty))
    #expect(try figures(part, about: "cifar10").isEmpty)
  }

  @Test("rows that diverged are left out of curves; where all did there is no drawing")
  func diverged() throws {
    let wild = Self.wild("wild")
    let half = Toy.part("rows", Self.rows + [wild]).drawn(
      .curves([.pair("first", "small"), CurveColumn("second", [.plain: "wild"])]))
    let xml = try drawn(half, seeds: 1)
    #expect(xml.texts.contains { $0.contains("first") })
    #expect(!xml.texts.contains { $0.contains("second") })
    let whole = Toy.part("rows", [wild]).drawn(.curves([CurveColumn("wild", [.plain: "wild"])]))
    #expect(try figures(whole, seeds: 1).isEmpty)
  }

  @Test("a sweep has a curve a role, whatever diverged", arguments: [false, true])
  func sweep(isLogarithmic: Bool) throws {
    let points = [
      ("small", CurveRole.plain, 0.1), ("wild", .plain, 1),
      ("small" + Self.suffix, .normalized, 0.1), ("small again", .normalized, 1),
    ]
    let rows =
      Self.rows + [Self.wild("wild"), Toy.row("small again", Toy.base.and([.cycles: "2"]))]
    let part = Toy.part("rows", rows).drawn(
      .sweep(
        SweepDrawing(
          axis: "size of it", isLogarithmic: isLogarithmic,
          points: points.map { SweepDrawing.Point(label: $0.0, role: $0.1, value: $0.2) })))
    let xml = try drawn(part)
    for text in ["size of it", CurveRole.plain.name, CurveRole.normalized.name] {
      #expect(xml.texts.contains { $0.contains(text) }, "\(text)")
    }
  }

  @Test("gains name the idea, or the row")
  func gains() throws {
    let questions = [
      PairedQuestion(
        "Better", "so", row: "small" + Self.suffix, baseline: "small", improvement: "an idea"),
      PairedQuestion("Better", "so", row: "small", baseline: "small" + Self.suffix),
    ]
    let part = Toy.part("rows", Self.rows, questions: questions).drawn(.gains)
    let xml = try drawn(part, seeds: 3)
    #expect(xml.texts.contains("an idea") && xml.texts.contains("small"))
    #expect(try figures(Toy.part("rows", Self.rows).drawn(.gains), seeds: 1).isEmpty)
  }

  @Test("boxes are those of the checks that are named, from the first seed")
  func boxes() throws {
    let check = ReproducedGradient("one") { ($0.hidden, $0.inputs) = ([3], 4) }
    let other = ReproducedGradient("two") { ($0.hidden, $0.inputs) = ([], 4) }
    let part = ReproductionPart("checks", "Checks", "Text.", .gradients([other, check]))
      .drawn(.boxes(["one", "none"]))
    let figures = try figures(part)
    #expect(figures.map(\.caption) == ["one: relative errors of the gradient."])
    let xml = try ParsedXML(figures[0].svg)
    #expect(["W1", "W2", "b2"].allSatisfy { name in xml.texts.contains { $0.contains(name) } })
  }

  @Test("a search has its trials")
  func search() throws {
    let part = ReproductionPart(
      "search", "A search", "Text.",
      .search(
        ReproducedSearch(
          base: Toy.settings(), over: ["lambda=log:1e-5..1e-1"], trials: 3, fineTrials: 0)))
    let figures = try figures(part, seeds: 1)
    #expect(figures.map(\.name) == ["toy-search-trials"])
    #expect(throws: Never.self) { try ParsedXML(figures[0].svg) }
  }
}
