import Foundation
import StrataLab
import TestSupport
import Testing

@Suite("sweepFigure")
struct SweepFigureTests {
  private func parsed(
    _ series: [CurveRole: SweepSeries], _ axis: SweepAxis = .linear
  ) throws -> ParsedXML {
    try ParsedXML(sweepFigure(title: "Sweep", series: series, setting: "η", axis: axis))
  }

  private func values(_ pairs: [(Double, Double)]) -> [SweepSeries.Value] {
    pairs.map { x, mean in
      .init(x, mean, Interval(lower: mean - 1, upper: mean + 1, level: 0.95))
    }
  }

  @Test("each series is a line in the order of its settings, with a bar at each")
  func series() throws {
    let parsed = try parsed([
      .plain: .init("second", values([(0.2, 51), (0, 50), (0.1, 52)])),
      .normalized: .init("first", values([(0, 53), (0.2, 55)])),
    ])
    let lines = parsed.elements("polyline")
    #expect(lines.map { $0.attributes["stroke"] } == [FigureStyle.blue, FigureStyle.vermilion])
    let places = try #require(lines.last).places
    #expect(places.map { $0[0] } == places.map { $0[0] }.sorted())
    #expect(abs(places[1][0] - (places[0][0] + places[2][0]) / 2) < 0.11)
    let bars = parsed.elements("path").filter { $0.attributes["stroke-width"] == "1.2" }
    // A bar and two caps for each.
    #expect(bars.map { $0.attributes["d"]?.count { $0 == "M" } } == [6, 9])
    let texts = parsed.texts
    #expect(texts.contains("mean, 95 % interval"))
    #expect(texts.filter { ["first", "second"].contains($0) } == ["first", "second"])
  }

  @Test("equal ratios are equal lengths on a logarithmic axis, whose ticks are the settings")
  func logarithmic() throws {
    let parsed = try parsed(
      [.plain: .init("s", values([(0.01, 1), (0.1, 2), (1, 3)]))], .logarithmic)
    let places = try #require(parsed.elements("polyline").first).places.map { $0[0] }
    #expect(abs(places[1] - (places[0] + places[2]) / 2) < 0.11)
    for text in ["0.01", "0.1", "1", "η"] { #expect(parsed.texts.contains(text), "\(text)") }
  }

  @Test("settings too many to be written one by one have the ticks of the axis")
  func ticks() throws {
    let many = (0..<100).map { (Double($0) + 0.25, 1.0) }
    let texts = try parsed([.plain: .init("s", values(many))]).texts
    #expect(texts.contains("20") && !texts.contains("20.25"))
  }

  @Test("categories stand evenly below the plot")
  func categories() throws {
    let series = SweepSeries("s", values([(0, 1), (1, 2), (2, 3)]))
    let parsed = try parsed([.after: series], .categories(["2 layers", "3 layers", "9 layers"]))
    let names = parsed.elements("text").filter { $0.attributes["text-anchor"] == "middle" }
    let places = try #require(parsed.elements("polyline").first).places.map { $0[0] }
    #expect(
      names.prefix(3).compactMap { $0.number("x") }.elementsEqual(places) { abs($0 - $1) < 0.06 })
    #expect(parsed.texts.contains("9 layers"))
  }

  @Test("a setting without a finite result has a cross and interrupts the line")
  func notFinite() throws {
    let series = SweepSeries("s", values([(1, 1), (2, 1), (3, .nan), (4, 1), (5, 1)]))
    let parsed = try parsed([.plain: series])
    #expect(parsed.elements("polyline").map(\.places.count) == [2, 2])
    #expect(parsed.texts.contains("not finite"))
    let crosses = parsed.elements("path").filter {
      $0.attributes["stroke-width"] == "2" && $0.attributes["stroke"] == FigureStyle.vermilion
    }
    #expect(crosses.count == 1)
    #expect(!(try self.parsed([.plain: .init("s", values([(1, 1)]))]).texts.contains("not finite")))
  }

  @Test("published numbers have diamonds and their values")
  func published() throws {
    let series = SweepSeries("s", [.init(1, 50, published: 51.26), .init(2, 50)])
    let parsed = try parsed([.other: series])
    #expect(parsed.diamonds().count == 2, "one of them in the legend")
    #expect(parsed.texts.contains("51.3") && parsed.texts.contains("published"))
  }

  @Test("settings without a place are counted")
  func places() throws {
    let series = SweepSeries("s", values([(0, 1), (-1, 1), (.nan, 1), (1, 1)]))
    let logarithmic = try parsed([.plain: series], .logarithmic).texts
    #expect(logarithmic.contains { $0.hasPrefix("3 results are not shown") })
    #expect(try parsed([.plain: series]).texts.contains { $0.hasPrefix("One result is not shown") })
    let named = try parsed([.plain: series], .categories(["a"])).texts
    #expect(named.contains { $0.hasPrefix("3 results are not shown") })
  }

  @Test(
    "odd input is well-formed, inside the figure and always the same",
    arguments: [[], [1], [1, 1], [0], [.nan], [1e300, -1e300], [1e-300]] as [[Double]],
    [
      .linear, .logarithmic, .categories([]),
      .categories([String](repeating: "<a> & b", count: 99)),
    ] as [SweepAxis])
  func odd(means: [Double], axis: SweepAxis) throws {
    let values = means.enumerated().map {
      SweepSeries.Value(pow(10, Double($0)), $1, published: $1)
    }
    let name = String(repeating: "a <long> name & ", count: 20)
    let series = [CurveRole.other: SweepSeries(name, values)]
    let document = sweepFigure(title: name, series: series, setting: name, axis: axis)
    #expect(document == sweepFigure(title: name, series: series, setting: name, axis: axis))
    for element in try ParsedXML(document).elements {
      for attribute in ["x", "cx", "x1", "x2"] {
        #expect((0...FigureStyle.pageWidth).contains(element.number(attribute) ?? 0))
      }
    }
  }
}
