package import Strata

/// The files of a run's folder, in an order in which a process may end at any time.
///
/// `recipe.yaml` comes first and `summary.json` last: a folder with a recipe or a checkpoint and
/// without a summary holds an unfinished run.
package struct RunFiles: Sendable {
  /// How far the run in a folder is.
  package enum State: Sendable, Hashable {
    /// There is no run, though there may be files.
    case none
    /// A run that can be continued.
    case unfinished
    /// A run with all its results.
    case finished
  }

  /// The folder.
  package let folder: String
  /// The last two checkpoints.
  package let checkpoints: CheckpointFiles
  private let files: any FileSystem

  /// The files of a folder.
  package init(in folder: String, files: any FileSystem = SystemFiles()) {
    self.folder = folder
    self.files = files
    checkpoints = CheckpointFiles(in: folder, files: files)
  }

  /// Checks that a path is that of a folder, as a run's is.
  ///
  /// - Throws: `DataError` when it is not.
  static func requireFolder(_ path: String) throws {
    let status = FileStatus(path: path)
    guard status == .folder else {
      throw DataError(
        .notFound, path: path, expected: "the folder of a run",
        found: status == .missing ? "nothing" : "a file",
        hint: status == .missing ? "check the path" : "give its folder")
    }
    try Folder.requireList(path)
  }

  /// How far the run is.
  package var state: State {
    let names = files.names(in: folder)
    if names.contains(RunFolder.summaryName) { return .finished }
    // Results without summary and checkpoint belong to an incomplete copy of a run.
    let isAtStart = names.contains(RunFolder.recipeName) && !names.contains(RunFolder.modelName)
    let isBegun = isAtStart || CheckpointFiles.isThere(among: names)
    return isBegun ? .unfinished : .none
  }

  /// Where an unfinished run diverged; `nil` where it did not.
  package var divergence: Divergence? {
    let file = path(folder, RunFolder.divergenceName)
    return (try? JSONFile.read(file, "the record of a divergence", hint: ""))
      .flatMap(Divergence.init)
  }

  /// Records the divergence, and returns the error if that fails.
  func record(_ divergence: Divergence) -> String? {
    let json = JSONValue.object(divergence.members)
    do {
      try write(RunFolder.divergenceName, Array((json.indentedText + "\n").utf8))
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// The error for an unfinished run in place of a finished one.
  package var unfinished: DataError {
    let divergence = divergence
    return DataError(
      .notFound, path: folder,
      expected: "a finished run, which has a \(RunFolder.summaryName)",
      found: divergence.map { "one that \($0.text)" } ?? "an unfinished one",
      hint: divergence == nil
        ? "strata resume \(shellWord(folder)) continues it" : "train it with other settings")
  }

  /// The first name that is not of a file which a killed process was writing; `nil` in a folder that
  /// is as good as empty.
  package var foreignName: String? {
    files.names(in: folder).first { !Self.isTemporary($0) }
  }

  /// Writes a file, whole or not at all.
  ///
  /// - Throws: `DataError` with the operating system's reason.
  package func write(_ name: String, _ content: [UInt8]) throws {
    try DurableFile.write(content, to: path(folder, name), files: files)
  }

  /// Removes a file, if it is there.
  package func remove(_ name: String) {
    _ = files.remove(path(folder, name))
  }

  /// Removes temporary files of killed processes.
  package func removeTemporaryFiles() {
    for name in files.names(in: folder) where Self.isTemporary(name) { remove(name) }
  }

  private static func isTemporary(_ name: String) -> Bool {
    RunFolder.names.contains { DurableFile.isTemporary(name, of: $0) }
  }
}
