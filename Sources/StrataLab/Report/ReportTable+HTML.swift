extension ReportTable {
  /// The table with heads that say what they are the heads of.
  ///
  /// - Parameter label: The number and title above it.
  func html(label: String) -> HTML {
    let heads = columns.map { column in
      HTML.element("th", ["scope": "col", "class": column.style], text: column.title)
    }
    let body = rows.map { row in HTML.element("tr", children: zip(row, columns.indices).map(cell)) }
    let caption = HTML.element(
      "caption",
      children: [.element("b", text: label)]
        + (self.caption.isEmpty ? [] : [.text(" — " + self.caption)]))
    let table = HTML.element(
      "table",
      children: [
        caption, .element("thead", children: [.element("tr", children: heads)]),
        .element("tbody", children: [.lines(body)]),
      ])
    // A wide table is moved sideways by itself, with the keyboard too.
    let frame = HTML.element(
      "div",
      ["class": "wide", "role": "region", "tabindex": "0", "aria-label": title], children: [table])
    let notes = footnotes.map { HTML.element("p", ["class": "note"], text: $0) }
    return .element("div", ["class": "table"], children: [frame] + notes)
  }

  private func cell(_ cell: Cell, _ column: Int) -> HTML {
    let content: HTML = cell.isEmphasized ? .element("strong", text: cell.text) : .text(cell.text)
    let style = columns[column].style
    return column == 0
      ? .element("th", ["scope": "row", "class": style], children: [content])
      : .element("td", ["class": style], children: [content])
  }
}

extension TextTable.Column {
  fileprivate var style: String { alignment == .left ? "left" : "right" }
}
