import GRDB
import Strata

/// The tables of a study's file and the marks by which it is recognized.
enum StudySchema {
  /// What says in the header of an SQLite file whose it is: "STRT" in ASCII.
  static let applicationID = 0x5354_5254
  /// The version of the tables.
  static let format = 2

  /// Whether nothing has been written yet.
  static func isEmpty(_ db: Database) throws -> Bool {
    try pragma("schema_version", in: db) == 0
  }

  /// Makes the tables.
  static func create(in db: Database, _ identity: StudyIdentity) throws {
    try db.execute(
      sql: """
        CREATE TABLE identity (place INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
          value TEXT NOT NULL) STRICT;
        CREATE TABLE trial (number INTEGER PRIMARY KEY, stage TEXT NOT NULL,
          settings TEXT NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL,
          validation_accuracy REAL, validation_loss REAL, test_accuracy REAL, test_loss REAL,
          seconds REAL NOT NULL, recipe TEXT NOT NULL, metrics TEXT NOT NULL) STRICT;
        PRAGMA application_id = \(applicationID);
        """)
    for (place, part) in identity.parts.enumerated() {
      try db.execute(
        sql: "INSERT INTO identity VALUES (?, ?, ?)", arguments: [place, part.name, part.value])
    }
    try addHalving(in: db)
  }

  /// What format 2 has beyond format 1.
  private static func addHalving(in db: Database) throws {
    try db.execute(
      sql: """
        ALTER TABLE trial ADD COLUMN steps INTEGER;
        ALTER TABLE trial ADD COLUMN full_steps INTEGER;
        CREATE TABLE rung (trial INTEGER NOT NULL, rung INTEGER NOT NULL, stage TEXT NOT NULL,
          step INTEGER NOT NULL, validation_accuracy REAL NOT NULL,
          PRIMARY KEY (trial, rung)) STRICT;
        PRAGMA user_version = \(format);
        """)
  }

  /// Checks that the file is a study, and whole, and brings one of format 1 to this format.
  ///
  /// - Throws: `DataError` when it is not.
  static func prepare(_ db: Database, path: String) throws {
    if try checkedFormat(of: db, path: path) < format { try addHalving(in: db) }
  }

  /// Checks that the file is a study, and whole, and gives its format.
  ///
  /// - Throws: `DataError` when it is not.
  static func checkedFormat(of db: Database, path: String) throws -> Int {
    guard try pragma("application_id", in: db) == applicationID else {
      throw DataError(
        .malformed, path: path, expected: "the file of a study",
        found: "the database of another program", hint: "give another --study")
    }
    let found = try pragma("user_version", in: db)
    guard (1...format).contains(found) else {
      throw DataError(
        .malformed, path: path, expected: "a study of format 1 or \(format)",
        found: "format \(found)",
        hint: found > format ? "use the newer version of strata that made it" : "")
    }
    // A view or a trigger is a program, which may never end.
    let sql = "SELECT name FROM sqlite_schema WHERE type NOT IN ('table', 'index')"
    if let name = try String.fetchOne(db, sql: sql) {
      throw DataError(
        .malformed, path: path, expected: "a study, which has only tables",
        found: "a view or trigger \(name)", hint: "give another --study")
    }
    let verdict = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") ?? "no answer"
    guard verdict == "ok" else { throw DataError(damagedStudy: path, "SQLite: \(verdict)") }
    return found
  }

  /// What the study is of.
  static func identity(in db: Database) throws -> StudyIdentity {
    let rows = try Row.fetchAll(db, sql: "SELECT name, value FROM identity ORDER BY place")
    return StudyIdentity(
      try rows.map { row in
        StudyIdentity.Part(
          try row.decode(String.self, forColumn: "name"),
          try row.decode(String.self, forColumn: "value"))
      })
  }

  /// Gives the study more trials; what fine trials that are no longer of it have left goes.
  static func grow(_ db: Database, from old: TrialCounts, to new: TrialCounts) throws {
    guard new != old else { return }
    // A study of before has no parts for finalists yet.
    let sql = """
      INSERT INTO identity (name, value) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
      """
    for part in StudyIdentity.parts(of: new) {
      try db.execute(sql: sql, arguments: [part.name, part.value])
    }
    if new.trials != old.trials { try RungRow.removeAll(of: .fine, in: db) }
  }

  private static func pragma(_ name: String, in db: Database) throws -> Int {
    guard let row = try Row.fetchOne(db, sql: "PRAGMA \(name)") else { return 0 }
    return try row.decode(Int.self, atIndex: 0)
  }
}

extension DataError {
  /// A study that was damaged, or edited by hand.
  ///
  /// - Parameter detail: What shows it, a clause on one line or more.
  init(damagedStudy path: String, _ detail: String) {
    let line = detail.split(whereSeparator: \.isNewline).joined(separator: " ")
    self.init(
      .malformed, path: path, expected: "the file of a study",
      found: "a damaged one (\(printableLine(line)))",
      hint: "give another --study, or restore this one from a copy")
  }
}
