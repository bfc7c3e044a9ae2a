/// A plot of series over update steps, with the last numbers beside their ends.
struct CurvePanel {
  let labels: Axes.Labels
  let frame: Rectangle
  let stepDomain: ClosedRange<Double>
  let series: [Series]
  /// The rule of the vertical axis; `nil` for the one that suits the numbers.
  var kind: Scale.Kind?
  /// Numbers that the vertical axis spans besides those of the series.
  var alsoShown: [Double] = []
  /// Decimals of the numbers at the ends; `nil` for no such numbers.
  let endDecimals: Int?

  var drawing: SVGElement {
    let numbers = series.flatMap(\.shownNumbers) + alsoShown
    let kind = kind ?? Scale.suitableKind(for: numbers)
    let axes = Axes(
      frame: frame, xDomain: stepDomain,
      yDomain: Scale.closeDomain(of: numbers, kind: kind, ticks: 5), yKind: kind)
    var labels = labels
    if kind == .logarithmic { labels.y += ", logarithmic axis" }
    let background = axes.drawing(
      labels, xTicks: axes.x.ticks(atMost: 6, isWhole: true), yTicks: axes.y.ticks(atMost: 6))
    let bands = series.compactMap { series in
      series.band?.drawing(on: axes, color: series.style.color)
    }
    return .group(
      [background] + bands + series.map { $0.drawing(on: axes) } + endLabels(axes) + warning)
  }

  /// The last number of each series.
  private func endLabels(_ axes: Axes) -> [SVGElement] {
    guard let endDecimals else { return [] }
    let labels = series.compactMap { series in
      series.last(on: axes).map { value, place in
        EndLabel(
          text: EndLabel.text(value.y, decimals: endDecimals), place: place,
          color: series.style.color)
      }
    }
    return EndLabel.drawing(labels, in: frame)
  }

  /// Says where the numbers stop being finite.
  private var warning: [SVGElement] {
    let steps = series.flatMap { $0.values.filter { !Scale.isDrawable($0.y) }.map(\.x) }
    guard let first = steps.min() else { return [] }
    let text = "not finite at step " + fixedText(first, decimals: 0)
    let style = TextStyle(
      size: FigureStyle.tickSize, color: FigureStyle.vermilion, anchor: .middle, isBold: true)
    return [.text(text, at: Point(x: frame.center.x, y: frame.y + 8), style)]
  }
}
