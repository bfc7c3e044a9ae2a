import Glibc
package import Strata

/// The last two checkpoints of a run, as files of its folder.
///
/// A new one is written whole beside them before the last takes the name of the one before; whatever
/// happens meanwhile, one of them is there and whole.
package struct CheckpointFiles: Sendable {
  /// The last checkpoint.
  package static let lastName = "checkpoint.safetensors"
  /// The one before.
  package static let previousName = "checkpoint-previous.safetensors"
  /// What the name of a damaged one ends in once it is set aside.
  package static let damagedEnding = ".damaged"

  private let folder: String
  private let files: any FileSystem

  /// The checkpoints of a folder.
  package init(in folder: String, files: any FileSystem = SystemFiles()) {
    self.folder = folder
    self.files = files
  }

  private var last: String { path(folder, Self.lastName) }
  private var previous: String { path(folder, Self.previousName) }

  /// Saves a checkpoint as the last one.
  ///
  /// - Throws: `DataError` with the operating system's reason; what was there can still be loaded.
  package func save(_ checkpoint: Checkpoint) throws {
    try DurableFile.write(checkpoint.safetensors(), to: last, files: files) { temporary in
      let hadLast = files.rename(last, to: previous) == 0
      do {
        try files.move(temporary, to: last)
      } catch {
        if hadLast { _ = files.rename(previous, to: last) }
        throw error
      }
    }
  }

  /// What was found of a run's checkpoints.
  package struct Found {
    /// The newest whole one; `nil` where there is none.
    package var checkpoint: Checkpoint?
    /// A sentence for each damaged one.
    package var warnings: [String] = []
  }

  /// Loads the newest whole checkpoint; damaged ones are set aside.
  ///
  /// - Throws: `DataError` when a file cannot be read at all.
  package func load() throws -> Found {
    var found = Found()
    for file in [last, previous] where found.checkpoint == nil {
      do {
        guard let bytes = try files.contents(of: file, limit: Self.greatestSize) else { continue }
        found.checkpoint = try Checkpoint(safetensors: bytes, path: file)
      } catch let error as DataError where error.kind == .malformed {
        let aside = file + Self.damagedEnding
        try files.move(file, to: aside)
        found.warnings.append("\(error) It is set aside as \(aside).")
      }
    }
    return found
  }

  /// The longest file that is read: half of what the process may hold, since it is decoded beside.
  private static let greatestSize = Machine.usableMemory.map { $0 / 2 } ?? Int.max

  /// Removes both, once nobody needs them any more.
  package func remove() {
    for file in [last, previous] { _ = files.remove(file) }
  }

  /// Whether there is one, whole or not.
  package var areThere: Bool { Self.isThere(among: files.names(in: folder)) }

  /// Whether a folder that holds these names holds a checkpoint.
  static func isThere(among names: [String]) -> Bool {
    names.contains(lastName) || names.contains(previousName)
  }
}
