/// The setting that a sweep varies.
package enum SweepAxis: Sendable, Hashable {
  /// Numbers; equal differences take equal lengths.
  case linear
  /// Positive numbers; equal ratios take equal lengths.
  case logarithmic
  /// Names; the x of a point is the index of one.
  case categories([String])
}

/// The results of one kind of network over a setting.
package struct SweepSeries: Sendable, Hashable {
  /// The result at one setting.
  package struct Value: Sendable, Hashable {
    /// The setting, or the index of a category.
    package let x: Double
    /// The mean, in the unit of the axis; need not be finite.
    package let mean: Double
    /// Where the true mean lies; `nil` for none.
    package let interval: Interval?
    /// The number to compare with; `nil` for none.
    package let published: Double?

    package init(
      _ x: Double, _ mean: Double, _ interval: Interval? = nil, published: Double? = nil
    ) {
      (self.x, self.mean, self.interval, self.published) = (x, mean, interval, published)
    }
  }

  /// How it is called in the legend.
  package let name: String
  /// The results, in any order.
  package let values: [Value]

  package init(_ name: String, _ values: [Value]) {
    (self.name, self.values) = (name, values)
  }
}

/// Draws results over a setting that was varied, with their intervals, as an SVG document.
///
/// Settings without a finite result have a cross on the horizontal axis. Series stand a little apart,
/// so that their intervals do not hide each other.
///
/// - Parameters:
///   - title: The heading.
///   - notes: Lines in smaller letters below the heading.
///   - series: One of each role, so at most four.
///   - setting: The name of the setting.
///   - axis: How the settings are spread.
///   - quantity: The name of the results, a heading.
///   - unit: The unit of the results.
///   - decimals: Decimals of published numbers.
/// - Returns: The text of an SVG file; the same bytes for the same input.
package func sweepFigure(
  title: String, notes: [String] = [], series: [CurveRole: SweepSeries], setting: String,
  axis: SweepAxis, quantity: String = "Test accuracy", unit: String = "%", decimals: Int = 1
) -> String {
  let plot = SweepPlot(series: series, axis: axis, decimals: decimals)
  let figure = Figure(
    width: FigureStyle.pageWidth, title: title, notes: notes + plot.notes, legend: plot.legend)
  let frame = Rectangle(
    x: 56, y: figure.headerHeight + 32, width: FigureStyle.pageWidth - 56 - 48, height: 260)
  let labels = Axes.Labels(title: quantity, x: "", y: unit)
  let bottom = frame.bottom + plot.tickHeight(frame)
  let name = SVGElement.text(
    fitted(setting, width: frame.width, size: FigureStyle.labelSize),
    at: Point(x: frame.center.x, y: bottom + 14),
    TextStyle(color: FigureStyle.fadedInk, anchor: .middle))
  return figure.svg(height: bottom + 34, content: plot.drawing(in: frame, labels) + [name])
}
