extension ReportTable {
  /// The table in GitHub's Markdown: the title in bold letters, the caption, heads and rows, and the
  /// footnotes as a list.
  package var markdown: String {
    let head = "**\(escapedMarkdown(title))**\(caption.isEmpty ? "" : "  ")"
    let rule = columns.map { $0.alignment == .left ? ":--" : "--:" }
    let lines =
      [row(columns.map { escapedMarkdown($0.title) }), row(rule)]
      + rows.map { cells in row(cells.map(markdown)) }
    let parts = [
      ([head] + (caption.isEmpty ? [] : [escapedMarkdown(caption)])).joined(separator: "\n"),
      lines.joined(separator: "\n"),
      footnotes.map { "- " + escapedMarkdown($0) }.joined(separator: "\n"),
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private func markdown(_ cell: Cell) -> String {
    let text = escapedMarkdown(cell.text)
    return cell.isEmphasized && !text.isEmpty ? "**\(text)**" : text
  }

  private func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
}

/// Text that Markdown shows as it is, on one line.
private func escapedMarkdown(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "#", "$", "&":
      result += "\\\(scalar)"
    case "\n", "\r", "\t": result += " "
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
