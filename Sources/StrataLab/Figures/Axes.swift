/// A plot area with a horizontal and a vertical axis, on which series are drawn.
package struct Axes: Sendable {
  /// The plot area, without the numbers and names around it.
  package let frame: Rectangle
  /// The horizontal scale, from the left to the right edge of the frame.
  package let x: Scale
  /// The vertical scale, from the bottom to the top edge of the frame.
  package let y: Scale

  /// The labels of a plot area.
  package struct Labels: Sendable {
    /// The heading, above on the left.
    package var title: String
    /// The name and unit of the horizontal axis; empty for none.
    package var x: String
    /// The name and unit of the vertical axis, written beside the heading; empty for none.
    package var y: String

    package init(title: String, x: String, y: String) {
      self.title = title
      self.x = x
      self.y = y
    }
  }

  /// Creates axes over `frame`.
  package init(
    frame: Rectangle, xDomain: ClosedRange<Double>, xKind: Scale.Kind = .linear,
    yDomain: ClosedRange<Double>, yKind: Scale.Kind = .linear
  ) {
    self.frame = frame
    x = Scale(xKind, domain: xDomain, from: frame.x, to: frame.right)
    y = Scale(yKind, domain: yDomain, from: frame.bottom, to: frame.y)
  }

  /// The place of a pair of numbers; `nil` where one of them has none.
  package func point(_ xValue: Double, _ yValue: Double) -> Point? {
    guard Scale.isDrawable(xValue), Scale.isDrawable(yValue) else { return nil }
    guard let x = x.position(of: xValue), let y = y.position(of: yValue) else { return nil }
    return Point(x: x, y: y)
  }

  /// Grid lines, the lower line of the frame, and numbers; the data is drawn over them.
  ///
  /// A tick without a label has its grid line alone.
  package func drawing(
    _ labels: Labels, xTicks: [Tick], yTicks: [Tick], hasVerticalGrid: Bool = false
  ) -> SVGElement {
    var children = horizontalGrid(yTicks) + verticalGrid(xTicks, isWhole: hasVerticalGrid)
    let corners = (Point(x: frame.x, y: frame.bottom), Point(x: frame.right, y: frame.bottom))
    children.append(.line(from: corners.0, to: corners.1, Self.axisStroke))
    if !labels.title.isEmpty || !labels.y.isEmpty { children.append(heading(labels)) }
    if !labels.x.isEmpty {
      let style = TextStyle(
        size: FigureStyle.tickSize, color: FigureStyle.fadedInk, anchor: .middle)
      let place = Point(x: frame.center.x, y: frame.bottom + 36)
      children.append(.text(labels.x, at: place, style))
    }
    return .group(children)
  }

  /// The title and, beside it, the name of the vertical axis.
  private func heading(_ labels: Labels) -> SVGElement {
    let title = SVGElement("tspan", ["font-weight": "bold"], text: labels.title)
    let unit = SVGElement(
      "tspan", ["dx": 6.0, "font-size": .number(FigureStyle.tickSize)], text: labels.y)
    let parts = labels.y.isEmpty ? [title] : [title, unit]
    return SVGElement(
      "text",
      [
        "x": .number(frame.x), "y": .number(frame.y - 12),
        "font-size": .number(FigureStyle.labelSize), "fill": .text(FigureStyle.ink),
      ], children: parts)
  }

  private static let axisStroke = Stroke(FigureStyle.ink)
  private static let gridStroke = Stroke(FigureStyle.grid)

  private func horizontalGrid(_ ticks: [Tick]) -> [SVGElement] {
    let places = ticks.compactMap { tick in
      y.position(of: tick.value).map { (tick.label, Point(x: frame.x, y: $0)) }
    }
    let lines = places.map { ($1, Point(x: frame.right, y: $1.y)) }
    let texts = places.filter { !$0.0.isEmpty }.map { ($0, Point(x: $1.x - 7, y: $1.y)) }
    return grid(lines, Self.gridStroke) + numbers(texts, .end)
  }

  private func verticalGrid(_ ticks: [Tick], isWhole: Bool) -> [SVGElement] {
    let places = ticks.compactMap { tick in
      x.position(of: tick.value).map { (tick.label, Point(x: $0, y: frame.bottom)) }
    }
    let lines = isWhole ? places.map { (Point(x: $1.x, y: frame.y), $1) } : []
    let marks = places.map { ($1, Point(x: $1.x, y: $1.y + 5)) }
    let texts = places.filter { !$0.0.isEmpty }.map { ($0, Point(x: $1.x, y: $1.y + 15)) }
    return grid(lines, Self.gridStroke) + grid(marks, Self.axisStroke) + numbers(texts, .middle)
  }

  private func grid(_ lines: [(Point, Point)], _ stroke: Stroke) -> [SVGElement] {
    lines.isEmpty ? [] : [.lines(lines, stroke)]
  }

  private func numbers(_ texts: [(String, Point)], _ anchor: TextStyle.Anchor) -> [SVGElement] {
    let style = TextStyle(size: FigureStyle.tickSize, anchor: anchor)
    return texts.isEmpty ? [] : [.texts(texts, style)]
  }
}
