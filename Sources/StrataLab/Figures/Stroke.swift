/// How a line is drawn.
package struct Stroke: Sendable, Hashable {
  package var color: String
  package var width: Double
  /// Lengths of dashes and gaps, empty for a solid line.
  package var dash: [Double]

  package init(_ color: String, width: Double = 1, dash: [Double] = []) {
    self.color = color
    self.width = width
    self.dash = dash
  }
}
