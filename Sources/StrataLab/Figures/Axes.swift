/// A plot area with a horizontal and a vertical axis, on which series are drawn.
package struct Axes: Sendable {
  /// The plot area, without the numbers and names around it.
  package let frame: Rectangle
  /// The horizontal scale, from the left to the right edge of the frame.
  package let x: Scale
  /// The vertical scale, from the bottom to the top edge of the frame.
  package let y: Scale

  /// What stands around a plot area.
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

  /// Grid lines, frame lines and numbers; the data is drawn over them.
  package func drawing(_ labels: Labels, xTicks: [Tick], yTicks: [Tick]) -> SVGElement {
    var children = yTicks.flatMap(horizontalGrid) + xTicks.flatMap(verticalGrid)
    children.append(.line(from: corner(right: false), to: corner(right: true), Self.axisStroke))
    children.append(heading(labels))
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
    return SVGElement(
      "text",
      [
        "x": .number(frame.x), "y": .number(frame.y - 12),
        "font-size": .number(FigureStyle.labelSize), "fill": .text(FigureStyle.ink),
      ], children: [title, unit])
  }

  private static let axisStroke = Stroke(FigureStyle.ink)
  private static let gridStroke = Stroke(FigureStyle.grid)

  private func corner(right: Bool) -> Point {
    Point(x: right ? frame.right : frame.x, y: frame.bottom)
  }

  private func horizontalGrid(_ tick: Tick) -> [SVGElement] {
    guard let height = y.position(of: tick.value) else { return [] }
    let left = Point(x: frame.x, y: height)
    let style = TextStyle(size: FigureStyle.tickSize, anchor: .end)
    return [
      .line(from: left, to: Point(x: frame.right, y: height), Self.gridStroke),
      .text(tick.label, at: Point(x: frame.x - 7, y: height), style),
    ]
  }

  private func verticalGrid(_ tick: Tick) -> [SVGElement] {
    guard let place = x.position(of: tick.value) else { return [] }
    let bottom = Point(x: place, y: frame.bottom)
    let style = TextStyle(size: FigureStyle.tickSize, anchor: .middle)
    return [
      .line(from: bottom, to: Point(x: place, y: frame.bottom + 5), Self.axisStroke),
      .text(tick.label, at: Point(x: place, y: frame.bottom + 15), style),
    ]
  }
}
