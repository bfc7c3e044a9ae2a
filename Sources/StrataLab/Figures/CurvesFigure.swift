package import Strata

/// Draws a run: loss, cost, accuracy and η over update steps, as an SVG document.
///
/// - Parameters:
///   - history: The evaluations, in the order of their steps; numbers need not be finite.
///   - title: The heading.
///   - notes: Lines in smaller letters below the heading.
///   - rate: η of an update step, counted from 0, for example a schedule's `rate(at:)`.
/// - Returns: The text of an SVG file; the same bytes for the same input.
/// - Complexity: Linear in the number of evaluations, and of update steps up to 200,000 of them.
package func curvesFigure(
  history: [HistoryPoint], title: String, notes: [String] = [], rate: (Int) -> Double
) -> String {
  let isValidated = history.contains { $0.validation != nil }
  let figure = Figure(
    width: 900, title: title, notes: notes,
    legend: [.init("training", .training)]
      + (isValidated ? [.init("validation", .validation)] : []))
  let steps = max(0, history.map(\.step).max() ?? 0)
  let grid = PanelGrid(top: figure.headerHeight, width: figure.width, panels: 4)
  let stepLabel = stepAxisLabel(history)
  let domain = 0...Double(max(steps, 1))
  var panels = CurveQuantity.allCases.enumerated().map { index, quantity in
    let series = quantity.series(history)
    return CurvePanel(
      labels: Axes.Labels(
        title: quantity.title, x: grid.isLowest(index) ? stepLabel : "", y: quantity.unit),
      frame: grid.frame(index), stepDomain: domain, series: series,
      kind: quantity.axisKind(for: series), endDecimals: quantity.decimals)
  }
  panels.append(
    CurvePanel(
      labels: Axes.Labels(title: "Learning rate η", x: stepLabel, y: "of each update step"),
      frame: grid.frame(3), stepDomain: domain, series: [rateSeries(rate, steps: steps)],
      kind: .linear, endDecimals: nil))
  return figure.svg(height: grid.height, content: panels.map(\.drawing))
}

/// Where panels stand, two in a row.
struct PanelGrid {
  let top: Double
  let width: Double
  let panels: Int

  private let leading = 64.0
  private let trailing = 56.0
  private let plotHeight = 200.0
  private let rowHeight = 262.0

  init(top: Double, width: Double, panels: Int) {
    self.top = top
    self.width = width
    self.panels = panels
  }

  var height: Double { top + Double((panels + 1) / 2) * rowHeight + 22 }

  /// Whether no panel stands below.
  func isLowest(_ index: Int) -> Bool { index + 2 >= panels }

  func frame(_ index: Int) -> Rectangle {
    let column = (width - Figure.margin) / 2
    return Rectangle(
      x: Double(index % 2) * column + leading, y: top + Double(index / 2) * rowHeight + 32,
      width: column - leading - trailing, height: plotHeight)
  }
}

/// η of every update step; of very many, of 100,000 to 200,000 evenly spread, which are hundreds for
/// each unit of the drawing's width.
private func rateSeries(_ rate: (Int) -> Double, steps: Int) -> Series {
  let every = max(1, steps / 100_000)
  let values = stride(from: 0, to: max(steps, 1), by: every).map {
    Series.Value(Double($0), rate($0))
  }
  return Series(name: "η", values: values, style: SeriesStyle(color: FigureStyle.green))
}

/// `update steps (450 = 1 epoch)`, without the epochs where the history does not tell them.
func stepAxisLabel(_ history: [HistoryPoint]) -> String {
  guard let last = history.last(where: { $0.epoch > 0 && $0.step > 0 }) else {
    return "update steps"
  }
  let steps = (Double(last.step) / last.epoch).rounded()
  guard steps >= 1, steps < 1e12 else { return "update steps" }
  return "update steps (\(countText(Int(steps))) = 1 epoch)"
}
