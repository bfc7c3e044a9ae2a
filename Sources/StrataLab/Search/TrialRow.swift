import GRDB
import Strata

/// Trials as rows of a study's file.
enum TrialRow {
  /// Adds a trial that has ended.
  static func insert(_ trial: Trial, into db: Database) throws {
    guard let outcome = trial.outcome else { preconditionFailure("the trial has not ended") }
    let settings = JSONValue.object(
      trial.values.map { JSONValue.Member($0.key.rawValue, .string($0.text)) })
    try db.execute(
      sql: """
        INSERT INTO trial (number, stage, settings, status, reason, validation_accuracy,
          validation_loss, test_accuracy, test_loss, seconds, recipe, metrics)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        trial.number, trial.stage.rawValue, settings.text, outcome.status.rawValue,
        outcome.reason, outcome.validationAccuracy, outcome.validationLoss, outcome.testAccuracy,
        outcome.testLoss, outcome.seconds, outcome.recipe, outcome.metrics,
      ])
  }

  /// The numbers of all trials that have ended.
  static func numbers(in db: Database) throws -> Set<Int> {
    Set(
      try Row.fetchAll(db, sql: "SELECT number FROM trial").map {
        try $0.decode(Int.self, atIndex: 0)
      })
  }

  /// All trials that have ended.
  ///
  /// - Throws: `DataError` for a row that is none.
  static func trials(in db: Database, path: String) throws -> [Trial] {
    try trials(Row.fetchAll(db, sql: "SELECT * FROM trial ORDER BY number"), path: path)
  }

  /// The trial of the greatest validation accuracy; `nil` where none has one.
  ///
  /// - Throws: `DataError` for a row that is no trial.
  static func best(in db: Database, path: String) throws -> Trial? {
    let sql = """
      SELECT * FROM trial WHERE validation_accuracy IS NOT NULL
      ORDER BY validation_accuracy DESC, number LIMIT 1
      """
    return try trials(Row.fetchAll(db, sql: sql), path: path).first
  }

  private static func trials(_ rows: [Row], path: String) throws -> [Trial] {
    try rows.map { row in
      guard let trial = try trial(row) else {
        throw DataError(
          .malformed, path: path, expected: "the file of a study",
          found: "one with a trial that cannot be read")
      }
      return trial
    }
  }

  private static func trial(_ row: Row) throws -> Trial? {
    func text(_ name: String) throws -> String { try row.decode(String.self, forColumn: name) }
    func number(_ name: String) throws -> Double? {
      try row.decode(Double?.self, forColumn: name)
    }
    guard let stage = SearchStage(rawValue: try text("stage")),
      let status = TrialOutcome.Status(rawValue: try text("status")),
      let values = values(try text("settings"))
    else { return nil }
    var outcome = TrialOutcome(status)
    outcome.reason = try text("reason")
    outcome.recipe = try text("recipe")
    outcome.metrics = try text("metrics")
    outcome.validationAccuracy = try number("validation_accuracy")
    outcome.validationLoss = try number("validation_loss")
    outcome.testAccuracy = try number("test_accuracy")
    outcome.testLoss = try number("test_loss")
    outcome.seconds = try row.decode(Double.self, forColumn: "seconds")
    return Trial(
      try row.decode(Int.self, forColumn: "number"), stage, values, outcome: outcome)
  }

  private static func values(_ text: String) -> [TrialValue]? {
    guard let members = (try? JSONValue(parsing: text))?.members else { return nil }
    let values = members.compactMap { member -> TrialValue? in
      guard let key = RecipeKey(rawValue: member.name), let text = member.value.string else {
        return nil
      }
      return TrialValue(key, text)
    }
    return values.count == members.count ? values : nil
  }
}
