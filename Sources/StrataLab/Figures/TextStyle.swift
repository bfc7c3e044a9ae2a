/// How text is set.
package struct TextStyle: Sendable, Hashable {
  /// Which part of the text stands at its place.
  package enum Anchor: String, Sendable {
    case start, middle, end
  }

  package var size: Double
  package var color: String
  package var anchor: Anchor
  package var isBold: Bool
  /// Degrees, clockwise, around its place.
  package var rotation: Double

  package init(
    size: Double = FigureStyle.labelSize, color: String = FigureStyle.ink,
    anchor: Anchor = .start, isBold: Bool = false, rotation: Double = 0
  ) {
    self.size = size
    self.color = color
    self.anchor = anchor
    self.isBold = isBold
    self.rotation = rotation
  }
}
