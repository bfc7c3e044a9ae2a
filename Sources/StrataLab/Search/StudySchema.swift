import GRDB
import Strata

/// The tables of a study's file and the marks by which it is recognized.
enum StudySchema {
  /// What says in the header of an SQLite file whose it is: "STRT" in ASCII.
  static let applicationID = 0x5354_5254
  /// The version of the tables.
  static let format = 1

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
        PRAGMA user_version = \(format);
        """)
    for (place, part) in identity.parts.enumerated() {
      try db.execute(
        sql: "INSERT INTO identity VALUES (?, ?, ?)", arguments: [place, part.name, part.value])
    }
  }

  /// Checks that the file is a study of this format, and whole.
  ///
  /// - Throws: `DataError` when it is not.
  static func check(_ db: Database, path: String) throws {
    guard try pragma("application_id", in: db) == applicationID else {
      throw DataError(
        .malformed, path: path, expected: "the file of a study",
        found: "the database of another program", hint: "give another --study")
    }
    let found = try pragma("user_version", in: db)
    guard found == format else {
      throw DataError(
        .malformed, path: path, expected: "a study of format \(format)", found: "format \(found)",
        hint: found > format ? "use the later version of strata that made it" : "")
    }
    // A view or a trigger is a program, which may never end.
    let sql = "SELECT name FROM sqlite_schema WHERE type NOT IN ('table', 'index')"
    if let name = try String.fetchOne(db, sql: sql) {
      throw DataError(
        .malformed, path: path, expected: "a study, which has tables alone",
        found: "a view or trigger \(name)", hint: "give another --study")
    }
    let verdict = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") ?? "no answer"
    guard verdict == "ok" else {
      throw DataError(
        .malformed, path: path, expected: "the file of a study",
        found: "a damaged one (SQLite: \(verdict))")
    }
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

  private static func pragma(_ name: String, in db: Database) throws -> Int {
    guard let row = try Row.fetchOne(db, sql: "PRAGMA \(name)") else { return 0 }
    return try row.decode(Int.self, atIndex: 0)
  }
}
