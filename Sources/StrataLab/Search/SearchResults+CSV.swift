import Strata

extension SearchResults {
  /// All trials as comma-separated values, in the order of the table; accuracies are fractions.
  package var csv: String {
    let keys = plan.space.dimensions.map(\.key)
    let names =
      ["trial", "stage"] + keys.map(\.rawValue)
      + [
        "status", "reason", "steps", "full_steps", "validation_accuracy", "validation_loss",
        "test_accuracy", "test_loss", "seconds",
      ]
    var table = ReportTable(
      name: Self.tableName, title: "", columns: names.map { TextTable.Column($0) })
    for trial in trials { table.add(trial.csvCells(keys)) }
    return table.csv
  }
}

extension Trial {
  fileprivate func csvCells(_ keys: [RecipeKey]) -> [String] {
    func text<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "" }
    return ["\(number)", stage.rawValue] + keys.map { text(self.text(of: $0)) }
      + [
        text(outcome?.status.rawValue), text(outcome?.reason), text(outcome?.steps),
        text(outcome?.fullSteps), text(outcome?.validationAccuracy),
        text(outcome?.validationLoss), text(outcome?.testAccuracy), text(outcome?.testLoss),
        text(outcome?.seconds),
      ]
  }
}
