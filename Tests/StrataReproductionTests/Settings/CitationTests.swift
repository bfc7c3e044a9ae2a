import Foundation
import StrataLab
import Testing

@testable import StrataReproduction

@Suite("Quotations of the documents")
struct CitationTests {
  /// The folder of the documents' texts; `nil` where they are not.
  static let folder: URL? = {
    let given = ProcessInfo.processInfo.environment["STRATA_DOCUMENTS"].map { URL(filePath: $0) }
    let beside = URL(filePath: #filePath).appending(path: "../../../../../shared/documents")
      .standardized
    return [given, beside].compactMap(\.self).first {
      FileManager.default.fileExists(atPath: $0.appending(path: "assignment.txt").path)
    }
  }()

  private static var citations: [Citation] {
    ReproductionDocument.all.flatMap(\.parts).flatMap { part -> [Citation] in
      let sources = part.allSettings.flatMap(\.settings).map(\.source) + part.notes.map(\.source)
      return sources.compactMap {
        if case .reported(let citation) = $0 { citation } else { nil }
      } + part.claims.map(\.citation) + part.rows.flatMap(\.published).map(\.citation)
    }
  }

  /// Why a quotation is wrong; `nil` where it stands in its line.
  private static func mistake(_ citation: Citation, in lines: [Substring]) -> String? {
    guard lines.indices.contains(citation.line - 1) else { return "there is no such line" }
    return lines[citation.line - 1].contains(citation.words) ? nil : "the line has other words"
  }

  @Test("each stands in the line that it names", .enabled(if: folder != nil, "no documents"))
  func lines() throws {
    let folder = try #require(Self.folder)
    let citations = Set(Self.citations)
    for document in SourceDocument.allCases {
      let text = try String(
        contentsOf: folder.appending(path: document.rawValue + ".txt"), encoding: .utf8)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      for citation in citations where citation.document == document {
        #expect(Self.mistake(citation, in: lines) == nil, "\(citation.place): \(citation.words)")
      }
    }
  }

  @Test("a wrong line, other words and a line that there is not are found")
  func mistakes() {
    let lines: [Substring] = ["", "the first words", "other words"]
    func mistake(_ line: Int) -> String? {
      Self.mistake(SourceDocument.assignment.line(line, "first words"), in: lines)
    }
    #expect(mistake(2) == nil)
    #expect(mistake(3) == "the line has other words" && mistake(1) == "the line has other words")
    #expect(mistake(4) == "there is no such line" && mistake(0) == "there is no such line")
  }

  @Test("every document is quoted, in a few words")
  func words() {
    let citations = Self.citations
    #expect(Set(citations.map(\.document)) == Set(SourceDocument.allCases))
    for citation in citations {
      #expect(!citation.words.isEmpty && citation.words.count <= 110, "\(citation.words)")
    }
  }
}

extension ReproductionPart {
  /// The settings of every network that a part trains, those of trials included.
  var allSettings: [SourcedSettings] {
    switch kind {
    case .choices(let varied): varied.map(\.base)
    case .search(let search): rows.map(\.settings) + [search.base]
    default: rows.map(\.settings)
    }
  }
}
