/// A drawing with a heading and a legend, ready to be written to a file.
///
/// The same input gives the same bytes. There is no script, no reference to another file, and no
/// identifier, so that several figures can stand in one page.
package struct Figure: Sendable {
  /// A name in the legend.
  package struct LegendEntry: Sendable {
    /// The text.
    package let name: String
    /// The line and marker beside it.
    package let style: SeriesStyle
    /// Whether there is a line, and not the marker alone.
    package let isLine: Bool
    /// Whether there is a marker, and not the line alone.
    package let hasMarker: Bool

    package init(
      _ name: String, _ style: SeriesStyle, isLine: Bool = true, hasMarker: Bool = true
    ) {
      self.name = name
      self.style = style
      self.isLine = isLine
      self.hasMarker = hasMarker
    }
  }

  /// Width in user units.
  package let width: Double
  /// The title, one line.
  package let title: String
  /// Notes in smaller letters below.
  package let notes: [String]
  /// The names of the curves.
  package let legend: [LegendEntry]

  /// The distance of the content from the edges.
  package static let margin = 16.0

  package init(width: Double, title: String, notes: [String] = [], legend: [LegendEntry] = []) {
    self.width = width
    self.title = title
    self.notes = notes
    self.legend = legend
  }

  /// The height that the heading takes; the content starts below.
  package var headerHeight: Double {
    Self.margin + 20 * Double(titleLines.count) + 16 * Double(noteLines.count)
      + Self.legendRowHeight * Double(legendRows.count)
  }

  /// The whole document, `height` user units high.
  package func svg(height: Double, content: [SVGElement]) -> String {
    let size = (coordinateText(width), coordinateText(height))
    let page = Rectangle(x: 0, y: 0, width: width, height: height)
    let root = SVGElement(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "width": .text(size.0), "height": .text(size.1),
        "viewBox": .text("0 0 \(size.0) \(size.1)"), "font-family": .text(FigureStyle.fonts),
        "role": "img",
      ],
      children: [SVGElement("title", text: title), .rectangle(page, fill: FigureStyle.paper)]
        + header + content)
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.xml()
  }

  private var titleLines: [String] {
    // Bold letters are about an eighth wider.
    wrapped(title, width: (width - 2 * Self.margin) / 1.13, size: FigureStyle.titleSize)
  }

  private var noteLines: [String] {
    notes.flatMap { wrapped($0, width: width - 2 * Self.margin, size: FigureStyle.labelSize) }
  }

  private var header: [SVGElement] {
    var result: [SVGElement] = []
    var y = Self.margin + 8
    for line in titleLines {
      let style = TextStyle(size: FigureStyle.titleSize, isBold: true)
      result.append(.text(line, at: Point(x: Self.margin, y: y), style))
      y += 20
    }
    for line in noteLines {
      let style = TextStyle(color: FigureStyle.fadedInk)
      result.append(.text(line, at: Point(x: Self.margin, y: y), style))
      y += 16
    }
    return result + legendDrawing(y: y + 6)
  }

  private static let legendRowHeight = 22.0

  /// The entries row by row; a name that is too long for a row is shortened.
  private var legendRows: [[LegendEntry]] {
    let room = width - 2 * Self.margin
    var rows: [[LegendEntry]] = []
    var used = room
    for entry in legend {
      let name = fitted(entry.name, width: (room - 62) / 1.1, size: FigureStyle.labelSize)
      let entry = LegendEntry(
        name, entry.style, isLine: entry.isLine, hasMarker: entry.hasMarker)
      if used + entry.width > room {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(entry)
      used += entry.width
    }
    return rows
  }

  private func legendDrawing(y: Double) -> [SVGElement] {
    var result: [SVGElement] = []
    for (row, entries) in legendRows.enumerated() {
      let y = y + Double(row) * Self.legendRowHeight
      var x = Self.margin
      for entry in entries {
        let line = (Point(x: x, y: y), Point(x: x + 30, y: y))
        if entry.isLine { result.append(.line(from: line.0, to: line.1, entry.style.stroke)) }
        if entry.hasMarker {
          result.append(entry.style.marker(at: Point(x: x + entry.markWidth / 2, y: y)))
        }
        result.append(.text(entry.name, at: Point(x: x + entry.markWidth + 7, y: y), TextStyle()))
        x += entry.width
      }
    }
    return result
  }
}

extension Figure.LegendEntry {
  /// The room before the name.
  fileprivate var markWidth: Double { isLine ? 30 : 12 }

  /// Line, name and the distance to the next entry.
  fileprivate var width: Double {
    markWidth + 7 + approximateWidth(name, size: FigureStyle.labelSize) * 1.1 + 24
  }
}
