import Strata
package import StrataLab

extension ReproductionReport {
  /// All tables in one file of Markdown.
  package static let tablesName = "tables.md"
  /// The files that every report has, or may have; tables and figures come on top.
  static let fixedNames = [
    Report.pageName, Report.pdfName, Report.resultsName, tablesName, HandedInReport.pageName,
    HandedInReport.pdfName,
  ]

  /// Writes every file in place of those of an earlier report, and leaves all others alone.
  ///
  /// `results.json`, which lists them, comes first: whenever the process ends, each file that it has
  /// written is listed.
  ///
  /// - Parameters:
  ///   - handsIn: Whether the report on the assignment as it is handed in is among them.
  ///   - print: Makes the PDF of a page; `nil` for none.
  /// - Returns: The paths of the page, of what holds all numbers, of the PDF, and of the report that is
  ///   handed in.
  /// - Throws: `DataError` when the summary of a run is damaged, or a file cannot be written.
  package func write(
    handsIn: Bool = false, print: (_ page: ReportFile) -> [UInt8]?
  ) throws -> [String] {
    let files = try files(handsIn: handsIn, print: print)
    let folder = reproduction.reportFolder
    try Folder.create(folder)
    EarlierReport(in: folder).remove()
    for file in files { try DurableFile.write(file.content, to: path(folder, file.name)) }
    let names = files.map(\.name)
    let shown = [
      Report.pageName, Self.tablesName, Report.resultsName, Report.pdfName, HandedInReport.pageName,
      HandedInReport.pdfName,
    ]
    return shown.filter(names.contains).map { path(folder, $0) }
  }

  /// Every file, `results.json` first.
  func files(
    handsIn: Bool = false, print: (_ page: ReportFile) -> [UInt8]?
  ) throws -> [ReportFile] {
    let report = try report()
    var files = report.files + [ReportFile(Self.tablesName, markdown(of: report))]
    if let page = files.first, let pdf = print(page) {
      files.append(ReportFile(Report.pdfName, pdf))
    }
    if handsIn {
      let page = ReportFile(HandedInReport.pageName, try HandedInReport(self).report().html)
      files.append(page)
      if let pdf = print(page) { files.append(ReportFile(HandedInReport.pdfName, pdf)) }
    }
    let names = [Report.resultsName] + files.map(\.name)
    return [ReportFile(results: try results(files: names))] + files
  }

  private func markdown(of report: Report) -> String {
    var figures = report.figureNames[...]
    let sections = report.sections.map { section in
      let blocks = section.blocks.compactMap { block -> String? in
        switch block {
        case .heading(let text): return "### \(text)\n"
        case .paragraph(let text): return text + "\n"
        case .table(let table): return table.markdown
        case .foldedTable(let table):
          return "<details><summary>\(table.title)</summary>\n\n\(table.markdown)\n</details>\n"
        case .commands(let lines): return lines.map { "    \($0)\n" }.joined()
        case .figure(let figure):
          return "![\(figure.caption)](\(figures.removeFirst()).svg)\n"
        case .gallery: return nil
        }
      }
      return "## \(section.heading)\n\n" + blocks.joined(separator: "\n")
    }
    let introduction = report.introduction.map { $0 + "\n" }.joined(separator: "\n")
    return "# \(report.title)\n\n\(introduction)\n" + sections.joined(separator: "\n")
  }
}
