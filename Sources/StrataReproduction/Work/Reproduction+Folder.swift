import CLibrary
import Strata
import StrataLab

extension Reproduction {
  /// Checks that nothing of anybody else is written over, or mixed with what is made.
  ///
  /// - Throws: `DataError` when the folder is neither empty nor a reproduction's, and when a file that
  ///   no earlier reproduction has written is in the place of one of the report.
  package func checkFolder() throws {
    try Folder.requirePlace(folder)
    guard let name = Folder.names(in: folder).first else { return }
    guard isOurs else {
      throw DataError(
        .inputOutput, path: folder,
        expected: "a new or empty folder, or one of a reproduction",
        found: "one that holds \(printableLine(name))", hint: "choose another output")
    }
    let earlier = EarlierReport(in: reportFolder).names
    let there = Folder.names(in: reportFolder).filter(ReproductionReport.fixedNames.contains)
    if let foreign = there.first(where: { !earlier.contains($0) }) {
      throw DataError(
        .inputOutput, path: Strata.path(reportFolder, foreign),
        expected: "no file, or one that the \(Report.resultsName) of an earlier reproduction lists",
        found: "another", hint: "move it away or choose another output")
    }
  }

  private var isOurs: Bool {
    Self.folderNames.contains { FileStatus(path: Strata.path(folder, $0)) == .folder }
      || !EarlierReport(in: folder).names.isEmpty
  }

  /// Where runs, studies and gradient checks are kept.
  private static let folderNames = ["runs", "studies", "checks"]

  /// Removes the runs, searches and gradient checks of the selected parts, so that they are made anew.
  ///
  /// What else is in the folder stays. The report stays too, until the next takes its place.
  ///
  /// - Throws: `ConfigurationError` when a part is impossible with the data, `DataError` when another
  ///   process works on one.
  package func removeMade() throws {
    try check()
    for (_, part) in parts {
      for run in networks(of: part).flatMap(runs) { try remove(run) }
      if case .search(let search) = part.kind { try Self.removeStudy(studyPath(of: search)) }
      for check in checks(of: part) { Folder.removeFlat(path(of: check)) }
    }
  }

  private func remove(_ run: ReproductionRun) throws {
    unlink(divergencePath(of: run))
    let path = path(of: run)
    guard FileStatus(path: path) == .folder else { return }
    let lock = try FolderLock(path)
    withExtendedLifetime(lock) { Folder.removeFlat(path) }
  }

  private static func removeStudy(_ path: String) throws {
    guard FileStatus(path: path).isFile else { return }
    var isRemoved = false
    try TrialClaim.removeFile(ofStudy: path) {
      // The journal goes last: SQLite drops one that it finds beside an empty file.
      for name in [path, path + "-journal"] { unlink(name) }
      isRemoved = true
      return true
    }
    guard isRemoved else {
      throw DataError(
        .inputOutput, path: path, expected: "a study that no other process works on",
        found: "one that another process runs trials of", hint: "end that process or wait")
    }
  }
}
