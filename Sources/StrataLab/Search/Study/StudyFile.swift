import CLibrary
import GRDB
import Strata

/// The file of a study: an SQLite database with what the search is, every trial that has ended, and
/// how good trials were at rungs.
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

  /// Opens the study, or makes it where there is none; one that has fewer trials grows.
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
    queue = try Self.opened(path, Self.configuration)
    try write { db in
      if try StudySchema.isEmpty(db) {
        try StudySchema.create(in: db, identity)
      } else {
        try StudySchema.prepare(db, path: path)
        try Self.goOn(with: identity, in: db, path: path)
      }
    }
  }

  /// Opens a study to look at it; it stays as it is.
  ///
  /// - Throws: `DataError` where there is none, and for one that is damaged or of another format.
  package init(reading path: String) throws {
    self.path = path
    var configuration = Self.configuration
    configuration.readonly = true
    queue = try Self.opened(path, configuration)
    let found = try read { try StudySchema.checkedFormat(of: $0, path: path) }
    guard found == StudySchema.format else {
      throw DataError(
        .malformed, path: path, expected: "a study of format \(StudySchema.format)",
        found: "format \(found)")
    }
  }

  /// Dispatch gives up the queue on a thread of its own, and would wait for ever where none can be had.
  deinit {
    if let thread = startThread({}) {
      pthread_join(thread, nil)
    } else {
      _ = Unmanaged.passRetained(queue)
    }
  }

  private static func opened(_ path: String, _ configuration: Configuration) throws -> DatabaseQueue
  {
    try translatingErrors(path) {
      // A name such as ":memory:" means something to SQLite, a path does not.
      try DatabaseQueue(
        path: path.hasPrefix("/") ? path : "./" + path, configuration: configuration)
    }
  }

  /// Another process may hold the file for as long as its transaction takes, which is waited for.
  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(60)
    return configuration
  }

  /// Checks that the study is that of a search, and gives it as many trials as that has.
  private static func goOn(with identity: StudyIdentity, in db: Database, path: String) throws {
    let stored = try StudySchema.identity(in: db)
    let old = try counts(of: stored, path: path)
    try stored.checkContinuation(by: identity, after: TrialRow.lastStage(in: db), path: path)
    var new = try counts(of: identity, path: path)
    new.rules = old.rules
    try StudySchema.grow(db, from: old, to: new)
  }

  private static func counts(of identity: StudyIdentity, path: String) throws -> TrialCounts {
    guard let counts = identity.counts else {
      throw DataError(damagedStudy: path, "its number of trials is missing")
    }
    return counts
  }

  /// Writes what came of a trial.
  ///
  /// - Parameter counts: The trials of the study that it is one of.
  /// - Returns: Whether it is still one of the study's; one of a later stage is not where an earlier
  ///   stage has grown, and is not written then.
  /// - Throws: `DataError` when that fails, or when the trial is there already.
  package func record(_ trial: Trial, in counts: TrialCounts) throws -> Bool {
    try write { db in
      guard try isCurrent(counts, for: trial.stage, in: db) else { return false }
      try TrialRow.insert(trial, into: db)
      return true
    }
  }

  /// Writes how good a trial was at a rung, if it is not there yet.
  ///
  /// - Returns: Whether the trial is still one of the study's, as for `record(_:in:)`.
  /// - Throws: `DataError` when that fails, or when another result is there.
  package func record(_ result: RungResult, in counts: TrialCounts) throws -> Bool {
    try write { db in
      guard try isCurrent(counts, for: result.stage, in: db) else { return false }
      try RungRow.insert(result, into: db, path: path)
      return true
    }
  }

  private func isCurrent(
    _ counts: TrialCounts, for stage: SearchStage, in db: Database
  ) throws -> Bool {
    try self.counts(in: db).agrees(with: counts, on: stage)
  }

  private func counts(in db: Database) throws -> TrialCounts {
    try Self.counts(of: StudySchema.identity(in: db), path: path)
  }

  /// How many trials there are, and the numbers of those that have ended, at one moment.
  package func state() throws -> (counts: TrialCounts, ended: Set<Int>) {
    try read { (try counts(in: $0), try TrialRow.numbers(in: $0)) }
  }

  /// How many trials there are, and those that have ended in the order of their numbers, at one
  /// moment.
  package func contents() throws -> (counts: TrialCounts, ended: [Trial]) {
    try read { (try counts(in: $0), try TrialRow.trials(in: $0, path: path)) }
  }

  /// The numbers of the trials that have ended.
  package func endedNumbers() throws -> Set<Int> {
    try read { try TrialRow.numbers(in: $0) }
  }

  /// What the trials of a stage before one of them have shown at a rung.
  ///
  /// - Parameters:
  ///   - result: What the trial has shown.
  ///   - first: The number of the first trial of the stage.
  ///   - copies: The trials that are not trained, and awaited by none.
  package func standing(
    before result: RungResult, first: Int, besides copies: Set<Int> = []
  ) throws -> RungStanding {
    try read { db in
      let results = try RungRow.results(
        of: result.stage, before: result.trial, in: db, path: path)
      let arrived = Set(results.filter { $0.rung.number >= result.rung.number }.map(\.trial))
        .union(try TrialRow.numbers(in: db)).union(copies)
      return RungStanding(
        accuracies: results.filter { $0.rung.number == result.rung.number }.map(\.accuracy),
        awaited: (first..<result.trial).first { !arrived.contains($0) })
    }
  }

  /// The best finished trial so far; `nil` before the first.
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
      throw DataError(damagedStudy: path, "a value has another type")
    }
  }
}

/// What the trials of a stage before one of them have shown at a rung.
package struct RungStanding: Sendable, Hashable {
  /// The validation accuracies of those that were at the rung, in the order of their numbers.
  package let accuracies: [Double]
  /// The first that has neither reached the rung nor ended; `nil` when all have.
  package let awaited: Int?
}

extension DataError {
  /// What SQLite said about the file of a study.
  fileprivate init(study path: String, _ error: DatabaseError) {
    let message = error.message ?? "code \(error.resultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_NOTADB:
      self.init(
        .malformed, path: path, expected: "the file of a study", found: "another kind of file",
        hint: "give another --study")
    case .SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_MISMATCH, .SQLITE_CONSTRAINT, .SQLITE_SCHEMA:
      self.init(damagedStudy: path, "SQLite: \(message)")
    case .SQLITE_BUSY:
      self.init(
        .inputOutput, path: path, expected: "a study that is unlocked within a minute",
        found: "one that another process has locked", hint: "end that process or try again")
    default:
      self.init(
        .inputOutput, path: path, expected: "a study that can be read and written",
        found: "“\(printableLine(message))” (SQLite code \(error.resultCode.rawValue))")
    }
  }
}
