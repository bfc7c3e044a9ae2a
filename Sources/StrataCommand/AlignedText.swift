/// A table as text: columns two spaces apart, those of `numeric` to the right.
///
/// Control characters, which a file could hide in a name, become `?`.
func alignedText(_ rows: [[String]], numeric: ClosedRange<Int>? = nil) -> String {
  let rows = rows.map { $0.map(printable) }
  let columns = rows.map(\.count).max() ?? 0
  let widths = (0..<columns).map { column in
    rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
  }
  let lines = rows.map { row in
    row.enumerated().map { column, cell in
      let space = String(repeating: " ", count: widths[column] - cell.count)
      if numeric?.contains(column) == true { return space + cell }
      return column == row.count - 1 ? cell : cell + space
    }.joined(separator: "  ").trimmingEnd()
  }
  return lines.joined(separator: "\n")
}

extension String {
  /// The text without the spaces at its end.
  fileprivate func trimmingEnd() -> String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

/// Text without control characters.
func printable(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    let isControl = scalar.properties.generalCategory == .control
    result.unicodeScalars.append(isControl ? "?" : scalar)
  }
  return result
}
