import Foundation
import StrataLab
import TestSupport
import Testing

@Suite("dotFigure")
struct DotFigureTests {
  private func interval(_ lower: Double, _ upper: Double) -> Interval {
    Interval(lower: lower, upper: upper, level: 0.95)
  }

  private func parsed(_ rows: [Dot], reference: Double? = nil) throws -> ParsedXML {
    try ParsedXML(
      dotFigure(title: "Gains", notes: ["N"], rows: rows, axis: "points", reference: reference))
  }

  @Test("dots, bars and diamonds stand where their numbers are")
  func places() throws {
    // The axis goes from 0 to 4.
    let parsed = try parsed([Dot("dropout", .normalized, 2, interval(1, 4), published: 0)])
    let bar = try #require(
      parsed.elements("line").last { $0.attributes["stroke"] == FigureStyle.blue })
    let low = try #require(bar.number("x1"))
    let high = try #require(bar.number("x2"))
    let dot = try #require(parsed.elements("circle").last?.number("cx"))
    #expect(abs((dot - low) / (high - low) - 1.0 / 3) < 0.001)
    let diamond = try #require(parsed.diamonds(radius: 5.5).last).places[0][0]
    #expect(abs(diamond - (low - (high - low) / 3)) < 0.11)
    for text in ["Gains", "N", "points", "dropout", "2.00", "0.00", "mean, 95 % interval"] {
      #expect(parsed.texts.contains(text), "\(text)")
    }
  }

  @Test("rows keep their order")
  func order() throws {
    let names = ["b", "c", "a"]
    let parsed = try parsed(names.map { Dot($0, .plain, 1) })
    #expect(parsed.texts.filter(names.contains) == names)
    let heights = parsed.elements("rect").dropFirst().suffix(3).compactMap { $0.number("y") }
    #expect(heights.count == 3 && heights == heights.sorted() && Set(heights).count == 3)
  }

  @Test("a reference is a line that the axis spans, and numbers have signs")
  func reference() throws {
    let rows = [Dot("a", .normalized, 3), Dot("b", .normalized, -0.5)]
    let parsed = try parsed(rows, reference: 0)
    let line = try #require(
      parsed.elements("line").first { $0.attributes["stroke-width"] == "1.2" })
    #expect(line.number("x1") == line.number("x2"))
    #expect(parsed.texts.contains("+3.00") && parsed.texts.contains("−0.50"))
    #expect(try self.parsed(rows).texts.contains("3.00"))
    let far = try self.parsed([Dot("a", .plain, 10), Dot("b", .plain, 11)], reference: 0)
    #expect(far.texts.contains("0"))
  }

  @Test("roles are named where there are several, and published numbers where there are any")
  func legend() throws {
    let one = try parsed([Dot("a", .plain, 1)]).texts
    #expect(one.contains("mean") && !one.contains("published") && !one.contains("ours"))
    #expect(!one.contains(CurveRole.plain.name))
    let two = try parsed([Dot("a", .plain, 1), Dot("b", .after, 1, published: 2)]).texts
    #expect(two.contains(CurveRole.plain.name) && two.contains(CurveRole.after.name))
    #expect(two.filter { $0 == "published" }.count == 2)
  }

  @Test("numbers that are not finite are told, and bars without ends left out")
  func notFinite() throws {
    let rows = [
      Dot("a", .plain, .nan, interval(.nan, 1), published: .infinity),
      Dot("b", .plain, 1, interval(-.infinity, .infinity)),
    ]
    let parsed = try parsed(rows)
    #expect(parsed.texts.filter { $0 == "not finite" }.count == 2)
    #expect(!parsed.elements("line").contains { $0.attributes["stroke-width"] == "2.5" })
  }

  @Test(
    "odd input is well-formed, inside the figure and always the same",
    arguments: [[], [1], [1, 1], [0], [.nan], [1e300, -1e300], [1e-300]] as [[Double]])
  func odd(means: [Double]) throws {
    let label = String(repeating: "a <long> label & ", count: 20)
    let rows = means.map { Dot(label, .other, $0, published: $0) }
    let document = dotFigure(title: "T", rows: rows, axis: label, reference: .infinity)
    #expect(document == dotFigure(title: "T", rows: rows, axis: label, reference: .infinity))
    for element in try ParsedXML(document).elements {
      for name in ["x", "cx", "x1", "x2"] {
        #expect((0...FigureStyle.pageWidth).contains(element.number(name) ?? 0))
      }
    }
  }
}
