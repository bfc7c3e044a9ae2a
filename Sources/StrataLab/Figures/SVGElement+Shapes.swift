extension SVGElement {
  /// A straight line.
  package static func line(from start: Point, to end: Point, _ stroke: Stroke) -> SVGElement {
    SVGElement(
      "line",
      [
        "x1": .number(start.x), "y1": .number(start.y), "x2": .number(end.x), "y2": .number(end.y),
      ]
    ).stroked(stroke)
  }

  /// Several straight lines that look alike.
  package static func lines(_ ends: [(Point, Point)], _ stroke: Stroke) -> SVGElement {
    let parts = ends.map { start, end in
      let move = "M\(coordinateText(start.x)) \(coordinateText(start.y))"
      if start.y == end.y { return move + "H" + coordinateText(end.x) }
      if start.x == end.x { return move + "V" + coordinateText(end.y) }
      return move + "L\(coordinateText(end.x)) \(coordinateText(end.y))"
    }
    return SVGElement("path", ["d": .text(parts.joined())]).stroked(stroke)
  }

  /// Straight lines from point to point.
  package static func polyline(_ points: [Point], _ stroke: Stroke) -> SVGElement {
    SVGElement("polyline", ["points": .text(pointList(points)), "fill": "none"])
      .with("stroke-linejoin", "round").stroked(stroke)
  }

  /// A filled area with straight edges and no outline, through which what is behind it shows.
  package static func area(_ points: [Point], fill: String, opacity: Double) -> SVGElement {
    SVGElement(
      "path",
      [
        "d": .text(relativePath(points)), "fill": .text(fill), "fill-opacity": .number(opacity),
      ])
  }

  /// A filled area with straight edges.
  package static func polygon(_ points: [Point], fill: String, _ stroke: Stroke) -> SVGElement {
    SVGElement("polygon", ["points": .text(pointList(points)), "fill": .text(fill)])
      .stroked(stroke)
  }

  /// A square that stands on a corner.
  package static func diamond(
    at center: Point, radius: Double, fill: String, _ stroke: Stroke
  ) -> SVGElement {
    let corners = [(0, -radius), (radius, 0), (0, radius), (-radius, 0)]
    return .polygon(
      corners.map { Point(x: center.x + $0, y: center.y + $1) }, fill: fill, stroke)
  }

  /// A rectangle, filled, outlined or both.
  package static func rectangle(
    _ rectangle: Rectangle, fill: String = "none", _ stroke: Stroke? = nil
  ) -> SVGElement {
    let element = SVGElement(
      "rect",
      [
        "x": .number(rectangle.x), "y": .number(rectangle.y), "width": .number(rectangle.width),
        "height": .number(rectangle.height), "fill": .text(fill),
      ])
    return stroke.map(element.stroked) ?? element
  }

  /// A circle, filled, outlined or both.
  package static func circle(
    at center: Point, radius: Double, fill: String, _ stroke: Stroke? = nil
  ) -> SVGElement {
    let element = SVGElement(
      "circle",
      [
        "cx": .number(center.x), "cy": .number(center.y), "r": .number(radius),
        "fill": .text(fill),
      ])
    return stroke.map(element.stroked) ?? element
  }

  /// One line of text, its middle at the height of `place`.
  package static func text(_ text: String, at place: Point, _ style: TextStyle) -> SVGElement {
    // Letters stand on the baseline; a digit's middle is about a third of the size above it.
    let baseline = 0.35 * style.size
    var element = SVGElement(
      "text",
      [
        "x": .number(place.x), "y": .number(place.y + baseline), "font-size": .number(style.size),
        "fill": .text(style.color),
      ], text: text)
    if style.anchor != .start {
      element = element.with("text-anchor", .text(style.anchor.rawValue))
    }
    if style.isBold { element = element.with("font-weight", "bold") }
    if style.rotation != 0 {
      let numbers = [style.rotation, place.x, place.y].map(coordinateText)
      element = element.with("transform", .text("rotate(\(numbers.joined(separator: " ")))"))
    }
    return element
  }

  /// Lines of text that share a style, each with its middle at the height of its place.
  package static func texts(_ texts: [(String, Point)], _ style: TextStyle) -> SVGElement {
    let shared: KeyValuePairs<String, Value> = [
      "font-size": .number(style.size), "fill": .text(style.color),
      "text-anchor": .text(style.anchor.rawValue),
    ]
    let children = texts.map { text, place in
      SVGElement(
        "text", ["x": .number(place.x), "y": .number(place.y + 0.35 * style.size)], text: text)
    }
    return SVGElement("g", shared, children: children)
  }

  /// Elements that belong together.
  package static func group(_ children: [SVGElement]) -> SVGElement {
    SVGElement("g", children: children)
  }

  private func stroked(_ stroke: Stroke) -> SVGElement {
    let element = with("stroke", .text(stroke.color)).with("stroke-width", .number(stroke.width))
    guard !stroke.dash.isEmpty else { return element }
    return element.with(
      "stroke-dasharray", .text(stroke.dash.map(coordinateText).joined(separator: " ")))
  }
}

/// Places with one decimal: there are many of them, and a tenth of a unit cannot be seen.
private func pointList(_ points: [Point]) -> String {
  points.map { coordinateText(tenths($0.x) / 10) + "," + coordinateText(tenths($0.y) / 10) }
    .joined(separator: " ")
}

/// A closed path with one decimal, which tells each place from the one before it: that is shorter.
private func relativePath(_ points: [Point]) -> String {
  let places = points.map { (x: tenths($0.x), y: tenths($0.y)) }
  guard let first = places.first else { return "" }
  let steps = zip(places.dropFirst(), places).flatMap { [$0.x - $1.x, $0.y - $1.y] }
  return "M" + numberList([first.x, first.y]) + "l" + numberList(steps) + "z"
}

/// Tenths as numbers; a minus sign parts them too.
private func numberList(_ tenths: [Double]) -> String {
  tenths.reduce(into: "") { text, number in
    let number = coordinateText(number / 10)
    text += text.isEmpty || number.hasPrefix("-") ? number : " " + number
  }
}

/// How many tenths of a unit a coordinate has; what is not finite or far away is drawn at the nearest
/// coordinate that is.
private func tenths(_ value: Double) -> Double {
  value.isNaN ? 0 : (min(max(value, -1e6), 1e6) * 10).rounded()
}
