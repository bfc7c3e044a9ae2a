import CLibrary
import Strata
import StrataLab

/// The report that an earlier reproduction left in a folder.
///
/// Its files are those that its `results.json` lists. Any other is the user's, whatever it is
/// called.
struct EarlierReport: Sendable {
  /// The names of its files; none where the folder holds no such report.
  let names: Set<String>
  private let folder: String

  /// Looks for a report.
  init(in folder: String) {
    self.folder = folder
    names = Self.results(in: folder).flatMap(Self.names) ?? []
  }

  /// Removes all of it but `results.json`, which the next report takes the place of.
  func remove() {
    for name in names where name != Report.resultsName { unlink(path(folder, name)) }
  }

  private static func results(in folder: String) -> JSONValue? {
    let file = path(folder, Report.resultsName)
    guard FileStatus(path: file).isFile,
      let bytes = try? readStart(of: file, limit: 1 << 26, expected: "numbers of a reproduction")
    else { return nil }
    return String(validating: bytes, as: UTF8.self).flatMap { try? JSONValue(parsing: $0) }
  }

  /// The files that the numbers of a reproduction list; `nil` for other numbers.
  private static func names(listedIn results: JSONValue) -> Set<String>? {
    guard results["seeds"]?.integer != nil, results["parts"]?.elements != nil,
      let files = results["files"]?.elements
    else { return nil }
    let names = files.compactMap(\.string).filter { !$0.contains("/") && !$0.contains("\0") }
    return names.count == files.count && names.contains(Report.resultsName) ? Set(names) : nil
  }
}
