/// A table of aligned columns for a terminal or a text file.
package struct TextTable: Sendable {
  /// On which side a column's cells line up.
  package enum Alignment: Sendable {
    /// For words.
    case left
    /// For numbers.
    case right
  }

  /// What a column is called and how it lines up.
  package struct Column: Sendable {
    /// The text of the header.
    package let title: String
    /// The side on which cells and header line up.
    package let alignment: Alignment

    /// Creates a column of words, or of numbers with `.right`.
    package init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  private let columns: [Column]
  private let hasHeader: Bool
  private var rows: [[String]?] = []

  /// Creates a table without rows.
  package init(_ columns: [Column]) {
    self.columns = columns
    hasHeader = true
  }

  /// Creates a table of rows alone, without header and rule.
  ///
  /// - Parameter numeric: The columns that line up on the right.
  package init(rows: [[String]], numeric: ClosedRange<Int>? = nil) {
    columns = (0..<(rows.map(\.count).max() ?? 0)).map {
      Column("", numeric?.contains($0) == true ? .right : .left)
    }
    hasHeader = false
    for row in rows { add(row) }
  }

  /// Adds a row; missing cells are blank, cells beyond the last column are left out.
  package mutating func add(_ cells: [String]) {
    let kept = cells.prefix(columns.count).map(printableLine)
    rows.append(kept + Array(repeating: "", count: columns.count - kept.count))
  }

  /// Adds a rule between two groups of rows.
  package mutating func addRule() {
    rows.append(nil)
  }

  /// The lines, each ended by a line break: the header and a rule, where there is a header; the rows.
  ///
  /// - Complexity: Linear in the number of characters.
  package var text: String {
    let titles = columns.map { printableLine($0.title) }
    let widths = columns.indices.map { index in
      ([titles] + rows.compactMap { $0 }).map { displayWidth($0[index]) }.max() ?? 0
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    let body = rows.map { row in row.map { line($0, widths: widths) } ?? rule }
    let header = hasHeader ? [line(titles, widths: widths), rule] : []
    return (header + body).map { $0 + "\n" }.joined()
  }

  private func line(_ cells: [String], widths: [Int]) -> String {
    let padded = columns.indices.map { index in
      let space = String(repeating: " ", count: widths[index] - displayWidth(cells[index]))
      return columns[index].alignment == .left ? cells[index] + space : space + cells[index]
    }
    var line = padded.joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line
  }
}
