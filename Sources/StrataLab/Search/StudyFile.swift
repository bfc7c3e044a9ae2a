import GRDB
import Strata

/// The file of a study: an SQLite database with what the search is and every trial that has ended.
///
/// A trial is written in one transaction, which is on the disk when `record` returns, and which
/// the next process that opens the file undoes if this one was killed in the midst of it. The
/// journal is SQLite's rollback journal, not the write-ahead log: a transaction every few seconds
/// has no need of speed, the study stays one file between transactions, and no memory has to be
/// shared between its users.
package final class StudyFile: Sendable {
  /// Where it is.
  package let path: String
  private let queue: DatabaseQueue

  /// Opens the study, or makes it where there is none.
  ///
  /// - Throws: `DataError` for a file that is no study, is damaged, is of a later format, or cannot
  ///   be written; `ConfigurationError` for the study of another search and for an empty path.
  package init(path: String, identity: StudyIdentity) throws {
    self.path = path
    guard !path.isEmpty else {
      throw ConfigurationError(
        setting: "study", expected: "a name or a path", found: "nothing")
    }
    guard FileStatus(path: path) != .folder else {
      throw DataError(.malformed, path: path, expected: "the file of a study", found: "a folder")
    }
    try Folder.create(DurableFile.folder(of: path))
    queue = try Self.translatingErrors(path) {
      // A name such as ":memory:" means something to SQLite, a path does not.
      try DatabaseQueue(
        path: path.hasPrefix("/") ? path : "./" + path, configuration: Self.configuration)
    }
    try write { db in
      if try StudySchema.isEmpty(db) {
        try StudySchema.create(in: db, identity)
      } else {
        try StudySchema.check(db, path: path)
        try Self.compare(identity, with: StudySchema.identity(in: db), path: path)
      }
    }
  }

  /// Another process may hold the file for as long as its transaction takes, which is waited for.
  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(60)
    return configuration
  }

  private static func compare(
    _ identity: StudyIdentity, with stored: StudyIdentity, path: String
  ) throws {
    guard let difference = stored.difference(from: identity) else { return }
    throw ConfigurationError(
      setting: "study \(path)",
      expected: "the \(difference.name) that it was begun with, \(difference.here)",
      found: difference.there, hint: "repeat its command or give another --study")
  }

  /// Writes what came of a trial.
  ///
  /// - Throws: `DataError` when that fails, or when the trial is there already.
  package func record(_ trial: Trial) throws {
    try write { try TrialRow.insert(trial, into: $0) }
  }

  /// The numbers of the trials that have ended.
  package func endedNumbers() throws -> Set<Int> {
    try read { try TrialRow.numbers(in: $0) }
  }

  /// The trials that have ended, in the order of their numbers.
  package func endedTrials() throws -> [Trial] {
    try read { try TrialRow.trials(in: $0, path: path) }
  }

  /// The best trial so far; `nil` before the first that can be compared.
  package func bestTrial() throws -> Trial? {
    try read { try TrialRow.best(in: $0, path: path) }
  }

  private func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.translatingErrors(path) { try queue.read(body) }
  }

  /// One immediate transaction: it has the right to write before it looks at anything.
  private func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.translatingErrors(path) { try queue.write(body) }
  }

  private static func translatingErrors<Value>(
    _ path: String, _ body: () throws -> Value
  ) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw DataError(study: path, error)
    } catch is RowDecodingError {
      throw DataError(
        .malformed, path: path, expected: "the file of a study", found: "a damaged one")
    }
  }
}

extension DataError {
  /// What SQLite said about the file of a study.
  fileprivate init(study path: String, _ error: DatabaseError) {
    let message = error.message ?? "code \(error.resultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_NOTADB:
      self.init(
        .malformed, path: path, expected: "the file of a study", found: "a file that is none",
        hint: "give another --study")
    case .SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_MISMATCH, .SQLITE_CONSTRAINT, .SQLITE_SCHEMA:
      self.init(
        .malformed, path: path, expected: "the file of a study",
        found: "a damaged one (SQLite: \(message))")
    case .SQLITE_BUSY:
      self.init(
        .inputOutput, path: path, expected: "a study that is free within a minute",
        found: "one that another process holds", hint: "end that process or try again")
    default:
      self.init(
        .inputOutput, path: path, expected: "a study that can be read and written",
        found: "“\(message)” (SQLite code \(error.resultCode.rawValue))")
    }
  }
}
