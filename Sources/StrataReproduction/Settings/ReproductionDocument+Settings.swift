import Strata
import StrataLab

extension ReproductionDocument {
  /// Every setting of the document's networks, searches and checks: its value, where it is said, and the
  /// words; or why it was chosen.
  var settingsTable: ReportTable {
    var table = ReportTable(
      name: "\(name)-settings", title: "Settings of “\(title)” and where they are said",
      caption:
        "A setting without a line is said nowhere; the sentence says why this value was chosen.",
      columns: [
        .init("experiment"), .init("setting"), .init("value"), .init("said in"),
        .init("words, or reason"),
      ])
    var seen: Set<[String]> = []
    for part in parts {
      for row in part.settingRows where seen.insert(Array(row.dropFirst())).inserted {
        table.add(row)
      }
    }
    return table
  }
}

extension ReproductionPart {
  /// One line for each setting of its networks, those that it shares once.
  fileprivate var settingRows: [[String]] {
    let searched: [SourcedSettings] =
      if case .search(let search) = kind { [search.base, search.final].compactMap(\.self) } else {
        []
      }
    let settings = (rows.map(\.settings) + searched).flatMap(\.settings)
      .filter { $0.key != .evaluateEvery }
    return notes.map { [title, $0.name, $0.value] + $0.source.cells }
      + settings.map { [title, $0.key.rawValue, $0.text] + $0.source.cells }
  }
}

extension SourcedSettings.Source {
  /// Where it is said, and the words.
  fileprivate var cells: [String] {
    switch self {
    case .reported(let citation): [citation.place, "“\(citation.words)”"]
    case .unreported(let reason): ["unsaid", reason]
    }
  }
}
