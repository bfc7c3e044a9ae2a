/// How a series looks, in the plot and in the legend.
package struct SeriesStyle: Sendable, Hashable {
  /// The shape that stands at single numbers.
  package enum Marker: Sendable, Hashable {
    case circle, square, triangle, diamond, cross
  }

  package let color: String
  package let dash: [Double]
  package let marker: Marker
  /// Whether the marker is an outline only.
  package let isHollow: Bool

  package init(
    color: String, dash: [Double] = [], marker: Marker = .circle, isHollow: Bool = false
  ) {
    self.color = color
    self.dash = dash
    self.marker = marker
    self.isHollow = isHollow
  }

  /// The same with hollow markers.
  package var hollow: SeriesStyle {
    SeriesStyle(color: color, dash: dash, marker: marker, isHollow: true)
  }

  /// The training part, in every figure of one run.
  package static let training = SeriesStyle(color: FigureStyle.blue)
  /// The validation part, in every figure of one run.
  package static let validation = SeriesStyle(
    color: FigureStyle.vermilion, dash: [6, 3], marker: .square)

  /// The style of one of several runs, counted from 0: the first 28 all look different, and
  /// neighbours differ in colour, dashes and marker.
  package static func numbered(_ index: Int) -> SeriesStyle {
    SeriesStyle(
      color: runColors[index % runColors.count], dash: runDashes[index % runDashes.count],
      marker: index.isMultiple(of: 2) ? .circle : .square)
  }

  private static let runColors = [
    FigureStyle.blue, FigureStyle.vermilion, FigureStyle.green, FigureStyle.purple,
    FigureStyle.orange, FigureStyle.skyBlue, FigureStyle.ink,
  ]
  private static let runDashes: [[Double]] = [[], [6, 3], [2, 3], [9, 3, 2, 3]]

  package var stroke: Stroke { Stroke(color, width: 1.8, dash: dash) }

  /// The marker around a place.
  package func marker(at place: Point) -> SVGElement {
    let outline = isHollow ? Stroke(color, width: 1.2) : Stroke(FigureStyle.paper, width: 0.75)
    let fill = isHollow ? FigureStyle.paper : color
    switch marker {
    case .circle: return .circle(at: place, radius: 3, fill: fill, outline)
    case .square:
      let square = Rectangle(x: place.x - 2.7, y: place.y - 2.7, width: 5.4, height: 5.4)
      return .rectangle(square, fill: fill, outline)
    case .triangle:
      let corners = [(0.0, -3.9), (3.6, 2.6), (-3.6, 2.6)]
      return .polygon(
        corners.map { Point(x: place.x + $0, y: place.y + $1) }, fill: fill, outline)
    case .cross:
      let (low, high) = (place.y + 3.5, place.y - 3.5)
      let strokes = [(low, high), (high, low)].map { start, end in
        (Point(x: place.x - 3.5, y: start), Point(x: place.x + 3.5, y: end))
      }
      return .lines(strokes, Stroke(color, width: 2))
    case .diamond: return .diamond(at: place, radius: 5, fill: fill, outline)
    }
  }
}

/// Numbers over numbers, drawn as a line, with markers where they are few.
package struct Series: Sendable {
  /// One number over another; neither has to be finite.
  package struct Value: Sendable, Hashable {
    package let x: Double
    package let y: Double

    package init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// How it is called in the legend.
  package let name: String
  /// The numbers, in the order of x.
  package let values: [Value]
  /// How it looks.
  package let style: SeriesStyle
  /// The spread around the numbers; `nil` for none.
  package let band: Band?

  /// More numbers than this are drawn without markers.
  package static let mostMarkers = 40

  package init(name: String, values: [Value], style: SeriesStyle, band: Band? = nil) {
    self.name = name
    self.values = values
    self.style = style
    self.band = band
  }

  /// Everything that an axis has to span.
  package var shownNumbers: [Double] { numbers { _ in true } }

  /// The numbers, and the ends of the band, where x is meant.
  func numbers(where isMeant: (Double) -> Bool) -> [Double] {
    values.filter { isMeant($0.x) }.map(\.y)
      + (band?.values ?? []).filter { isMeant($0.x) }.flatMap { [$0.low, $0.high] }
  }

  /// The line, interrupted where numbers have no place, and the markers: at all numbers where they
  /// are at most `mostMarkers`, else at lone ones.
  package func drawing(on axes: Axes, mostMarkers: Int = Self.mostMarkers) -> SVGElement {
    let runs = placedRuns(on: axes)
    var children: [SVGElement] = []
    for run in runs where run.count > 1 { children.append(.polyline(thinned(run), style.stroke)) }
    let count = runs.reduce(0) { $0 + $1.count }
    for run in runs where run.count == 1 || count <= mostMarkers {
      children += run.map(style.marker)
    }
    return children.count == 1 ? children[0] : .group(children)
  }

  /// The last number that has a place, and its place.
  package func last(on axes: Axes) -> (value: Value, place: Point)? {
    for value in values.reversed() {
      if let place = axes.point(value.x, value.y) { return (value, place) }
    }
    return nil
  }

  /// The places of the numbers, cut where a number has none.
  private func placedRuns(on axes: Axes) -> [[Point]] {
    var runs: [[Point]] = [[]]
    for value in values {
      if let place = axes.point(value.x, value.y) {
        runs[runs.count - 1].append(place)
      } else if runs.last?.isEmpty == false {
        runs.append([])
      }
    }
    return runs.filter { !$0.isEmpty }
  }
}

/// The points of a line that can be seen: of each unit of width the first, lowest, highest and last.
///
/// The drawn line is the same to within a unit, however many points there are (Jugel et al. 2014,
/// "M4: a visualization-oriented time series data aggregation").
///
/// - Complexity: Linear in the number of points.
package func thinned(_ points: [Point]) -> [Point] {
  var result: [Point] = []
  var start = 0
  while start < points.count {
    let column = points[start].x.rounded(.down)
    var end = start + 1
    while end < points.count, points[end].x.rounded(.down) == column { end += 1 }
    let indices = start..<end
    let lowest = indices.max { points[$0].y < points[$1].y } ?? start
    let highest = indices.min { points[$0].y < points[$1].y } ?? start
    for index in Set([start, lowest, highest, end - 1]).sorted() { result.append(points[index]) }
    start = end
  }
  return result
}
