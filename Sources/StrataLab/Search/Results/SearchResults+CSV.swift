import Strata

extension SearchResults {
  /// All trials as comma-separated values, in the order of the table; accuracies are fractions.
  package var csv: String {
    let keys = shownKeys + (finalists.isEmpty ? [] : plan.finals?.settings.map(\.key) ?? [])
    let names =
      ["trial", "stage"] + keys.map(\.rawValue)
      + [
        "status", "reason", "steps", "full_steps", "validation_accuracy", "validation_loss",
        "test_accuracy", "test_loss", "seconds", "same_as",
      ]
    var table = ReportTable(
      name: Self.tableName, title: "", columns: names.map { TextTable.Column($0) })
    for trial in trials { table.add(trial.csvCells(keys.map { value(of: $0, in: trial) })) }
    return table.csv
  }

  /// The value that a trial has of a setting, its own or that of the base recipe.
  private func value(of key: RecipeKey, in trial: Trial) -> String {
    text(of: key, in: trial) ?? plan.base.value(of: key)?.option ?? ""
  }
}

extension Trial {
  fileprivate func csvCells(_ settings: [String]) -> [String] {
    func text<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "" }
    return ["\(number)", stage.rawValue] + settings
      + [
        text(outcome?.status.rawValue), text(outcome?.reason), text(outcome?.steps),
        text(outcome?.fullSteps), text(outcome?.validationAccuracy),
        text(outcome?.validationLoss), text(outcome?.testAccuracy), text(outcome?.testLoss),
        text(outcome?.seconds), text(twin),
      ]
  }
}
