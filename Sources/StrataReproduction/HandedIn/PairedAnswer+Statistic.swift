import Strata
import StrataLab

extension PairedAnswer {
  /// Pairs any number of the runs of the same seeds.
  ///
  /// - Throws: `DataError` when a summary lacks it.
  init(
    _ question: PairedQuestion, row: ReproducedResults, baseline: ReproducedResults,
    statistic: RunStatistic
  ) throws {
    if let text = row.divergenceText ?? baseline.divergenceText {
      self.init(question: question, difference: .failure(Obstacle(text: text)))
      return
    }
    let values = try row.finished.map(statistic.value)
    let others = try baseline.finished.map(statistic.value)
    guard (values + others).allSatisfy(\.isFinite), !values.isEmpty else {
      let text = "a run has no number for the \(statistic.name)"
      self.init(question: question, difference: .failure(Obstacle(text: text)))
      return
    }
    try self.init(question, pairs: PairedDifferences(of: values, from: others))
  }
}
