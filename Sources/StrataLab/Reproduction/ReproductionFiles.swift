import Glibc
import Strata

extension ReproductionReport {
  /// All tables in one file of Markdown.
  package static let tablesName = "tables.md"

  /// Where the files of a selection go: those of everything lie in the reproduction's own folder.
  package func folder(names: [String]) -> String {
    guard !names.isEmpty else { return reproduction.folder }
    let name = names.map { $0.replacing("/", with: "-") }.joined(separator: "+")
    return path(reproduction.folder, "reports/\(name)")
  }

  /// Removes tables and figures of an earlier report, which this one may not have.
  package static func removeOldFiles(in folder: String) {
    for name in Folder.names(in: folder)
    where name.hasPrefix("table-") || name.hasPrefix("figure-") || name == Report.pdfName {
      unlink(path(folder, name))
    }
  }

  /// Every file but the PDF.
  ///
  /// - Throws: `DataError` when the summary of a run is damaged.
  package func files() throws -> [ReportFile] {
    let report = try report()
    return report.files(results: try results()) + [
      ReportFile(Self.tablesName, markdown(of: report))
    ]
  }

  private func markdown(of report: Report) -> String {
    var figures = report.figureNames[...]
    let sections = report.sections.map { section in
      let blocks = section.blocks.compactMap { block -> String? in
        switch block {
        case .heading(let text): return "### \(text)\n"
        case .paragraph(let text): return text + "\n"
        case .table(let table), .foldedTable(let table): return table.markdown
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
