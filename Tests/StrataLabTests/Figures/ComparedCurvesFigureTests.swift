import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("comparedCurvesFigure")
struct ComparedCurvesFigureTests {
  private func history(_ losses: [Double], isValidated: Bool = true) -> [HistoryPoint] {
    losses.enumerated().map { index, loss in
      let metrics = Metrics(loss: loss, cost: loss + 1, accuracy: loss / 10)
      return HistoryPoint(
        step: 100 * index, epoch: Double(index), eta: 0.1, training: metrics,
        validation: isValidated ? metrics : nil)
    }
  }

  @Test("each run has a line in each of six panels, and a name in the legend")
  func single() throws {
    let groups = ["first", "second <1>"].map { name in
      CurveGroup(name: name, histories: [FigureSamples.history(count: 9)])
    }
    let parsed = try ParsedXML(comparedCurvesFigure(groups: groups, title: "Two"))
    #expect(parsed.elements("polyline").count == 12)
    #expect(parsed.areas.isEmpty)
    for text in ["Two", "first", "second <1>", "Training loss", "Validation accuracy"] {
      #expect(parsed.texts.contains(text), "\(text)")
    }
    #expect(parsed.texts.filter { $0 == "update steps (450 = 1 epoch)" }.count == 2)
    let colors = Set(parsed.elements("polyline").compactMap { $0.attributes["stroke"] })
    #expect(colors.count == 2)
  }

  @Test("without validation there are three panels, each low one with a name below")
  func trainingOnly() throws {
    let groups = [CurveGroup(name: "one", histories: [history([1, 2, 3], isValidated: false)])]
    let parsed = try ParsedXML(comparedCurvesFigure(groups: groups, title: "T"))
    #expect(parsed.elements("polyline").count == 3)
    #expect(!parsed.texts.contains { $0.hasPrefix("Validation") })
    #expect(parsed.texts.filter { $0.hasPrefix("update steps") }.count == 2)
  }

  @Test(
    "several seeds are the line of their mean in a band",
    arguments: [(Band.Kind.range, 4, 4), (.deviation, 4 * 2.0.squareRoot(), 8)])
  func band(_ kind: Band.Kind, _ width: Double, _ axis: Double) throws {
    // Losses 0 and 4 at the end: mean 2, from 0 to 4, deviation √8; on an axis 0…4 or −2…6.
    let group = CurveGroup(name: "seeds", histories: [history([2, 0]), history([2, 4])])
    let figure = comparedCurvesFigure(groups: [group], title: "T", band: kind)
    let parsed = try ParsedXML(figure)
    let line = try #require(parsed.elements("polyline").first).places
    let area = try #require(parsed.areas.first).places
    #expect(parsed.areas.count == 6)
    #expect(line.count == 2 && area.count == 4)
    // The mean does not change, so the line is level; the band opens to both sides alike.
    #expect(line[0][1] == line[1][1])
    let heights = area.filter { $0[0] == line[1][0] }.map { $0[1] }.sorted()
    #expect(heights.count == 2)
    #expect(abs(heights[0] + heights[1] - 2 * line[1][1]) < 0.21)
    let texts = parsed.texts
    #expect(texts.contains { $0.contains("mean over 2 seeds") && $0.contains(kind.text) })
    let span = heights[1] - heights[0]
    #expect(abs(span - 200 / axis * width) < 0.21)
  }

  @Test("only steps that all seeds share are drawn, and gaps stay gaps")
  func shared() throws {
    let short = CurveGroup(name: "s", histories: [history([1, 2, 3, 4]), history([1, 2, 3])])
    let parsed = try ParsedXML(comparedCurvesFigure(groups: [short], title: "T"))
    let line = try #require(parsed.elements("polyline").first).places
    #expect(line.count == 3)
    let broken = CurveGroup(
      name: "b", histories: [history([1, 1, .nan, 1, 1]), history([2, 2, 2, 2, 2])])
    for kind in Band.Kind.allCases {
      let figure = comparedCurvesFigure(groups: [broken], title: "T", band: kind)
      let parsed = try ParsedXML(figure)
      // Two pieces on either side of the gap of losses, costs and accuracies, twice.
      #expect(parsed.areas.count == 12)
      #expect(!figure.contains("nan"))
    }
  }

  @Test("a start that would squeeze the rest is drawn on a logarithmic axis, any other on a linear")
  func start() throws {
    func figure(_ first: Double) throws -> ParsedXML {
      let group = CurveGroup(name: "s", histories: [history([first, 4, 3])])
      return try ParsedXML(comparedCurvesFigure(groups: [group], title: "T"))
    }
    // The later losses take 1 of 6, then 1 of 3; costs are losses + 1.
    let squeezing = try figure(9)
    let mild = try figure(6)
    for parsed in [squeezing, mild] {
      #expect(parsed.elements("polyline").allSatisfy { $0.places.count == 3 })
    }
    #expect(squeezing.texts.filter { $0.hasSuffix("logarithmic axis") }.count == 4)
    #expect(!mild.texts.contains { $0.hasSuffix("logarithmic axis") })
    // Equal ratios are equal lengths: from 9 to 4 and from 4 to 3.
    let heights = try #require(squeezing.elements("polyline").first).places.map { $0[1] }
    let ratio = log(9.0 / 4) / log(4.0 / 3)
    #expect(abs((heights[1] - heights[0]) / (heights[2] - heights[1]) - ratio) < 0.05)
  }

  @Test("no runs and empty histories are drawn too")
  func empty() throws {
    #expect(try ParsedXML(comparedCurvesFigure(groups: [], title: "T")).texts.contains("T"))
    let groups = [CurveGroup(name: "none", histories: []), CurveGroup(name: "e", histories: [[]])]
    #expect(try ParsedXML(comparedCurvesFigure(groups: groups, title: "T")).texts.contains("none"))
  }

  @Test("many long names are wrapped in the legend, inside the figure")
  func legend() throws {
    let groups = (0..<30).map { index in
      CurveGroup(
        name: String(repeating: "long name ", count: index), histories: [history([1, 2])])
    }
    let parsed = try ParsedXML(comparedCurvesFigure(groups: groups, title: "T"))
    for element in parsed.elements("line") {
      for end in ["x1", "x2"] {
        let place = try #require(element.attributes[end].flatMap(Double.init))
        #expect((0...900).contains(place))
      }
    }
    let styles = (0..<28).map { SeriesStyle.numbered($0) }
    #expect(Set(styles).count == 28)
    #expect(
      zip(styles, styles.dropFirst()).allSatisfy { $0.color != $1.color && $0.dash != $1.dash })
  }
}
