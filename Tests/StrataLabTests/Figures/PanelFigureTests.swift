import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("PanelFigure")
struct PanelFigureTests {
  private func history(_ losses: [Double]) -> [HistoryPoint] {
    losses.enumerated().map { index, loss in
      let metrics = Metrics(loss: loss, cost: loss + 1, accuracy: loss / 10)
      return HistoryPoint(
        step: 100 * index, epoch: Double(index), eta: 0.1, training: metrics, validation: metrics)
    }
  }

  private func panel(_ losses: [Double], _ published: PublishedPoint...) -> Panel {
    Panel("P", .init(.normalized, [history(losses)]), published: published)
  }

  private func parsed(_ quantities: [CurveQuantity], _ panels: [Panel]) throws -> ParsedXML {
    try ParsedXML(PanelFigure(title: "Depth", quantities: quantities, panels: panels).svg)
  }

  @Test("the panels of a row share one vertical axis, whose numbers stand on the left")
  func shared() throws {
    let parsed = try parsed([.accuracy], [panel([1, 2]), panel([1, 6])])
    let lines = parsed.elements("polyline").map(\.places)
    #expect(lines.count == 4)
    #expect(lines[0][0][1] == lines[2][0][1], "both start at 10 %")
    let rises = [lines[0], lines[2]].map { $0[0][1] - $0[1][1] }
    #expect(abs(rises[1] / rises[0] - 5) < 0.05, "50 points rise 5 times as far as 10")
    #expect(parsed.texts.filter { $0 == "10" }.count == 1)
  }

  @Test("rows have axes of their own, and panels their titles in each")
  func rows() throws {
    let parsed = try parsed([.loss, .cost, .accuracy], [panel([3, 2]), panel([2, 1])])
    for text in ["Depth", "Loss", "Cost", "Accuracy", "update steps (100 = 1 epoch)"] {
      #expect(parsed.texts.filter { $0 == text }.count == (text == "Depth" ? 2 : 1), "\(text)")
    }
    #expect(parsed.texts.filter { $0 == "P" }.count == 6)
    #expect(parsed.elements("polyline").count == 12)
  }

  @Test("step 0 is always drawn, on a logarithmic axis where it would squeeze the rest")
  func start() throws {
    for first in [2.5, 9, 1e5] {
      let parsed = try parsed([.loss, .accuracy], [panel([first, 2, 1.5])])
      #expect(parsed.elements("polyline").allSatisfy { $0.places.count == 3 })
      let isLogarithmic = parsed.texts.contains("cross-entropy, nats, logarithmic axis")
      #expect(isLogarithmic == (first > 5))
    }
  }

  @Test("several seeds are a mean in a band, drawn behind all lines")
  func bands() throws {
    let runs = [history([3, 2]), history([3, 1])]
    let panel = Panel("P", .init(.normalized, runs), .init(.plain, runs))
    let parsed = try parsed([.loss], [panel])
    #expect(parsed.areas.count == 4)
    let drawn = parsed.elements.filter {
      $0.name == "polyline" || $0.attributes["fill-opacity"] != nil
    }
    #expect(drawn.prefix(4).allSatisfy { $0.name == "path" })
    let line = try #require(parsed.elements("polyline").first).places
    let ends = try #require(parsed.areas.first).places.filter { $0[0] == line[1][0] }
    #expect(abs(ends.map { $0[1] }.reduce(0, +) / 2 - line[1][1]) < 0.11)
  }

  @Test("the legend names what is drawn, by its colour or its dashes")
  func legend() throws {
    let single = try parsed([.loss], [Panel("P", .validation, [.after: [history([2, 1])]])])
    #expect(single.texts.contains("normalization after the ReLU"))
    #expect(single.texts.contains("validation"))
    for name in ["training", "published", "batch normalization"] {
      #expect(!single.texts.contains(name), "\(name)")
    }
    let named = PanelFigure(
      title: "T", quantities: [.loss], panels: [panel([2, 1], .init(.loss, 1, .plain))],
      roleNames: [.plain: "<none>"])
    let texts = try ParsedXML(named.svg).texts
    for name in ["training", "validation", "published", "<none>", "batch normalization"] {
      #expect(texts.contains(name), "\(name)")
    }
  }

  @Test("more than four panels are broken into lines, inside the figure")
  func lines() throws {
    let parsed = try parsed([.loss], (0..<7).map { _ in panel([2, 1]) })
    let starts = parsed.elements("polyline").compactMap { $0.places.first }
    #expect(Set(starts.map { $0[0] }).count == 4)
    #expect(Set(starts.map { $0[1] }).count == 2)
    let ends = parsed.elements("polyline").flatMap { $0.places.map { $0[0] } }
    #expect(ends.allSatisfy { (0...FigureStyle.pageWidth - 40).contains($0) })
  }

  @Test("eight panels of four curves in bands stay below 40 kB")
  func size() {
    let panels = (0..<4).map { index in
      let runs = (0..<6).map { seed in
        history((0..<21).map { 3 - 0.1 * Double($0) + 0.3 * sin(Double($0 * (seed + 3) + index)) })
      }
      let published = CurveQuantity.allCases.map { PublishedPoint($0, 2.2, .plain) }
      return Panel(
        "\(index) layers", .init(.normalized, Array(runs[..<3])),
        .init(.plain, Array(runs[3...])), published: published)
    }
    let svg = PanelFigure(title: "T", quantities: [.loss, .accuracy], panels: panels).svg
    #expect(svg.utf8.count < 40_000)
    #expect(svg == PanelFigure(title: "T", quantities: [.loss, .accuracy], panels: panels).svg)
  }

  @Test("no panels, no runs and no evaluations are drawn too")
  func empty() throws {
    #expect(try parsed([.loss], []).texts.contains("Depth"))
    #expect(try parsed([], [panel([2, 1])]).texts.contains("Depth"))
    let panels = [Panel("a", .init(.plain, [])), Panel("b", .init(.plain, [[]])), panel([1])]
    let texts = try parsed([.loss], panels).texts
    #expect(texts.filter { $0 == "no runs" }.count == 2)
  }
}
