import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("boxPlotFigure")
struct BoxPlotFigureTests {
  private func figure(_ values: [[Double]], bound: Double? = 1e-6) -> String {
    boxPlotFigure(
      title: "Gradient check", groups: values.indices.map { "γ\($0 + 1)" },
      series: [BoxPlotSeries(name: "Reference", values: values, bound: bound)])
  }

  @Test("boxes stand where the quartiles are on the logarithmic axis")
  func places() throws {
    // Quartiles 10⁻⁸, 10⁻⁷, 10⁻⁶ on an axis from 10⁻⁹ to 10⁻⁵.
    let parsed = try ParsedXML(figure([[1e-9, 1e-8, 1e-7, 1e-6, 1e-5]]))
    let box = try #require(parsed.elements("rect").last?.attributes)
    let height = try #require(box["height"].flatMap(Double.init))
    #expect(abs(height - 210 / 2) < 0.02)
    #expect(parsed.texts.contains("bound 10⁻⁶"))
    #expect(parsed.texts.contains("10⁻⁹") && parsed.texts.contains("10⁻⁵"))
    let bound = try #require(
      parsed.elements("line").last { $0.attributes["stroke-dasharray"] != nil })
    let top = try #require(box["y"].flatMap(Double.init))
    let boundHeight = try #require(bound.attributes["y1"].flatMap(Double.init))
    #expect(abs(boundHeight - top) < 0.02)
  }

  @Test("zeros stand on the lowest line, which says so")
  func zeros() throws {
    let parsed = try ParsedXML(figure([[0, 0, 0], [1e-9, 1e-8]]))
    #expect(parsed.texts.contains("0"))
    #expect(parsed.texts.contains { $0.contains("Zeros stand on the lowest line") })
    #expect(try ParsedXML(figure([[0]], bound: nil)).texts.contains("0"))
    #expect(!(try ParsedXML(figure([[1e-9]])).texts.contains("0")))
  }

  @Test("a group without values says why, and what is not finite is counted")
  func empty() throws {
    let document = boxPlotFigure(
      title: "T", groups: ["W1", "b1"],
      series: [.init(name: "S", values: [[1e-9, .nan, .infinity], []], bound: 1e-6)],
      emptyText: "gradient is zero")
    let texts = try ParsedXML(document).texts
    #expect(texts.filter { $0 == "gradient is zero" }.count == 1)
    #expect(texts.contains("2 values are not finite"))
  }

  @Test(
    "odd input is drawn as well-formed XML",
    arguments: [
      [], [[]], [[.nan]], [[0]], [[-1]], [[1e-300]], [[1e300]],
      [[.leastNonzeroMagnitude, 1.7e308]],
      [[Double]](repeating: [1e-9, 2e-9], count: 198),
    ] as [[[Double]]], [nil, 0, .nan, -1, 1e300, 1e-6] as [Double?])
  func odd(values: [[Double]], bound: Double?) throws {
    let document = figure(values, bound: bound)
    #expect(try ParsedXML(document).texts.contains("Reference"))
    #expect(document == figure(values, bound: bound))
  }

  @Test("a series may have fewer samples than there are groups, or more")
  func mismatch() throws {
    let series = [
      BoxPlotSeries(name: "few", values: [[1e-9]]),
      BoxPlotSeries(name: "many", values: [[1e-9], [1e-8], [1e-7]]),
    ]
    let parsed = try ParsedXML(boxPlotFigure(title: "T", groups: ["a", "b"], series: series))
    #expect(parsed.elements("rect").count == 1 + 3)
    #expect(parsed.texts.contains("no values"))
  }

  @Test("a large sample makes no large file")
  func size() {
    let values = FigureSamples.errors(count: 20_000, center: -8, seed: 1)
    #expect(figure([values]).utf8.count < 10_000)
  }
}
