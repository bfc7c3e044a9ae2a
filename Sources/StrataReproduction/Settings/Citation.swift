/// A document, by the name of its file without the ending.
package enum SourceDocument: String, Sendable, Hashable, CaseIterable {
  /// The sheet of the assignment.
  case assignment
  /// A report on assignment 2 of 2019.
  case report2019 = "report-2019"
  /// A report on assignment 3 of 2021.
  case report2021 = "report-2021"
  /// A report on assignments 2 and 3 of 2022.
  case report2022 = "report-2022"
  /// A report on the bonus part of assignment 3 of 2022.
  case bonus2022 = "bonus-2022"

  /// Cites a line.
  func line(_ number: Int, _ words: String) -> Citation {
    Citation(document: self, line: number, words: words)
  }
}

/// A few words of a document, and where they stand.
package struct Citation: Sendable, Hashable {
  /// The document.
  package let document: SourceDocument
  /// The line of its text, counted from 1.
  package let line: Int
  /// Some of the line's words, exactly as they stand there.
  package let words: String

  /// The document and the line, for a table.
  package var place: String { "\(document.rawValue), line \(line)" }
}
