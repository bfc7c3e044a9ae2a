import CLibrary
package import Strata

/// The last two checkpoints of a run, as files of its folder.
///
/// A new one is written whole beside them before the last takes the name of the one before: once one
/// is saved, an intact one exists at every moment.
package struct CheckpointFiles: Sendable {
  /// The last checkpoint.
  package static let lastName = "checkpoint.safetensors"
  /// The one before.
  package static let previousName = "checkpoint-previous.safetensors"
  /// The suffix of a damaged one that is set aside.
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

  /// The checkpoints found of a run.
  package struct Found {
    /// The newest whole one; `nil` where there is none.
    package fileprivate(set) var checkpoint: Checkpoint?
    /// Why newer ones, or all, cannot be used: their bytes are damaged, or the disk does not give them.
    package fileprivate(set) var damages: [DataError] = []
  }

  /// Loads the newest whole checkpoint.
  ///
  /// - Throws: `DataError` when one is of another version of the format or may not be opened, which
  ///   is no damage.
  package func load() throws -> Found {
    var found = Found()
    for file in [last, previous] where found.checkpoint == nil {
      let content: Safetensors
      do {
        guard let whole = try files.safetensors(at: file) else { continue }
        content = whole
      } catch let error as DataError where error.isDamage {
        found.damages.append(error)
        continue
      }
      try Checkpoint.requireKnownVersion(of: content)
      do {
        found.checkpoint = try Checkpoint(content)
      } catch let error as DataError where error.isDamage {
        found.damages.append(error)
      }
    }
    return found
  }

  /// Gives damaged files other names, so that the next checkpoints do not take their place.
  ///
  /// - Returns: A sentence for each.
  /// - Throws: `DataError` with the operating system's reason.
  package func setAside(_ damages: [DataError]) throws -> [String] {
    try damages.map { damage in
      let names = files.names(in: folder)
      let endings = [Self.damagedEnding] + (2...99).map { "\(Self.damagedEnding)-\($0)" }
      let ending =
        endings.first { !names.contains(lastComponent(of: damage.path) + $0) }
        ?? Self.damagedEnding
      try files.move(damage.path, to: damage.path + ending)
      let problem = DataError(
        damage.kind, path: damage.path, expected: damage.expected, found: damage.found,
        hint: "set aside as \(damage.path + ending)")
      return problem.description
    }
  }

  /// Removes both.
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

extension DataError {
  /// Whether the bytes are damaged or unreadable.
  fileprivate var isDamage: Bool { kind == .malformed || systemNumber == EIO }
}
