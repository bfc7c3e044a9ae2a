extension ReportTable {
  /// The table in LaTeX, for a document that loads the package booktabs.
  package var latex: String {
    let letters = columns.map { $0.alignment == .left ? "l" : "r" }.joined()
    let heads = columns.map { escapedLaTeX($0.title) }
    let text = caption.isEmpty ? title : title + ". " + caption
    let lines =
      [
        "% needs \\usepackage{booktabs}", "\\begin{table}", "\\centering",
        "\\caption{\(escapedLaTeX(text))}", "\\begin{tabular}{\(letters)}", "\\toprule",
        row(heads), "\\midrule",
      ]
      + rows.map { cells in row(cells.map(latex)) }
      + ["\\bottomrule", "\\end{tabular}"]
      + footnotes.map { "\\par\\footnotesize \(escapedLaTeX($0))" }
      + ["\\end{table}"]
    return lines.map { $0 + "\n" }.joined()
  }

  private func latex(_ cell: Cell) -> String {
    let text = escapedLaTeX(cell.text)
    return cell.isEmphasized && !text.isEmpty ? "\\textbf{\(text)}" : text
  }

  private func row(_ cells: [String]) -> String { cells.joined(separator: " & ") + " \\\\" }
}

/// Text that LaTeX sets as it is, on one line; what pdfTeX's fonts lack becomes mathematics.
private func escapedLaTeX(_ text: String) -> String {
  var result = ""
  // In front of a bracket, the end of the row before would take it for its argument.
  if text.hasPrefix("[") || text.hasPrefix("*") { result += "{}" }
  for scalar in text.unicodeScalars {
    if let replacement = replacements[scalar] {
      result += replacement
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

private let replacements: [Unicode.Scalar: String] = [
  "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#",
  "%": "\\%", "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}",
  "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}", "\"": "''",
  "\n": " ", "\r": " ", "\t": " ",
  "α": "$\\alpha$", "β": "$\\beta$", "γ": "$\\gamma$", "ε": "$\\varepsilon$", "η": "$\\eta$",
  "λ": "$\\lambda$", "μ": "$\\mu$", "σ": "$\\sigma$", "Σ": "$\\Sigma$", "∂": "$\\partial$",
  "√": "$\\surd$", "‖": "$\\|$", "∞": "$\\infty$", "±": "$\\pm$", "×": "$\\times$",
  "·": "$\\cdot$", "−": "$-$", "≤": "$\\leq$", "≥": "$\\geq$", "≈": "$\\approx$",
  "→": "$\\to$", "↔": "$\\leftrightarrow$", "–": "--", "—": "---", "…": "\\dots{}",
  "⁻": "$^{-}$", "⁰": "$^0$", "¹": "$^1$", "²": "$^2$", "³": "$^3$", "⁴": "$^4$", "⁵": "$^5$",
  "⁶": "$^6$", "⁷": "$^7$", "⁸": "$^8$", "⁹": "$^9$",
]
