import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("curvesFigure")
struct CurvesFigureTests {
  private func figure(_ history: [HistoryPoint], title: String = "A run") -> String {
    curvesFigure(history: history, title: title, rate: FigureSamples.rate)
  }

  @Test("one to many evaluations are drawn as well-formed XML", arguments: [0, 1, 2, 21, 500])
  func wellFormed(count: Int) throws {
    let parsed = try ParsedXML(figure(FigureSamples.history(count: count)))
    for name in ["Loss", "Cost", "Accuracy", "Learning rate η", "training", "A run"] {
      #expect(parsed.texts.contains(name))
    }
    #expect(parsed.texts.contains("validation") == (count > 0))
  }

  @Test("the lines end at the last numbers, which stand beside them")
  func ends() throws {
    let history = FigureSamples.history(count: 21)
    let last = try #require(history.last)
    let validation = try #require(last.validation)
    let parsed = try ParsedXML(figure(history))
    for value in [last.training.loss, last.training.cost, validation.loss, validation.cost] {
      #expect(parsed.texts.contains(String(format: "%.3f", value)))
    }
    for value in [last.training.accuracy, validation.accuracy] {
      #expect(parsed.texts.contains(String(format: "%.1f", 100 * value)))
    }
    #expect(parsed.elements("polyline").count == 7)
  }

  @Test("the axes carry units, and the steps of an epoch")
  func units() throws {
    let texts = try ParsedXML(figure(FigureSamples.history(count: 21))).texts
    #expect(texts.contains("cross-entropy, nats"))
    #expect(texts.contains("%"))
    #expect(texts.filter { $0 == "update steps (450 = 1 epoch)" }.count == 2)
  }

  @Test("η is drawn from every update step, whatever the evaluations are")
  func rates() throws {
    let parsed = try ParsedXML(figure(FigureSamples.history(count: 2)))
    let line = try #require(parsed.elements("polyline").last?.attributes["points"])
    let heights = line.split(separator: " ").compactMap { pair in
      pair.split(separator: ",").last.flatMap { Double($0) }
    }
    let top = try #require(heights.min())
    let bottom = try #require(heights.max())
    #expect(abs(bottom - top - 200) < 0.1, "the triangle spans the panel")
    #expect(heights.filter { $0 < top + 1 }.count >= 2, "both cycles reach the top")
    let middle = heights[heights.count / 2]
    #expect(middle > bottom - 2, "and the bottom between them")
  }

  @Test("without a validation part there are training curves alone")
  func trainingOnly() throws {
    let parsed = try ParsedXML(figure(FigureSamples.history(count: 5, isValidated: false)))
    #expect(!parsed.texts.contains("validation"))
    #expect(parsed.elements("polyline").count == 4)
  }

  @Test("a diverged run is drawn up to where it broke, and says so")
  func diverged() throws {
    var history = FigureSamples.history(count: 12)
    for (index, loss) in [1e200, .infinity, .nan].enumerated() {
      let metrics = Metrics(loss: loss, cost: loss, accuracy: 0.1)
      history.append(
        HistoryPoint(
          step: 9100 + 100 * index, epoch: 21, eta: 0.1, training: metrics, validation: metrics))
    }
    let document = figure(history)
    let parsed = try ParsedXML(document)
    #expect(parsed.texts.filter { $0 == "not finite at step 9,100" }.count == 2)
    #expect(!document.contains("nan") && !document.contains("inf"))
  }

  @Test("a loss that falls by more than three decades gets a logarithmic axis")
  func logarithmic() throws {
    let history = [2.3, 0.1, 1e-4].enumerated().map { index, loss in
      let metrics = Metrics(loss: loss, cost: loss, accuracy: 1)
      return HistoryPoint(step: index, epoch: 0, eta: 0, training: metrics, validation: nil)
    }
    let texts = try ParsedXML(figure(history)).texts
    #expect(texts.contains("10⁻⁴"))
    #expect(texts.contains("update steps"))
  }

  @Test("the title is escaped, and broken into lines where it is long")
  func title() throws {
    let long = String(repeating: "<long> & \u{7} ", count: 30)
    let parsed = try ParsedXML(figure([], title: long))
    #expect(parsed.elements("title").count == 1)
    let lines = parsed.texts.dropFirst().filter { $0.contains("<long> &") }
    #expect(lines.count > 2)
    #expect(lines.allSatisfy { approximateWidth($0, size: FigureStyle.titleSize) < 900 })
  }

  @Test("a million steps and more make no larger a file")
  func size() {
    let few = figure(FigureSamples.history(count: 500))
    let many = figure(FigureSamples.history(count: 5000, steps: 3_000_000))
    #expect(many.utf8.count < 4 * few.utf8.count)
  }

  @Test("the same history gives the same bytes")
  func deterministic() {
    let history = FigureSamples.history(count: 21)
    #expect(figure(history) == figure(history))
  }
}
