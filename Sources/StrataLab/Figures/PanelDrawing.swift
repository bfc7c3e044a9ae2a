/// One panel of a `PanelFigure` on an axis that it shares.
struct PanelDrawing {
  /// The heading.
  let title: String
  /// What is shown.
  let quantity: CurveQuantity
  /// At most four.
  let curves: [PanelCurve]
  /// The published numbers of this quantity.
  let marks: [PublishedPoint]
  /// The last update step.
  let steps: Int
  /// What the vertical axis of the row spans.
  let yDomain: ClosedRange<Double>
  /// The rule of the vertical axis of the row.
  let yKind: Scale.Kind
  /// Whether it is the first of its line, which carries the numbers of the vertical axis.
  let isFirst: Bool

  /// The panel over a plot area.
  func drawing(in frame: Rectangle) -> SVGElement {
    let axes = Axes(
      frame: frame, xDomain: 0...Double(max(steps, 1)), yDomain: yDomain, yKind: yKind)
    let ticks = axes.y.ticks(atMost: 8)
    let heading = fitted(title, width: frame.width / 1.13, size: FigureStyle.labelSize)
    let background = axes.drawing(
      Axes.Labels(title: heading, x: "", y: ""),
      xTicks: curves.isEmpty ? [] : axes.x.ticks(atMost: frame.width < 250 ? 2 : 6, isWhole: true),
      yTicks: isFirst ? ticks : ticks.map { Tick(value: $0.value, label: "") })
    let bands = curves.compactMap { curve in
      curve.series.band?.drawing(on: axes, color: curve.role.color)
    }
    let lines = curves.map { $0.series.drawing(on: axes, mostMarkers: 0) }
    return .group([background] + bands + lines + ends(axes) + warnings(frame))
  }

  /// Markers and numbers at the ends of the curves and at published points.
  private func ends(_ axes: Axes) -> [SVGElement] {
    let curveEnds = curves.compactMap { curve in
      curve.series.last(on: axes).map { value, place in
        (curve.series.style.marker(at: place), label(value.y, at: place, curve.role))
      }
    }
    let published = marks.compactMap { mark in
      place(of: mark, on: axes).map { place in
        (
          SeriesStyle.published(mark.role.color).marker(at: place),
          label(mark.value, at: place, mark.role, isPublished: true)
        )
      }
    }
    let ends = curveEnds + published
    return ends.map(\.0) + EndLabel.drawing(ends.map(\.1), in: axes.frame)
  }

  private func label(
    _ value: Double, at place: Point, _ role: CurveRole, isPublished: Bool = false
  ) -> EndLabel {
    EndLabel(
      text: EndLabel.text(value, decimals: quantity.decimals), place: place, color: role.color,
      isPublished: isPublished)
  }

  /// At its step, else at the last one of its role, else at the right edge.
  private func place(of mark: PublishedPoint, on axes: Axes) -> Point? {
    let last = curves.filter { $0.role == mark.role }.compactMap { $0.series.values.last?.x }.max()
    let step = mark.step.map(Double.init) ?? last ?? axes.x.domain.upperBound
    return axes.point(
      min(max(step, axes.x.domain.lowerBound), axes.x.domain.upperBound), mark.value)
  }

  /// Says where numbers stop being finite, or that there are none.
  private func warnings(_ frame: Rectangle) -> [SVGElement] {
    let steps = curves.flatMap { curve in
      curve.series.values.filter { !Scale.isDrawable($0.y) }.map(\.x)
    }
    let text =
      steps.min().map { "not finite at step " + fixedText($0, decimals: 0) }
      ?? (curves.isEmpty ? "no runs" : "")
    let style = TextStyle(size: FigureStyle.tickSize, anchor: .middle, isBold: true)
    let lines = wrapped(text, width: frame.width / 1.13, size: FigureStyle.tickSize)
    return lines.enumerated().map { index, line in
      .text(line, at: Point(x: frame.center.x, y: frame.y + 8 + 13 * Double(index)), style)
    }
  }
}
