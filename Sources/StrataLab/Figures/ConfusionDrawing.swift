import Strata

/// The parts of the picture of a confusion matrix.
struct ConfusionDrawing {
  let matrix: ConfusionMatrix
  let layout: ConfusionLayout
  /// The upper edge of the content.
  let top: Double

  private var classes: Range<Int> { 0..<matrix.classes }
  private var firstRow: Double { top + layout.top }
  private var marginColumn: Double { layout.left + layout.side + ConfusionLayout.gap }
  private var marginRow: Double { firstRow + layout.side + ConfusionLayout.gap }

  /// The matrix itself.
  var cells: SVGElement {
    let greatest = matrix.counts.map { $0.max() ?? 0 }.max() ?? 0
    let size = textSize(for: countText(greatest), lines: 2)
    return .group(classes.flatMap { row($0, textSize: size) })
  }

  /// The cells of a label; in cells without text, zeros share one rectangle behind the others.
  private func row(_ row: Int, textSize: Double?) -> [SVGElement] {
    let total = matrix.count(of: row)
    let background = Rectangle(x: x(0), y: y(row), width: layout.side, height: layout.cell)
    let fill = total > 0 ? FigureStyle.paper : FigureStyle.missing
    let cells = classes.flatMap { column -> [SVGElement] in
      let count = matrix[row, column]
      guard count > 0 || textSize != nil else { return [] }
      return cell(
        at: Point(x: x(column), y: y(row)), width: layout.cell, height: layout.cell,
        share: total > 0 ? Double(count) / Double(total) : nil,
        text: textSize == nil ? "" : countText(count), size: textSize ?? 0,
        showsShare: layout.cell >= 40 && count > 0)
    }
    return [.rectangle(background, fill: fill, outline)] + cells
  }

  /// Recall on the right, precision below.
  var margins: SVGElement {
    let side = layout.marginCell
    let size = textSize(for: "100.0", lines: 1)
    let recalls = classes.flatMap { row in
      let recall = matrix.recall(of: row)
      return cell(
        at: Point(x: marginColumn, y: y(row)), width: side, height: layout.cell, share: recall,
        text: size == nil ? "" : shareText(recall), size: size ?? 0)
    }
    let precisions = classes.flatMap { column in
      let precision = matrix.precision(of: column)
      return cell(
        at: Point(x: x(column), y: marginRow), width: layout.cell, height: side, share: precision,
        text: size == nil ? "" : shareText(precision), size: size ?? 0)
    }
    return .group(recalls + precisions)
  }

  /// Class names and the names of the axes.
  var names: SVGElement {
    let rowStyle = TextStyle(size: layout.nameSize, anchor: .end)
    let columnStyle = TextStyle(
      size: layout.nameSize, anchor: layout.isTurned ? .start : .middle,
      rotation: layout.isTurned ? -90 : 0)
    let aboveRow = firstRow - (layout.isTurned ? 6 : 12)
    var children: [SVGElement] = []
    for index in stride(from: 0, to: classes.count, by: layout.nameEvery) {
      let name = layout.names[index]
      let middle = (Double(index) + 0.5) * layout.cell
      children.append(.text(name, at: Point(x: layout.left - 6, y: firstRow + middle), rowStyle))
      children.append(.text(name, at: Point(x: layout.left + middle, y: aboveRow), columnStyle))
    }
    let half = layout.marginCell / 2
    children.append(.text("recall %", at: Point(x: marginColumn + half, y: aboveRow), columnStyle))
    children.append(
      .text("precision %", at: Point(x: layout.left - 6, y: marginRow + half), rowStyle))
    return .group(children + axisNames)
  }

  /// What the colours mean.
  var colorBar: SVGElement {
    let x = marginColumn + layout.marginCell + 24
    let height = max(layout.side, 60)
    let steps = 50
    var children = (0..<steps).map { step -> SVGElement in
      let share = 1 - (Double(step) + 0.5) / Double(steps)
      // Half a unit of overlap, so that no white lines appear between the pieces.
      let piece = Rectangle(
        x: x, y: firstRow + Double(step) * height / Double(steps), width: 12,
        height: height / Double(steps) + (step < steps - 1 ? 0.5 : 0))
      return .rectangle(piece, fill: ColorRamp.color(share).hex)
    }
    let frame = Rectangle(x: x, y: firstRow, width: 12, height: height)
    children.append(.rectangle(frame, Stroke(FigureStyle.fadedInk, width: 0.5)))
    for percent in [0.0, 50, 100] {
      let place = Point(x: x + 17, y: firstRow + (1 - percent / 100) * height)
      let style = TextStyle(size: FigureStyle.tickSize)
      children.append(.text(fixedText(percent, decimals: 0) + " %", at: place, style))
    }
    return .group(children)
  }

  private var axisNames: [SVGElement] {
    let across = Point(x: layout.left + layout.side / 2, y: top + 12)
    let down = Point(x: Figure.margin + 8, y: firstRow + layout.side / 2)
    return [
      .text("predicted class", at: across, TextStyle(anchor: .middle, isBold: true)),
      .text("true class", at: down, TextStyle(anchor: .middle, isBold: true, rotation: -90)),
    ]
  }

  private var outline: Stroke {
    Stroke(FigureStyle.grid, width: layout.cell < 12 ? 0.25 : 0.75)
  }

  private func x(_ column: Int) -> Double { layout.left + Double(column) * layout.cell }
  private func y(_ row: Int) -> Double { firstRow + Double(row) * layout.cell }

  private func shareText(_ share: Double?) -> String {
    share.map { fixedText(100 * $0, decimals: 1) } ?? "–"
  }

  /// The size at which the longest text fits a cell; `nil` where that is too small to read.
  private func textSize(for longest: String, lines: Int) -> Double? {
    let width = approximateWidth(longest, size: 1)
    let size = min(13, (layout.cell - 3) / max(width, 1), (layout.cell - 4) / Double(lines) * 0.9)
    return size >= 6.5 ? size : nil
  }

  /// A coloured cell with up to two lines of text.
  private func cell(
    at corner: Point, width: Double, height: Double, share: Double?, text: String, size: Double,
    showsShare: Bool = false
  ) -> [SVGElement] {
    let area = Rectangle(x: corner.x, y: corner.y, width: width, height: height)
    let color = share.map(ColorRamp.color)
    var result = [
      SVGElement.rectangle(area, fill: color?.hex ?? FigureStyle.missing, outline)
    ]
    guard !text.isEmpty else { return result }
    let ink = share == 0 ? FigureStyle.faintInk : color?.textColor ?? FigureStyle.ink
    let middle = area.center
    let lift = showsShare ? 7.0 : 0
    result.append(
      .text(
        text, at: Point(x: middle.x, y: middle.y - lift),
        TextStyle(size: size, color: ink, anchor: .middle)))
    if showsShare, let share {
      result.append(
        .text(
          percentText(share), at: Point(x: middle.x, y: middle.y + 9),
          TextStyle(size: 9, color: ink, anchor: .middle)))
    }
    return result
  }
}
