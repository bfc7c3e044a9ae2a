package import Strata

/// Draws how often each class was taken for each class, as an SVG document.
///
/// Cells are coloured by their share of the row. Recall stands right of each row, precision below
/// each column, both in percent. Numbers are left out where cells are too small for them.
///
/// - Parameters:
///   - matrix: The counts; row: the label, column: the prediction.
///   - classNames: The names in the order of the labels; numbers stand in for those that miss.
///   - title: The heading.
///   - notes: Lines in smaller letters below the heading.
/// - Returns: The text of an SVG file; the same bytes for the same input.
/// - Complexity: Linear in the number of cells.
package func confusionFigure(
  matrix: ConfusionMatrix, classNames: [String] = [], title: String, notes: [String] = []
) -> String {
  let layout = ConfusionLayout(classes: matrix.classes, names: classNames)
  let total = matrix.total
  let accuracy = matrix.accuracy.map { "Accuracy \(percentText($0)) of " } ?? "No "
  let figure = Figure(
    width: layout.width, title: title,
    notes: notes + [accuracy + (total > 0 ? countText(total) + " images" : "images")])
  let drawing = ConfusionDrawing(matrix: matrix, layout: layout, top: figure.headerHeight)
  return figure.svg(
    height: figure.headerHeight + layout.height,
    content: [drawing.cells, drawing.margins, drawing.names, drawing.colorBar])
}

/// The sizes of the parts of the figure.
struct ConfusionLayout {
  let names: [String]
  /// The side of a cell.
  let cell: Double
  /// The room for class names, left of the rows and above the columns.
  let nameWidth: Double
  let nameSize: Double
  /// Whether names above columns must stand upright.
  let isTurned: Bool

  /// The distance between the matrix and its margins.
  static let gap = 8.0
  /// The room for the names of the axes.
  static let axisWidth = 26.0

  init(classes: Int, names: [String]) {
    cell = min(64, max(4, 520 / Double(max(1, classes))))
    let nameSize = min(FigureStyle.tickSize, max(8, cell))
    let shown = (0..<classes).map { index in
      let name = names.indices.contains(index) ? names[index] : ""
      return fitted(name.isEmpty ? "\(index)" : name, width: 130, size: nameSize)
    }
    self.names = shown
    self.nameSize = nameSize
    let widest = shown.map { approximateWidth($0, size: nameSize) }.max() ?? 0
    nameWidth = max(widest, approximateWidth("precision %", size: nameSize)) * 1.05 + 10
    isTurned = max(widest, approximateWidth("recall %", size: nameSize)) > cell - 4
  }

  var side: Double { cell * Double(names.count) }
  /// The side of a cell in the margins, which is wide enough for a percentage where there are any.
  var marginCell: Double { max(cell, 16) }
  var left: Double { Figure.margin + Self.axisWidth + nameWidth }
  /// From the top of the content to the first row.
  var top: Double { Self.axisWidth + (isTurned ? nameWidth : 20) + 6 }
  var width: Double { max(420, left + side + Self.gap + marginCell + 90 + Figure.margin) }
  var height: Double { top + side + Self.gap + marginCell + Figure.margin }
  /// Every how many-th class is named.
  var nameEvery: Int { max(1, Int((nameSize / cell).rounded(.up))) }
}
