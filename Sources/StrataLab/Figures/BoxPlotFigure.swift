/// One panel of a box plot: a sample for each group.
package struct BoxPlotSeries: Sendable, Hashable {
  /// The heading of the panel.
  package let name: String
  /// The values of each group, in the order of the groups; may be empty, or not finite.
  package let values: [[Double]]
  /// A value that none should exceed, drawn as a line; `nil` for no line.
  package let bound: Double?

  /// Creates a panel.
  package init(name: String, values: [[Double]], bound: Double? = nil) {
    self.name = name
    self.values = values
    self.bound = bound
  }
}

/// Draws the spread of errors in groups, such as parameters, on a logarithmic axis, as an SVG
/// document.
///
/// The box spans the quartiles with the median in it, the whiskers the middle 90 %, and points
/// are the most extreme values beyond. Values that are not positive stand on the lowest line,
/// which then carries the label 0.
///
/// - Parameters:
///   - title: The heading.
///   - notes: Lines in smaller letters below the heading.
///   - groups: The names along the horizontal axis.
///   - series: The panels, from top to bottom.
///   - valueName: The name of the vertical axes.
///   - emptyText: What stands where a group has no values.
/// - Returns: The text of an SVG file; the same bytes for the same input.
/// - Complexity: That of sorting the values of each group.
package func boxPlotFigure(
  title: String, notes: [String] = [], groups: [String], series: [BoxPlotSeries],
  valueName: String = "relative error", emptyText: String = "no values"
) -> String {
  let plotWidth = min(max(Double(groups.count) * 34, 560), 1500)
  let leading = 64.0
  let trailing = 92.0
  let figure = Figure(
    width: leading + plotWidth + trailing, title: title,
    notes: notes + [legend]
      + (series.contains(where: \.hasZeros) ? ["Zeros stand on the lowest line."] : []))
  let labels = GroupLabels(groups, slot: plotWidth / Double(max(1, groups.count)))
  let rowHeight = 32 + 210 + labels.height + 16
  let panels = series.enumerated().map { index, series in
    let top = figure.headerHeight + Double(index) * rowHeight + 32
    return BoxPlotPanel(
      series: series, labels: labels, valueName: valueName, emptyText: emptyText,
      frame: Rectangle(x: leading, y: top, width: plotWidth, height: 210))
  }
  let height = figure.headerHeight + Double(series.count) * rowHeight + 8
  return figure.svg(height: height, content: panels.map(\.drawing))
}

private let legend =
  "Box: quartiles and median. Whiskers: 5 % and 95 %. Points: the most extreme values beyond."

extension BoxPlotSeries {
  /// Whether there are values that a logarithmic axis has no place for.
  var hasZeros: Bool {
    values.contains { $0.contains { $0 <= 0 && Scale.isDrawable($0) } }
  }
}
