package import Strata

/// A file of a report.
package struct ReportFile: Sendable, Hashable {
  /// Its name.
  package let name: String
  /// Its bytes.
  package let content: [UInt8]

  package init(_ name: String, _ content: [UInt8]) {
    self.name = name
    self.content = content
  }

  package init(_ name: String, _ text: String) {
    self.init(name, Array(text.utf8))
  }

  /// The numbers for a program to read.
  package init(results: JSONValue) {
    self.init(Report.resultsName, results.indentedText + "\n")
  }
}

extension Report {
  /// The name of the page.
  package static let pageName = "report.html"
  /// The name of the same as PDF.
  package static let pdfName = "report.pdf"
  /// The name of the numbers for a program to read.
  package static let resultsName = "results.json"

  /// The names of the drawings' files, without an ending.
  package var figureNames: [String] { distinct(figures.map { "figure-" + $0.name }) }

  /// All files but the PDF and the numbers: the page, then each table as CSV, Markdown and LaTeX, and
  /// each drawing as SVG.
  ///
  /// Tables and drawings of one name get numbers behind it.
  package var files: [ReportFile] {
    let tableNames = distinct(tables.map { "table-" + $0.name })
    let tableFiles = zip(tableNames, tables).flatMap { name, table in
      [
        ReportFile(name + ".csv", table.csv), ReportFile(name + ".md", table.markdown),
        ReportFile(name + ".tex", table.latex),
      ]
    }
    let drawings = zip(figureNames, figures).map { ReportFile($0 + ".svg", $1.svg) }
    return [ReportFile(Self.pageName, html)] + tableFiles + drawings
  }
}

/// The names, with `-2`, `-3`, … behind those that came before.
func distinct(_ names: [String]) -> [String] {
  var taken: Set<String> = []
  return names.map { name in
    var result = name
    var number = 1
    while !taken.insert(result).inserted {
      number += 1
      result = "\(name)-\(number)"
    }
    return result
  }
}
