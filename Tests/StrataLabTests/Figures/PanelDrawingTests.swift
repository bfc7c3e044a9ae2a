import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("Panels of curves")
struct PanelDrawingTests {
  private func history(_ losses: [Double]) -> [HistoryPoint] {
    losses.enumerated().map { index, loss in
      let metrics = Metrics(loss: loss, cost: loss, accuracy: 0.5)
      return HistoryPoint(
        step: 100 * index, epoch: 0, eta: 0, training: metrics, validation: nil)
    }
  }

  private func parsed(
    _ losses: [Double], _ published: PublishedPoint..., title: String = "P"
  ) throws -> ParsedXML {
    let panel = Panel(title, .training, [.normalized: [history(losses)]], published: published)
    return try ParsedXML(PanelFigure(title: "T", quantities: [.loss], panels: [panel]).svg)
  }

  @Test("a published number stands at the end of its curve, with a diamond and its value")
  func published() throws {
    let parsed = try parsed([3, 2, 2.5], .init(.loss, 2.5, .normalized))
    let end = try #require(parsed.elements("polyline").first?.places.last)
    // The first is in the legend.
    let diamonds = parsed.diamonds()
    #expect(diamonds.count == 2)
    let places = try #require(diamonds.last).places
    #expect(abs(places.map { $0[0] }.reduce(0, +) / 4 - end[0]) < 0.11)
    #expect(abs(places.map { $0[1] }.reduce(0, +) / 4 - end[1]) < 0.11)
    #expect(diamonds.last?.attributes["stroke"] == FigureStyle.blue)
    #expect(parsed.texts.filter { $0 == "2.500" }.count == 2)
    #expect(parsed.diamonds(radius: 3.5).count == 1, "beside its number")
  }

  @Test("it stands at its step where it has one, and the axis spans it")
  func step() throws {
    let parsed = try parsed([3, 2, 1], .init(.loss, 4, .plain, step: 100))
    let line = try #require(parsed.elements("polyline").first).places
    let diamond = try #require(parsed.diamonds().last).places
    #expect(abs(diamond[0][0] - line[1][0]) < 0.11)
    #expect(diamond[0][1] < line[0][1], "4 is above 3")
    let headings = parsed.elements("text").filter { $0.attributes["fill"] == FigureStyle.ink }
    let title = try #require(headings.last { $0.number("font-size") == 12 })
    #expect(diamond[0][1] > (title.number("y") ?? .infinity), "and inside the plot")
    #expect(parsed.diamonds(radius: 3.5).isEmpty)
    #expect(parsed.texts.contains("4.000"))
  }

  @Test("numbers of other quantities, or that are not finite, are not marked")
  func unmarked() throws {
    let parsed = try parsed([3, 2], .init(.cost, 4, .plain), .init(.loss, .nan, .plain))
    #expect(parsed.diamonds().isEmpty)
    #expect(!parsed.texts.contains("published"))
  }

  @Test("a published 0 makes the axis linear")
  func zero() throws {
    let texts = try parsed([9, 2, 1.5], .init(.loss, 0, .plain)).texts
    #expect(!texts.contains { $0.hasSuffix("logarithmic axis") })
    #expect(texts.contains("0.000"))
  }

  @Test("a run that diverged is drawn up to there, and says where")
  func diverged() throws {
    let parsed = try parsed([3, 2, .nan, .infinity, 1e200])
    #expect(parsed.elements("polyline").map(\.places.count) == [2])
    #expect(parsed.texts.contains("not finite at step 200"))
    #expect(try self.parsed([.nan, .nan]).texts.contains("not finite at step 0"))
  }

  @Test(
    "odd input is well-formed",
    arguments: [[], [1], [2, 2, 2], [0, 0], [-1, 1], [1e-300, 1e99], [1e99, -1e99]] as [[Double]])
  func odd(losses: [Double]) throws {
    let title = String(repeating: "a <long> title & ", count: 20)
    let point = PublishedPoint(.loss, 1, .other, step: .max)
    let parsed = try parsed(losses, point, title: title)
    #expect(parsed.texts.contains { $0.contains("…") })
    for element in parsed.elements {
      for name in ["x", "cx", "x1", "x2"] {
        #expect((0...FigureStyle.pageWidth).contains(element.number(name) ?? 0))
      }
    }
  }

  @Test("the numbers at the ends do not overlap")
  func labels() throws {
    let runs = Dictionary(
      uniqueKeysWithValues: CurveRole.allCases.map { ($0, [history([3, 2])]) })
    let panel = Panel("P", .training, runs)
    let figure = PanelFigure(title: "T", quantities: [.loss], panels: [panel])
    let parsed = try ParsedXML(figure.svg)
    let colors = Set(CurveRole.allCases.map(\.color))
    let heights = parsed.elements("text").filter { colors.contains($0.attributes["fill"] ?? "") }
      .compactMap { $0.number("y") }.sorted()
    #expect(heights.count == 4)
    #expect(zip(heights, heights.dropFirst()).allSatisfy { $1 - $0 > 11.9 })
  }
}
