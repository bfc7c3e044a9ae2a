/// A number to the right of a place on a curve.
struct EndLabel: Hashable {
  /// The number.
  let text: String
  /// The place that it belongs to.
  let place: Point
  /// The colour of its curve.
  let color: String
  /// Whether it was published.
  var isPublished = false

  /// A number with a few digits, for the little room beside a curve.
  static func text(_ value: Double, decimals: Int) -> String {
    let isPlain = value == 0 || (0.01..<10_000).contains(abs(value))
    return isPlain
      ? typographic(fixedText(value, decimals: decimals)) : scientificText(value, digits: 2)
  }

  /// The labels of places in a plot area, moved apart where they would overlap.
  ///
  /// Those inside the area have a light ground. Published ones on its right edge have a small diamond,
  /// since other labels may come between them and their places.
  static func drawing(_ labels: [EndLabel], in frame: Rectangle) -> [SVGElement] {
    var columns: [[EndLabel]] = []
    for label in labels.sorted(by: { $0.place.x < $1.place.x }) {
      if let last = columns.last?.last, label.place.x - last.place.x < 45 {
        columns[columns.count - 1].append(label)
      } else {
        columns.append([label])
      }
    }
    let placed = columns.flatMap { column in
      let sorted = column.sorted { $0.place.y < $1.place.y }
      let heights = spread(
        sorted.map(\.place.y), gap: 12, within: (frame.y - 8)...(frame.bottom - 2))
      return zip(sorted, heights).map { label, height in
        (label: label, place: Point(x: label.place.x + 8, y: height))
      }
    }
    let inside = placed.filter { $0.label.place.x < frame.right - 1 }
    let marks = placed.filter { $0.label.isPublished && $0.label.place.x >= frame.right - 1 }
    return inside.map { $0.label.ground(at: $0.place) }
      + marks.map { $0.label.mark(at: $0.place) }
      + [false, true].flatMap { isPublished in
        texts(
          placed.filter { $0.label.isPublished == isPublished }, frame, isBold: !isPublished)
      }
  }

  private static func texts(
    _ placed: [(label: EndLabel, place: Point)], _ frame: Rectangle, isBold: Bool
  ) -> [SVGElement] {
    guard !placed.isEmpty else { return [] }
    let size = FigureStyle.tickSize
    let texts = placed.map { label, place in
      let isMarked = label.isPublished && label.place.x >= frame.right - 1
      return SVGElement(
        "text",
        [
          "x": .number(place.x + (isMarked ? 9 : 0)), "y": .number(place.y + 0.35 * size),
          "fill": .text(label.color),
        ], text: label.text)
    }
    let group = SVGElement("g", ["font-size": .number(size)], children: texts)
    return [isBold ? group.with("font-weight", "bold") : group]
  }

  private func mark(at place: Point) -> SVGElement {
    .diamond(
      at: Point(x: place.x + 3, y: place.y), radius: 3.5, fill: "none", Stroke(color))
  }

  private func ground(at place: Point) -> SVGElement {
    let width = approximateWidth(text, size: FigureStyle.tickSize) + 4
    return SVGElement.rectangle(
      Rectangle(x: place.x - 2, y: place.y - 6, width: width, height: 12),
      fill: FigureStyle.paper
    ).with("fill-opacity", 0.6)
  }
}

/// The heights, in ascending order, moved as little as needed to be `gap` apart: with the least sum
/// of squared distances, by pooling those that would overlap.
///
/// Where the bounds have no room for all, the last ones stand beyond them.
package func spread(
  _ heights: [Double], gap: Double, within bounds: ClosedRange<Double>
) -> [Double] {
  // Without the gaps, the heights only have to ascend: isotonic regression.
  var pools: [(sum: Double, count: Int)] = []
  for (index, height) in heights.enumerated() {
    var pool = (sum: height - Double(index) * gap, count: 1)
    while let last = pools.last, last.sum * Double(pool.count) >= pool.sum * Double(last.count) {
      pool = (pool.sum + last.sum, pool.count + last.count)
      pools.removeLast()
    }
    pools.append(pool)
  }
  let lowest = bounds.upperBound - Double(max(0, heights.count - 1)) * gap
  let starts = pools.flatMap { pool in
    let mean = pool.sum / Double(pool.count)
    return Array(repeating: max(bounds.lowerBound, min(mean, lowest)), count: pool.count)
  }
  return starts.enumerated().map { $1 + Double($0) * gap }
}
