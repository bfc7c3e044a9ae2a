import Foundation
import StrataLab
import TestSupport
import Testing

@Suite("ReportTable")
struct ReportTableTests {
  private var table: ReportTable {
    var table = ReportTable(
      name: "numbers", title: "Numbers & <signs>", caption: "In %, λ_1 = 5.",
      columns: [.init("run"), .init("a|b", .right)], footnotes: ["5 * 5 \"seeds\""])
    table.add([ReportTable.Cell("one, \"two\""), ReportTable.Cell("53.4", isEmphasized: true)])
    table.add(["<b>\n[x]"])
    return table
  }

  /// Cells by the rules of RFC 4180.
  private func cells(_ text: String) -> [[String]] {
    var rows: [[String]] = [[""]]
    var isQuoted = false
    var rest = Array(text.unicodeScalars)[...]
    func append(_ scalar: Unicode.Scalar) {
      rows[rows.count - 1][rows[rows.count - 1].count - 1].unicodeScalars.append(scalar)
    }
    while let scalar = rest.popFirst() {
      if isQuoted {
        if scalar == "\"", rest.first == "\"" {
          append(rest.removeFirst())
        } else if scalar == "\"" {
          isQuoted = false
        } else {
          append(scalar)
        }
      } else if scalar == "\"" {
        isQuoted = true
      } else if scalar == "," {
        rows[rows.count - 1].append("")
      } else if scalar == "\r", rest.first == "\n" {
        rest.removeFirst()
        rows.append([""])
      } else {
        append(scalar)
      }
    }
    return rows
  }

  @Test("CSV gives back every cell")
  func csv() {
    #expect(
      cells(table.csv) == [
        ["run", "a|b"], ["one, \"two\"", "53.4"], ["<b>\n[x]", ""], [""],
      ])
    #expect(table.csv.hasPrefix("run,a|b\r\n\"one, \"\"two\"\"\",53.4\r\n"))
  }

  @Test("Markdown has heads, alignment, and no sign with a meaning of its own")
  func markdown() {
    #expect(
      table.markdown == """
        **Numbers \\& \\<signs\\>**\u{20}\u{20}
        In %, λ\\_1 = 5.

        | run | a\\|b |
        | :-- | --: |
        | one, "two" | **53.4** |
        | \\<b\\> \\[x\\] |  |

        - 5 \\* 5 "seeds"

        """)
  }

  @Test("LaTeX has rules of booktabs and no sign with a meaning of its own")
  func latex() {
    #expect(
      table.latex == """
        % needs \\usepackage{booktabs}
        \\begin{table}
        \\centering
        \\caption{Numbers \\& \\textless{}signs\\textgreater{}. In \\%, $\\lambda$\\_1 = 5.}
        \\begin{tabular}{lr}
        \\toprule
        run & a\\textbar{}b \\\\
        \\midrule
        one, ''two'' & \\textbf{53.4} \\\\
        \\textless{}b\\textgreater{} [x] &  \\\\
        \\bottomrule
        \\end{tabular}
        \\par\\footnotesize 5 * 5 ''seeds''
        \\end{table}

        """)
  }

  @Test("a cell at the start of a row of LaTeX is no argument of the row before")
  func latexBrackets() {
    var table = ReportTable(name: "t", title: "T", columns: [.init("a")])
    table.add(["[1]"])
    table.add(["*\\"])
    #expect(table.latex.contains("\n{}[1] \\\\\n{}*\\textbackslash{} \\\\\n"))
  }

  @Test("HTML heads say what they are the heads of, and cells are escaped")
  func html() throws {
    let report = Report(
      title: "R", introduction: [], sections: [Report.Section("S", [.table(table)])])
    let parsed = try ParsedXML(xhtml(report.html))
    let scopes = parsed.elements("th").map { $0.attributes["scope"] }
    #expect(scopes == ["col", "col", "row", "row"])
    #expect(parsed.elements("td").map { $0.attributes["class"] } == ["right", "right"])
    #expect(parsed.elements("strong").count == 1)
    for text in ["Table 1. Numbers & <signs>", "a|b", "one, \"two\"", "<b> [x]", "5 * 5 \"seeds\""]
    {
      #expect(parsed.texts.contains(text), "\(text)")
    }
    #expect(report.html.contains(" — In %, λ_1 = 5."))
  }

  @Test("rows have as many cells as there are columns")
  func ragged() {
    var table = ReportTable(name: "t", title: "T", columns: [.init("a"), .init("b")])
    table.add(["1"])
    table.add(["1", "2", "3"])
    #expect(table.rows.map { $0.map(\.text) } == [["1", ""], ["1", "2"]])
  }
}

/// A page of ours as XML: elements without content closed, and without the document type.
func xhtml(_ page: String) -> String {
  page.replacing("<!DOCTYPE html>\n", with: "")
    .replacing(/<(meta|img)([^>]*)>/) { "<\($0.1)\($0.2)/>" }
}
