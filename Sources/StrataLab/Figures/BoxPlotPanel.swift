/// The names of groups along a horizontal axis, upright where they fit and turned where not.
struct GroupLabels {
  let names: [String]
  /// The width that each group has.
  let slot: Double
  /// The height that the names take.
  let height: Double

  private let isTurned: Bool

  init(_ names: [String], slot: Double) {
    let widths = names.map { approximateWidth($0, size: FigureStyle.tickSize) }
    let widest = min(widths.max() ?? 0, 120)
    self.slot = slot
    self.names = names.map { fitted($0, width: 120, size: FigureStyle.tickSize) }
    isTurned = widest > slot - 4
    height = isTurned ? widest + 14 : 22
  }

  /// Where the middle of a group lies, from the left end of the axis.
  func center(_ index: Int) -> Double { (Double(index) + 0.5) * slot }

  func drawing(below frame: Rectangle) -> [SVGElement] {
    let every = max(1, Int((FigureStyle.tickSize / slot).rounded(.up)))
    let style = TextStyle(
      size: FigureStyle.tickSize, anchor: isTurned ? .end : .middle,
      rotation: isTurned ? -90 : 0)
    return stride(from: 0, to: names.count, by: every).map { index in
      let place = Point(x: frame.x + center(index), y: frame.bottom + (isTurned ? 8 : 14))
      return .text(names[index], at: place, style)
    }
  }
}

/// The boxes of one series over the groups.
struct BoxPlotPanel {
  let series: BoxPlotSeries
  let labels: GroupLabels
  let valueName: String
  let emptyText: String
  let frame: Rectangle

  var drawing: SVGElement {
    let values = series.values.flatMap { $0.filter(Scale.isDrawable) }
    let shown = values + [series.bound].compactMap { $0 }
    var domain = Scale.domain(of: shown, kind: .logarithmic, ticks: 0)
    if series.hasZeros { domain = (domain.lowerBound / 10)...domain.upperBound }
    let axes = Axes(frame: frame, xDomain: 0...1, yDomain: domain, yKind: .logarithmic)
    let heading = Axes.Labels(title: series.name, x: "", y: valueName)
    let background = axes.drawing(heading, xTicks: [], yTicks: ticks(axes.y))
    let boxes = labels.names.indices.flatMap { box($0, on: axes.y) }
    return .group(
      [background] + labels.drawing(below: frame) + boxes + boundLine(axes.y) + warning)
  }

  private func ticks(_ scale: Scale) -> [Tick] {
    let ticks = scale.ticks(atMost: 8)
    guard series.hasZeros else { return ticks }
    let floor = scale.domain.lowerBound
    return [Tick(value: floor, label: "0")] + ticks.filter { $0.value > floor * 5 }
  }

  private func box(_ index: Int, on scale: Scale) -> [SVGElement] {
    let x = frame.x + labels.center(index)
    let values = series.values.indices.contains(index) ? series.values[index] : []
    if let summary = BoxSummary(values.filter(Scale.isDrawable)) {
      return BoxDrawing(summary: summary, x: x, width: min(26, 0.6 * labels.slot), scale: scale)
        .elements
    }
    let style = TextStyle(size: FigureStyle.tickSize, color: FigureStyle.fadedInk, rotation: -90)
    return values.isEmpty ? [.text(emptyText, at: Point(x: x, y: frame.bottom - 6), style)] : []
  }

  private func boundLine(_ scale: Scale) -> [SVGElement] {
    guard let bound = series.bound, bound > 0, Scale.isDrawable(bound),
      let height = scale.position(of: bound)
    else { return [] }
    let text = "bound " + scientificText(bound, digits: 1)
    let color = FigureStyle.vermilion
    let style = TextStyle(size: FigureStyle.tickSize, color: color, isBold: true)
    return [
      .line(
        from: Point(x: frame.x, y: height), to: Point(x: frame.right, y: height),
        Stroke(color, width: 1.5, dash: [6, 3])),
      .text(text, at: Point(x: frame.right + 6, y: height), style),
    ]
  }

  /// Says how many values could not be drawn.
  private var warning: [SVGElement] {
    let count = series.values.joined().filter { !Scale.isDrawable($0) }.count
    guard count > 0 else { return [] }
    let style = TextStyle(
      size: FigureStyle.tickSize, color: FigureStyle.vermilion, anchor: .end, isBold: true)
    let text = count == 1 ? "1 value is not finite" : "\(countText(count)) values are not finite"
    return [.text(text, at: Point(x: frame.right, y: frame.y - 16), style)]
  }
}

/// One box with its whiskers and points.
private struct BoxDrawing {
  let summary: BoxSummary
  /// The place of the middle.
  let x: Double
  let width: Double
  let scale: Scale

  var elements: [SVGElement] {
    let top = height(summary.upperQuartile)
    let body = Rectangle(
      x: x - width / 2, y: top, width: width, height: height(summary.lowerQuartile) - top)
    let points = summary.outliers.map {
      SVGElement.circle(
        at: Point(x: x, y: height($0)), radius: 1.6, fill: "none",
        Stroke(FigureStyle.blue, width: 0.8))
    }
    return [
      whisker(from: summary.lowWhisker, to: summary.lowerQuartile),
      whisker(from: summary.upperQuartile, to: summary.highWhisker),
      .rectangle(body, fill: FigureStyle.skyBlue, Stroke(FigureStyle.ink)),
      crossLine(at: summary.median, width: width),
      crossLine(at: summary.lowWhisker, width: width / 2),
      crossLine(at: summary.highWhisker, width: width / 2),
    ] + points
  }

  /// What has no place on the scale, such as 0, stands at its start.
  private func height(_ value: Double) -> Double {
    scale.position(of: max(value, scale.domain.lowerBound)) ?? scale.start
  }

  private func whisker(from low: Double, to high: Double) -> SVGElement {
    .line(
      from: Point(x: x, y: height(low)), to: Point(x: x, y: height(high)),
      Stroke(FigureStyle.ink))
  }

  private func crossLine(at value: Double, width: Double) -> SVGElement {
    let y = height(value)
    return .line(
      from: Point(x: x - width / 2, y: y), to: Point(x: x + width / 2, y: y),
      Stroke(FigureStyle.ink, width: 1.6))
  }
}
