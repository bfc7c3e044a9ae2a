import Strata
import StrataLab

/// What is selected of all documents, and what the report of it is called.
extension Reproduction {
  /// Whether every part of every document is selected.
  var isWhole: Bool {
    documents.count == ReproductionDocument.all.count && documents.allSatisfy(\.isWhole)
  }

  /// Where the report goes: that of everything lies in the reproduction's own folder.
  package var reportFolder: String {
    isWhole ? folder : Strata.path(folder, "reports/\(selectionName)")
  }

  /// The title of the report.
  var title: String {
    let single = documents.count == 1 ? documents[0] : nil
    let what =
      if isWhole {
        "Five documents"
      } else if let single {
        single.isWhole ? single.title : "Parts of “\(single.title)”"
      } else {
        documents.allSatisfy(\.isWhole)
          ? "\(documents.count) documents" : "Parts of \(documents.count) documents"
      }
    return what + ", made again"
  }

  /// The selected documents and parts, in the order of the documents; of many parts, how many, and
  /// what tells them from others.
  private var selectionName: String {
    let names = documents.flatMap { document in
      document.isWhole ? [document.name] : document.parts.map { "\(document.name)-\($0.name)" }
    }
    let name = names.joined(separator: "+")
    return name.utf8.count <= Self.longestName
      ? name : "\(parts.count)-parts-\(SHA256.hexadecimal(of: name).prefix(10))"
  }

  /// The most bytes of a selection's name.
  private static let longestName = 100
}

extension ReproductionDocument {
  /// Whether none of its parts is left out.
  var isWhole: Bool {
    Self.all.first { $0.name == name }.map { $0.parts.count == parts.count } ?? true
  }
}
