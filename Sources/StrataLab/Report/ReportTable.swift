/// A table of a report, which can be written as HTML, CSV, Markdown and LaTeX.
package struct ReportTable: Sendable {
  /// The text of a row in a column.
  package struct Cell: Sendable, Hashable {
    /// The text.
    package let text: String
    /// Whether it stands out, such as the best of a column.
    package let isEmphasized: Bool

    package init(_ text: String, isEmphasized: Bool = false) {
      self.text = text
      self.isEmphasized = isEmphasized
    }
  }

  /// The name of its files, without an ending.
  package let name: String
  /// The title, a few words.
  package let title: String
  /// The caption; may be empty.
  package let caption: String
  /// The heads, and on which side cells line up; the first column names the rows.
  package let columns: [TextTable.Column]
  /// The rows, each with one cell a column.
  package private(set) var rows: [[Cell]] = []
  /// Sentences below the table.
  package let footnotes: [String]

  /// Creates a table without rows.
  package init(
    name: String, title: String, caption: String = "", columns: [TextTable.Column],
    footnotes: [String] = []
  ) {
    self.name = name
    self.title = title
    self.caption = caption
    self.columns = columns
    self.footnotes = footnotes
  }

  /// Adds a row; missing cells are empty, cells beyond the last column are left out.
  package mutating func add(_ cells: [Cell]) {
    let kept = cells.prefix(columns.count)
    rows.append(kept + Array(repeating: Cell(""), count: columns.count - kept.count))
  }

  /// Adds a row of texts.
  package mutating func add(_ texts: [String]) {
    add(texts.map { Cell($0) })
  }
}
