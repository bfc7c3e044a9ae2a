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
      yDomain: Scale.domain(of: numbers, kind: kind, ticks: 5), yKind: kind)
    let background = axes.drawing(
      labels, xTicks: axes.x.ticks(atMost: 6, isWhole: true), yTicks: axes.y.ticks(atMost: 6))
    let bands = series.compactMap { series in
      series.band?.drawing(on: axes, color: series.style.color)
    }
    return .group(
      [background] + bands + series.map { $0.drawing(on: axes) } + endLabels(axes) + warning)
  }

  /// The last number of each series, moved apart where they would overlap.
  private func endLabels(_ axes: Axes) -> [SVGElement] {
    guard let endDecimals else { return [] }
    let ends = series.compactMap { series in
      series.last(on: axes).map { (value: $0.value.y, place: $0.place, color: series.style.color) }
    }.sorted { $0.place.y < $1.place.y }
    let heights = spread(ends.map(\.place.y), gap: 13, within: (frame.y - 8)...frame.bottom)
    return zip(ends, heights).map { end, height in
      .text(
        endText(end.value, decimals: endDecimals), at: Point(x: end.place.x + 8, y: height),
        TextStyle(size: FigureStyle.tickSize, color: end.color, isBold: true))
    }
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

/// A number in the little room beside a curve.
private func endText(_ value: Double, decimals: Int) -> String {
  let isPlain = value == 0 || (0.01..<10_000).contains(abs(value))
  return isPlain ? fixedText(value, decimals: decimals) : scientificText(value, digits: 2)
}

/// The heights, in ascending order, moved as little as needed to be `gap` apart.
package func spread(
  _ heights: [Double], gap: Double, within bounds: ClosedRange<Double>
) -> [Double] {
  var result: [Double] = []
  for height in heights {
    result.append(max(height, (result.last ?? -.infinity) + gap))
  }
  // Each pushed the next one down; give back half of it, so that they stay around their places.
  let shift = zip(result, heights).map { $0 - $1 }.max() ?? 0
  let highest = bounds.lowerBound
  let excess = max(0, (result.last ?? 0) - shift / 2 - bounds.upperBound)
  let top = (result.first ?? highest) - shift / 2 - excess
  return result.map { $0 - shift / 2 - excess + max(0, highest - top) }
}
