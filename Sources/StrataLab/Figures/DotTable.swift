/// The rows of a dot figure with labels on the left and numbers on the right.
struct DotTable {
  private let rows: [Dot]
  private let labels: [[String]]
  private let labelWidth: Double
  private let rowHeight: Double
  private let reference: Double?
  private let decimals: Int

  private static let numberWidth = 62.0

  init(rows: [Dot], reference: Double?, decimals: Int) {
    let size = FigureStyle.labelSize
    let width = min(250, rows.map { approximateWidth($0.label, size: size) * 1.1 }.max() ?? 0)
    (self.rows, self.reference, self.decimals) = (rows, reference, decimals)
    labelWidth = width
    labels = rows.map { row in
      wrapped(fitted(row.label, width: 1.7 * width, size: size), width: width / 1.05, size: size)
    }
    rowHeight = 10 + 14 * Double(labels.map(\.count).max() ?? 1)
  }

  private var hasPublished: Bool { rows.contains { $0.published != nil } }

  func legend(roleNames: [CurveRole: String]) -> [Figure.LegendEntry] {
    let roles = Set(rows.map(\.role))
    let levels = Set(rows.compactMap { $0.interval?.level })
    var entries: [Figure.LegendEntry] = []
    if roles.count > 1 || roles.contains(where: { roleNames[$0] != nil }) {
      entries = Figure.LegendEntry.roles(roles, names: roleNames)
    }
    if !rows.isEmpty {
      let style = SeriesStyle(color: FigureStyle.ink)
      entries.append(.init(intervalName(levels), style, isLine: !levels.isEmpty))
    }
    return entries + (hasPublished ? [.published] : [])
  }

  func frame(top: Double) -> Rectangle {
    let left = Figure.margin + labelWidth + 12
    let numbers = Self.numberWidth * (hasPublished ? 2 : 1)
    return Rectangle(
      x: left, y: top, width: FigureStyle.pageWidth - Figure.margin - numbers - left,
      height: rowHeight * Double(max(1, rows.count)))
  }

  func drawing(in frame: Rectangle) -> SVGElement {
    let shown = rows.flatMap { row in
      [row.mean, row.published, row.interval?.lower, row.interval?.upper, reference]
        .compactMap(\.self)
    }
    let axes = Axes(
      frame: frame, xDomain: Scale.domain(of: shown, kind: .linear, ticks: 6), yDomain: 0...1)
    let guides = rows.indices.map { index in
      let height = height(index, frame)
      return (Point(x: frame.x, y: height), Point(x: frame.right, y: height))
    }
    let background = axes.drawing(
      Axes.Labels(title: "", x: "", y: ""), xTicks: axes.x.ticks(atMost: 7), yTicks: [],
      hasVerticalGrid: true)
    let lines = SVGElement.lines(guides, Stroke(FigureStyle.grid, dash: [1, 3]))
    let drawn = rows.indices.flatMap { index in
      text(index, frame) + dot(rows[index], at: height(index, frame), axes)
    }
    return .group([background, lines] + referenceLine(axes) + columnHeads(frame) + drawn)
  }

  private func height(_ index: Int, _ frame: Rectangle) -> Double {
    frame.y + (Double(index) + 0.5) * rowHeight
  }

  private func referenceLine(_ axes: Axes) -> [SVGElement] {
    guard let reference, Scale.isDrawable(reference),
      let place = axes.x.position(of: reference)
    else { return [] }
    return [
      .line(
        from: Point(x: place, y: axes.frame.y), to: Point(x: place, y: axes.frame.bottom),
        Stroke(FigureStyle.ink, width: 1.2))
    ]
  }

  private func columnHeads(_ frame: Rectangle) -> [SVGElement] {
    guard hasPublished else { return [] }
    let style = TextStyle(
      size: FigureStyle.tickSize, color: FigureStyle.fadedInk, anchor: .end)
    return [
      .texts(
        [
          ("ours", Point(x: frame.right + Self.numberWidth, y: frame.y - 8)),
          ("published", Point(x: frame.right + 2 * Self.numberWidth, y: frame.y - 8)),
        ], style)
    ]
  }

  /// The label and the numbers of a row.
  private func text(_ index: Int, _ frame: Rectangle) -> [SVGElement] {
    let row = rows[index]
    let height = height(index, frame)
    let first = height - 7 * Double(labels[index].count - 1)
    let lines = labels[index].enumerated().map { line, text in
      (text, Point(x: frame.x - 10, y: first + 14 * Double(line)))
    }
    let end = frame.right + Self.numberWidth
    let number = SVGElement.text(
      number(row.mean), at: Point(x: end, y: height),
      TextStyle(color: row.role.color, anchor: .end, isBold: Scale.isDrawable(row.mean)))
    let published = row.published.map { value in
      SVGElement.text(
        self.number(value), at: Point(x: end + Self.numberWidth, y: height),
        TextStyle(anchor: .end))
    }
    return [.texts(lines, TextStyle(anchor: .end)), number] + [published].compactMap(\.self)
  }

  private func number(_ value: Double) -> String {
    guard Scale.isDrawable(value) else { return "not finite" }
    let text = EndLabel.text(value, decimals: decimals)
    return reference != nil && value > 0 ? "+" + text : text
  }

  /// The bar, the diamond and the dot, as far as they have places.
  private func dot(_ row: Dot, at height: Double, _ axes: Axes) -> [SVGElement] {
    func place(_ value: Double?) -> Point? {
      guard let value, Scale.isDrawable(value) else { return nil }
      return axes.x.position(of: value).map { Point(x: $0, y: height) }
    }
    var elements: [SVGElement] = []
    if let low = place(row.interval?.lower), let high = place(row.interval?.upper) {
      elements.append(.line(from: low, to: high, Stroke(row.role.color, width: 2.5)))
    }
    if let mean = place(row.mean) { elements.append(row.role.style().marker(at: mean)) }
    if let published = place(row.published) {
      elements.append(
        .diamond(at: published, radius: 5.5, fill: "none", Stroke(FigureStyle.ink, width: 1.4)))
    }
    return elements
  }
}
