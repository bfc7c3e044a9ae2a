extension ReportTable {
  /// The heads and rows as comma-separated values (RFC 4180): lines end with CR LF, and a cell with
  /// a comma, quotation mark or line break stands between quotation marks.
  package var csv: String {
    let lines = [columns.map(\.title)] + rows.map { $0.map(\.text) }
    return lines.map { $0.map(quotedCell).joined(separator: ",") + "\r\n" }.joined()
  }
}

private func quotedCell(_ text: String) -> String {
  let needsQuotes = text.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
  return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
}
