package import Strata

/// The history of a run as `metrics.csv`.
package enum MetricsFile {
  static let header =
    "step,epoch,eta,train_loss,train_cost,train_accuracy,"
    + "validation_loss,validation_cost,validation_accuracy\n"

  /// The header and one row an evaluation; without validation its cells are empty.
  package static func text(_ history: [HistoryPoint]) -> String {
    history.reduce(into: header) { text, point in
      let cells =
        ["\(point.step)", "\(point.epoch)", "\(point.eta)"] + cells(point.training)
        + cells(point.validation)
      text += cells.joined(separator: ",") + "\n"
    }
  }

  private static func cells(_ metrics: Metrics?) -> [String] {
    guard let metrics else { return ["", "", ""] }
    return ["\(metrics.loss)", "\(metrics.cost)", "\(metrics.accuracy)"]
  }
}
