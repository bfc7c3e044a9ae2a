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
          validation_loss, test_accuracy, test_loss, seconds, recipe, metrics, steps, full_steps)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        trial.number, trial.stage.rawValue, settings.text, outcome.status.rawValue,
        outcome.reason, outcome.validationAccuracy, outcome.validationLoss, outcome.testAccuracy,
        outcome.testLoss, outcome.seconds, outcome.recipe, outcome.metrics, outcome.steps,
        outcome.fullSteps,
      ])
  }

  /// The numbers of all trials that have ended.
  static func numbers(in db: Database) throws -> Set<Int> {
    try Set(Int.fetchAll(db, sql: "SELECT number FROM trial"))
  }

  /// The last stage of which a trial has ended; `nil` where none has.
  static func lastStage(in db: Database) throws -> SearchStage? {
    let names = try Set(String.fetchAll(db, sql: "SELECT DISTINCT stage FROM trial"))
    return SearchStage.allCases.last { names.contains($0.rawValue) }
  }

  /// All trials that have ended.
  ///
  /// - Throws: `DataError` for a row that is none.
  static func trials(in db: Database, path: String) throws -> [Trial] {
    try trials(Row.fetchAll(db, sql: "SELECT * FROM trial ORDER BY number"), path: path)
  }

  /// The finished trial of the greatest validation accuracy; `nil` where none has one.
  ///
  /// - Throws: `DataError` for a row that is no trial.
  static func best(in db: Database, path: String) throws -> Trial? {
    let sql = """
      SELECT * FROM trial WHERE status = ? ORDER BY validation_accuracy DESC, number LIMIT 1
      """
    let status = TrialOutcome.Status.finished.rawValue
    return try trials(Row.fetchAll(db, sql: sql, arguments: [status]), path: path).first
  }

  private static func trials(_ rows: [Row], path: String) throws -> [Trial] {
    try rows.map { row in
      let number = try row.decode(Int.self, forColumn: "number")
      guard let trial = try trial(number, row) else {
        throw DataError(damagedStudy: path, "trial \(number) is invalid")
      }
      return trial
    }
  }

  /// The trial of a row; `nil` for a row that no search has written.
  private static func trial(_ number: Int, _ row: Row) throws -> Trial? {
    func text(_ name: String) throws -> String { try row.decode(String.self, forColumn: name) }
    guard let stage = SearchStage(rawValue: try text("stage")),
      let status = TrialOutcome.Status(rawValue: try text("status")),
      let values = values(try text("settings")), number > 0
    else { return nil }
    var outcome = TrialOutcome(status)
    outcome.reason = try text("reason")
    outcome.recipe = try text("recipe")
    outcome.metrics = try text("metrics")
    try readNumbers(of: row, into: &outcome)
    return outcome.isPossible ? Trial(number, stage, values, outcome: outcome) : nil
  }

  private static func readNumbers(of row: Row, into outcome: inout TrialOutcome) throws {
    func number(_ name: String) throws -> Double? {
      try row.decode(Double?.self, forColumn: name)
    }
    outcome.validationAccuracy = try number("validation_accuracy")
    outcome.validationLoss = try number("validation_loss")
    outcome.testAccuracy = try number("test_accuracy")
    outcome.testLoss = try number("test_loss")
    outcome.seconds = try row.decode(Double.self, forColumn: "seconds")
    outcome.steps = try row.decode(Int?.self, forColumn: "steps")
    outcome.fullSteps = try row.decode(Int?.self, forColumn: "full_steps")
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

extension TrialOutcome {
  /// Whether a search may have written it: what its status promises is there, accuracies are
  /// fractions, losses (which may overflow) and seconds not negative, and steps no more than all.
  fileprivate var isPossible: Bool {
    let isMeasured = status == .finished || status == .stopped
    let hasNumbers =
      isMeasured == (validationAccuracy != nil) && (status == .finished) == (testAccuracy != nil)
    let accuracies = [validationAccuracy, testAccuracy].compactMap(\.self)
    let losses = [validationLoss, testLoss].compactMap(\.self)
    let hasSteps = (steps == nil) == (fullSteps == nil) && (steps != nil || status != .stopped)
    return hasNumbers && accuracies.allSatisfy((0...1).contains)
      && losses.allSatisfy { $0 >= 0 } && seconds >= 0 && seconds.isFinite
      && hasSteps && 0 <= steps ?? 0 && steps ?? 0 <= fullSteps ?? 0
  }
}
