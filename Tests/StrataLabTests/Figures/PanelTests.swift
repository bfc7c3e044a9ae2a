import Strata
import StrataLab
import TestSupport
import Testing

@Suite("Panel")
struct PanelTests {
  private func lines(_ panel: Panel) throws -> [ParsedXML.Element] {
    let figure = PanelFigure(title: "T", quantities: [.loss], panels: [panel])
    return try ParsedXML(figure.svg).elements("polyline")
  }

  private let runs = [FigureSamples.history(count: 5), FigureSamples.history(count: 5)]

  @Test("two roles have a solid and a dashed line each")
  func parts() throws {
    let drawn = try lines(Panel("P", .init(.normalized, runs), .init(.plain, runs)))
    #expect(
      drawn.map { $0.attributes["stroke"] } == [
        FigureStyle.blue, FigureStyle.blue, FigureStyle.vermilion, FigureStyle.vermilion,
      ])
    #expect(drawn.map { $0.attributes["stroke-dasharray"] } == [nil, "5 3", nil, "5 3"])
  }

  @Test("one part of all roles is four lines")
  func roles() throws {
    let all = Dictionary(uniqueKeysWithValues: CurveRole.allCases.map { ($0, runs) })
    let drawn = try lines(Panel("P", .validation, all))
    #expect(drawn.map { $0.attributes["stroke"] } == CurveRole.allCases.map(\.color))
    #expect(drawn.allSatisfy { $0.attributes["stroke-dasharray"] == "5 3" })
  }

  @Test("a role that is given twice is one group of runs")
  func twice() throws {
    let panel = Panel("P", .init(.after, [runs[0]]), .init(.after, [runs[1]]))
    let figure = PanelFigure(title: "T", quantities: [.loss], panels: [panel])
    let parsed = try ParsedXML(figure.svg)
    #expect(parsed.elements("polyline").count == 2)
    #expect(parsed.areas.count == 2)
    #expect(parsed.texts.contains { $0.contains("mean over 2 seeds") })
  }
}
