/// A row of a dot figure: a mean, its interval and the published number.
package struct Dot: Sendable, Hashable {
  /// The name of the quantity.
  package let label: String
  /// The mean, in the unit of the axis; need not be finite.
  package let mean: Double
  /// Where the true mean lies; `nil` for none.
  package let interval: Interval?
  /// The number to compare with; `nil` for none.
  package let published: Double?
  /// Its role in the comparison.
  package let role: CurveRole

  package init(
    _ label: String, _ role: CurveRole, _ mean: Double, _ interval: Interval? = nil,
    published: Double? = nil
  ) {
    (self.label, self.role, self.mean) = (label, role, mean)
    (self.interval, self.published) = (interval, published)
  }
}

/// Draws means with their intervals below each other, in the given order, as an SVG document.
///
/// - Parameters:
///   - title: The heading.
///   - notes: Lines in smaller letters below the heading.
///   - rows: The rows, from top to bottom.
///   - axis: The name and unit of the horizontal axis.
///   - reference: A number that all are compared with, drawn as a line; numbers then have a sign.
///   - decimals: Decimals of the numbers beside the plot.
///   - roleNames: Names of roles for the legend, where their own do not fit.
/// - Returns: The text of an SVG file; the same bytes for the same input.
package func dotFigure(
  title: String, notes: [String] = [], rows: [Dot], axis: String, reference: Double? = nil,
  decimals: Int = 2, roleNames: [CurveRole: String] = [:]
) -> String {
  let table = DotTable(rows: rows, reference: reference, decimals: decimals)
  let figure = Figure(
    width: FigureStyle.pageWidth, title: title, notes: notes,
    legend: table.legend(roleNames: roleNames))
  let frame = table.frame(top: figure.headerHeight + 24)
  let label = SVGElement.text(
    fitted(axis, width: frame.width, size: FigureStyle.labelSize),
    at: Point(x: frame.center.x, y: frame.bottom + 36),
    TextStyle(color: FigureStyle.fadedInk, anchor: .middle))
  return figure.svg(
    height: frame.bottom + 56, content: [table.drawing(in: frame), label])
}

/// `mean, 95 % interval`, where all intervals have that level.
func intervalName(_ levels: Set<Double>) -> String {
  guard !levels.isEmpty else { return "mean" }
  guard levels.count == 1, let level = levels.first else { return "mean, interval" }
  return "mean, \(axisText(100 * level)) % interval"
}
