import Strata

/// Panels beside each other that show one quantity on one vertical axis.
package struct PanelRow: Sendable {
  /// What is shown.
  package let quantity: CurveQuantity
  /// From left to right; more than four are broken into lines.
  package let panels: [Panel]

  package init(_ quantity: CurveQuantity, _ panels: [Panel]) {
    (self.quantity, self.panels) = (quantity, panels)
  }
}

/// Curves over update steps in small panels, so that few are in one place.
///
/// A colour means the same in all panels, training is solid and validation dashed. What was measured
/// before the first step is always shown; a row of losses or costs that it would squeeze has a
/// logarithmic axis. The legend follows from what is drawn.
package struct PanelFigure: Sendable {
  /// The heading.
  package let title: String
  /// Lines in smaller letters below the heading.
  package let notes: [String]
  /// The panels.
  package let rows: [PanelRow]
  /// Names of roles for the legend, where their own do not fit.
  package let roleNames: [CurveRole: String]
  /// What the bands around the mean of several runs span.
  package let band: Band.Kind

  /// A figure of any rows.
  package init(
    title: String, notes: [String] = [], rows: [PanelRow], roleNames: [CurveRole: String] = [:],
    band: Band.Kind = .range
  ) {
    (self.title, self.notes, self.rows) = (title, notes, rows)
    (self.roleNames, self.band) = (roleNames, band)
  }

  /// A figure with one row a quantity, all of the same panels.
  package init(
    title: String, notes: [String] = [], quantities: [CurveQuantity], panels: [Panel],
    roleNames: [CurveRole: String] = [:], band: Band.Kind = .range
  ) {
    self.init(
      title: title, notes: notes, rows: quantities.map { PanelRow($0, panels) },
      roleNames: roleNames, band: band)
  }

  /// The text of an SVG file; the same bytes for the same input.
  ///
  /// - Complexity: Linear in the number of evaluations.
  package var svg: String {
    let drawn = rows.map { PanelRowDrawing($0, band: band) }
    let panels = rows.flatMap(\.panels)
    let figure = Figure(
      width: FigureStyle.pageWidth, title: title,
      notes: notes + bandNotes(panels.flatMap { $0.runs.values.map(\.count) }, band),
      legend: legend(of: drawn))
    var content: [SVGElement] = []
    var top = figure.headerHeight
    for row in drawn {
      content += row.elements(top: top)
      top += row.height
    }
    let histories = panels.flatMap(\.histories)
    if !histories.isEmpty {
      let style = TextStyle(color: FigureStyle.fadedInk, anchor: .middle)
      let place = Point(x: figure.width / 2, y: top + 2)
      content.append(.text(sharedStepLabel(histories), at: place, style))
    }
    return figure.svg(height: top + 20, content: content)
  }

  /// Colours, then lines, then the diamond, as far as they are in use.
  private func legend(of rows: [PanelRowDrawing]) -> [Figure.LegendEntry] {
    let curves = rows.flatMap { $0.panels.flatMap(\.curves) }
    let marks = rows.flatMap { $0.panels.flatMap(\.marks) }
    let roles = Set(curves.map(\.role) + marks.map(\.role))
    let parts = Set(curves.map(\.part))
    return Figure.LegendEntry.roles(roles, names: roleNames)
      + CurvePart.allCases.filter(parts.contains).map { part in
        let style = SeriesStyle(color: FigureStyle.ink, dash: part.dash)
        return Figure.LegendEntry(part.rawValue, style, hasMarker: false)
      } + (marks.isEmpty ? [] : [.published])
  }
}

/// A row of panels with its heading.
private struct PanelRowDrawing {
  let quantity: CurveQuantity
  let panels: [PanelDrawing]
  private let kind: Scale.Kind
  private let layout: PanelLayout

  init(_ row: PanelRow, band: Band.Kind) {
    let curves = row.panels.map { $0.curves(of: row.quantity, band) }
    let marks = row.panels.map { panel in
      panel.published.filter { $0.quantity == row.quantity && Scale.isDrawable($0.value) }
    }
    let numbers =
      curves.joined().flatMap(\.series.shownNumbers) + marks.joined().map(\.value)
    let kind =
      marks.joined().contains { $0.value <= 0 }
      ? .linear : row.quantity.axisKind(for: curves.joined().map(\.series))
    let domain = Scale.closeDomain(of: numbers, kind: kind, ticks: 7)
    let layout = PanelLayout(panels: row.panels.count)
    (quantity, self.kind, self.layout) = (row.quantity, kind, layout)
    panels = row.panels.indices.map { index in
      PanelDrawing(
        title: row.panels[index].title, quantity: row.quantity, curves: curves[index],
        marks: marks[index], steps: row.panels[index].histories.joined().map(\.step).max() ?? 0,
        yDomain: domain, yKind: kind, isFirst: layout.isFirst(index))
    }
  }

  var height: Double { layout.height }

  func elements(top: Double) -> [SVGElement] {
    let unit = quantity.unit + (kind == .logarithmic ? ", logarithmic axis" : "")
    let title = SVGElement("tspan", ["font-weight": "bold"], text: quantity.title)
    let rest = SVGElement(
      "tspan", ["dx": 6.0, "font-size": .number(FigureStyle.tickSize)], text: unit)
    let heading = SVGElement(
      "text",
      [
        "x": .number(Figure.margin), "y": .number(top + 18),
        "font-size": .number(FigureStyle.labelSize), "fill": .text(FigureStyle.ink),
      ], children: [title, rest])
    return [heading]
      + panels.enumerated().map { $1.drawing(in: layout.frame($0, below: top)) }
  }
}

/// Where the panels of a row stand: at most four in a line, all as wide.
private struct PanelLayout {
  let panels: Int

  private let leading = 50.0
  private let trailing = 48.0
  private let headings = (row: 26.0, panel: 22.0)
  private let numbers = 32.0

  init(panels: Int) { self.panels = panels }

  private var lines: Int { (panels + 3) / 4 }
  private var columns: Int { max(1, lines == 0 ? 1 : (panels + lines - 1) / lines) }
  private var columnWidth: Double { (FigureStyle.pageWidth - leading) / Double(columns) }
  private var plotHeight: Double { min(240, max(165, 0.65 * (columnWidth - trailing))) }
  private var lineHeight: Double { headings.panel + plotHeight + numbers }

  var height: Double { headings.row + Double(lines) * lineHeight }

  /// Whether a panel stands at the left end of its line.
  func isFirst(_ index: Int) -> Bool { index % columns == 0 }

  func frame(_ index: Int, below top: Double) -> Rectangle {
    let line = Double(index / columns)
    return Rectangle(
      x: leading + Double(index % columns) * columnWidth,
      y: top + headings.row + line * lineHeight + headings.panel,
      width: columnWidth - trailing, height: plotHeight)
  }
}
