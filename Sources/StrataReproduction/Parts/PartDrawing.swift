package import StrataLab

/// How the results of a part are drawn.
package enum PartDrawing: Sendable {
  /// Not at all.
  case none
  /// Box plots of the gradient checks of these labels, from the first seed.
  case boxes([String])
  /// Loss or cost and accuracy over update steps, a column of panels for each group of rows.
  case curves([CurveColumn], showing: [CurveQuantity] = [.loss, .accuracy])
  /// Accuracies over the values of a setting.
  case sweep(SweepDrawing)
  /// Gains over a baseline, the greatest first.
  case gains
  /// Means with the prediction interval of one run beside published numbers.
  case dots
}

/// A column of panels, with at most one row of each role.
package struct CurveColumn: Sendable {
  /// The heading.
  let title: String
  /// The labels of rows, by their role.
  let labels: [CurveRole: String]

  init(_ title: String, _ labels: [CurveRole: String]) {
    self.title = title
    self.labels = labels
  }

  /// A network without and with batch normalization.
  static func pair(_ title: String, _ label: String) -> CurveColumn {
    CurveColumn(title, [.plain: label, .normalized: label + ", batch normalization"])
  }
}

/// Accuracies over the values of a setting.
package struct SweepDrawing: Sendable {
  /// The name of the horizontal axis.
  let axis: String
  /// Whether equal ratios are equal distances.
  let isLogarithmic: Bool
  /// The value of each row, and what it is.
  let points: [Point]
  /// Names of roles for the legend, where their own do not fit.
  var names: [CurveRole: String] = [:]

  /// A row in the drawing.
  struct Point: Sendable {
    let label: String
    let role: CurveRole
    let value: Double
  }
}
