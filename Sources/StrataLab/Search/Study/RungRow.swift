import GRDB
import Strata

/// Results at rungs as rows of a study's file.
enum RungRow {
  /// Adds a result; one that is there already, from a trial that was interrupted, has to be equal.
  ///
  /// - Throws: `DataError` when it is not.
  static func insert(_ result: RungResult, into db: Database, path: String) throws {
    let sql = "SELECT * FROM rung WHERE trial = ? AND rung = ?"
    let kept = try Row.fetchOne(db, sql: sql, arguments: [result.trial, result.rung.number])
    if let kept {
      guard try self.result(kept) == result else {
        throw DataError(
          damagedStudy: path,
          "trial \(result.trial) has a result at rung \(result.rung.number) that differs from its run"
        )
      }
      return
    }
    try db.execute(
      sql: """
        INSERT INTO rung (trial, rung, stage, step, validation_accuracy) VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [
        result.trial, result.rung.number, result.stage.rawValue, result.rung.step,
        result.accuracy,
      ])
  }

  /// The results of the trials of a stage that come before trial `number`.
  ///
  /// - Throws: `DataError` for a row that is none.
  static func results(
    of stage: SearchStage, before number: Int, in db: Database, path: String
  ) throws -> [RungResult] {
    let sql = "SELECT * FROM rung WHERE stage = ? AND trial < ? ORDER BY trial, rung"
    return try Row.fetchAll(db, sql: sql, arguments: [stage.rawValue, number]).map { row in
      guard let result = try result(row) else {
        throw DataError(damagedStudy: path, "a result at a rung is invalid")
      }
      return result
    }
  }

  /// Removes the results of a stage.
  static func removeAll(of stage: SearchStage, in db: Database) throws {
    try db.execute(sql: "DELETE FROM rung WHERE stage = ?", arguments: [stage.rawValue])
  }

  private static func result(_ row: Row) throws -> RungResult? {
    let accuracy = try row.decode(Double.self, forColumn: "validation_accuracy")
    let rung = Rung(
      number: try row.decode(Int.self, forColumn: "rung"),
      step: try row.decode(Int.self, forColumn: "step"))
    guard (0...1).contains(accuracy), rung.number > 0, rung.step > 0,
      let stage = SearchStage(rawValue: try row.decode(String.self, forColumn: "stage"))
    else { return nil }
    return RungResult(
      try row.decode(Int.self, forColumn: "trial"), stage, rung, accuracy: accuracy)
  }
}
