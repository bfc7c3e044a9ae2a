import CLibrary

/// The plot of a sweep.
struct SweepPlot {
  private let series: [(role: CurveRole, series: SweepSeries)]
  private let axis: SweepAxis
  private let decimals: Int

  init(series: [CurveRole: SweepSeries], axis: SweepAxis, decimals: Int) {
    self.series = CurveRole.allCases.compactMap { role in series[role].map { (role, $0) } }
    (self.axis, self.decimals) = (axis, decimals)
  }

  private var values: [SweepSeries.Value] { series.flatMap(\.series.values) }

  /// Whether a value has a place along the horizontal axis.
  private func isOnAxis(_ value: SweepSeries.Value) -> Bool {
    guard Scale.isDrawable(value.x) else { return false }
    switch axis {
    case .linear: return true
    case .logarithmic: return value.x >= 1 / Scale.greatestMagnitude
    case .categories(let names): return (-0.5..<Double(names.count)).contains(value.x)
    }
  }

  /// What is not drawn.
  var notes: [String] {
    let count = values.count { !isOnAxis($0) }
    guard count > 0 else { return [] }
    return [
      count == 1
        ? "One result is not shown: its setting has no place on the axis."
        : "\(countText(count)) results are not shown: their settings have no place on the axis."
    ]
  }

  var legend: [Figure.LegendEntry] {
    var entries = series.map { Figure.LegendEntry($1.name, $0.style()) }
    let levels = Set(values.compactMap { $0.interval?.level })
    if !levels.isEmpty {
      let style = SeriesStyle(color: FigureStyle.ink)
      entries.append(.init(intervalName(levels), style, isLine: false))
    }
    if values.contains(where: { !Scale.isDrawable($0.mean) && isOnAxis($0) }) {
      let style = SeriesStyle(color: FigureStyle.ink, marker: .cross)
      entries.append(.init("not finite", style, isLine: false))
    }
    return entries + (values.contains { $0.published != nil } ? [.published] : [])
  }

  /// The height of what stands below the plot.
  func tickHeight(_ frame: Rectangle) -> Double { groupLabels(frame)?.height ?? 22 }

  func drawing(in frame: Rectangle, _ labels: Axes.Labels) -> [SVGElement] {
    let axes = axes(frame)
    let names = groupLabels(frame)
    let background = axes.drawing(
      labels, xTicks: names == nil ? xTicks(axes.x) : [], yTicks: axes.y.ticks(atMost: 6))
    let drawn = series.enumerated().flatMap { index, entry in
      drawing(of: entry.series, entry.role, on: axes, shift: shift(index))
    }
    return [background] + (names?.drawing(below: frame) ?? []) + drawn + publishedMarks(axes)
  }

  private func groupLabels(_ frame: Rectangle) -> GroupLabels? {
    guard case .categories(let names) = axis else { return nil }
    return GroupLabels(names, slot: frame.width / Double(max(1, names.count)))
  }

  private func axes(_ frame: Rectangle) -> Axes {
    let shown = values.filter(isOnAxis).flatMap { value in
      [value.mean, value.published, value.interval?.lower, value.interval?.upper]
        .compactMap(\.self)
    }
    return Axes(
      frame: frame, xDomain: xDomain, xKind: axis == .logarithmic ? .logarithmic : .linear,
      yDomain: Scale.domain(of: shown, kind: .linear, ticks: 5))
  }

  /// The settings with some room on either side.
  private var xDomain: ClosedRange<Double> {
    if case .categories(let names) = axis { return -0.5...(Double(max(1, names.count)) - 0.5) }
    let settings = values.filter(isOnAxis).map(\.x)
    guard let least = settings.min(), let greatest = settings.max() else {
      return axis == .logarithmic ? 0.1...1 : 0...1
    }
    guard axis == .logarithmic else {
      let margin = 0.05 * (greatest - least)
      return (least - margin)...(greatest + margin)
    }
    let margin = max(1.1, pow(greatest / least, 0.05))
    return (least / margin)...(greatest * margin)
  }

  /// The settings themselves where their numbers fit beside each other.
  private func xTicks(_ scale: Scale) -> [Tick] {
    let ticks = Set(values.filter(isOnAxis).map(\.x)).sorted().map {
      Tick(value: $0, label: axisText($0))
    }
    let ends = ticks.compactMap { tick in
      scale.position(of: tick.value).map { place in
        let half = approximateWidth(tick.label, size: FigureStyle.tickSize) / 2 + 3
        return (left: place - half, right: place + half)
      }
    }
    let fits = zip(ends, ends.dropFirst()).allSatisfy { $0.right <= $1.left }
    return fits ? ticks : scale.ticks(atMost: 8)
  }

  private func drawing(
    of series: SweepSeries, _ role: CurveRole, on axes: Axes, shift: Double
  ) -> [SVGElement] {
    let values = series.values.filter(isOnAxis).sorted { $0.x < $1.x }
    func place(_ x: Double, _ y: Double?) -> Point? {
      y.flatMap { axes.point(x, $0) }.map { Point(x: $0.x + shift, y: $0.y) }
    }
    var bars: [(Point, Point)] = []
    var crosses: [SVGElement] = []
    var runs: [[Point]] = [[]]
    for value in values {
      if let low = place(value.x, value.interval?.lower),
        let high = place(value.x, value.interval?.upper)
      {
        bars.append((low, high))
        for end in [low, high] {
          bars.append((Point(x: end.x - 3, y: end.y), Point(x: end.x + 3, y: end.y)))
        }
      }
      if let mean = place(value.x, value.mean) {
        runs[runs.count - 1].append(mean)
      } else if let place = axes.x.position(of: value.x) {
        runs.append([])
        let style = SeriesStyle(color: role.color, marker: .cross)
        crosses.append(style.marker(at: Point(x: place + shift, y: axes.frame.bottom)))
      }
    }
    let style = role.style()
    let lines = runs.filter { $0.count > 1 }.map { SVGElement.polyline($0, style.stroke) }
    let barLines = bars.isEmpty ? [] : [SVGElement.lines(bars, Stroke(role.color, width: 1.2))]
    return barLines + lines + runs.joined().map(style.marker) + crosses
  }

  /// How far a series stands right of its settings.
  private func shift(_ index: Int) -> Double {
    5 * (Double(index) - Double(series.count - 1) / 2)
  }

  /// Diamonds with their numbers.
  private func publishedMarks(_ axes: Axes) -> [SVGElement] {
    var markers: [SVGElement] = []
    var labels: [EndLabel] = []
    for (index, (role, series)) in series.enumerated() {
      for value in series.values where isOnAxis(value) {
        guard let published = value.published, var place = axes.point(value.x, published) else {
          continue
        }
        place.x += shift(index)
        markers.append(SeriesStyle.published(role.color).marker(at: place))
        labels.append(
          EndLabel(
            text: EndLabel.text(published, decimals: decimals), place: place, color: role.color,
            isPublished: true))
      }
    }
    return markers + EndLabel.drawing(labels, in: axes.frame)
  }
}
