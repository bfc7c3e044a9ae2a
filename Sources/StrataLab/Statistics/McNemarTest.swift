internal import Strata

/// McNemar's exact test of whether two models are right equally often on the same images.
///
/// Images that both get right or both get wrong say nothing of the difference. Of the others, each
/// model alone should be right on half: P = 2 P(X ≤ the fewer), X binomial with probability ½.
///
/// - SeeAlso: McNemar 1947, "Note on the sampling error of the difference between correlated
///   proportions or percentages"; Dietterich 1998, "Approximate statistical tests for comparing
///   supervised classification learning algorithms", section 3.1.
package struct McNemarTest: Sendable, Hashable {
  /// The images that the first model alone gets right.
  package let onlyFirst: Int
  /// The images that the second model alone gets right.
  package let onlySecond: Int
  /// The two-sided p-value; 1 where the models never differ.
  package let pValue: Double

  /// Tests the two counts.
  ///
  /// - Throws: `ConfigurationError` for a negative count, and for more than 10⁹ images.
  package init(onlyFirst: Int, onlySecond: Int) throws {
    for (name, count) in [("only-first", onlyFirst), ("only-second", onlySecond)]
    where !(0...500_000_000).contains(count) {
      throw ConfigurationError(setting: name, expected: "0 to 500000000 images", found: "\(count)")
    }
    (self.onlyFirst, self.onlySecond) = (onlyFirst, onlySecond)
    let coin = BinomialDistribution(trials: onlyFirst + onlySecond, probability: 0.5)
    pValue = min(1, 2 * (coin?.cumulative(min(onlyFirst, onlySecond)) ?? 1))
  }

  /// Tests the predictions of two models for the same images.
  ///
  /// - Throws: `ConfigurationError` when there is not one prediction of each model an image.
  package init<Label: Equatable>(first: [Label], second: [Label], labels: [Label]) throws {
    for (name, predictions) in [("first", first), ("second", second)]
    where predictions.count != labels.count {
      throw ConfigurationError(
        setting: name, expected: "as many predictions as there are labels, \(labels.count)",
        found: "\(predictions.count)")
    }
    let isRight = zip(zip(first, second), labels).map { (first: $0.0 == $1, second: $0.1 == $1) }
    try self.init(
      onlyFirst: isRight.count { $0.first && !$0.second },
      onlySecond: isRight.count { $0.second && !$0.first })
  }
}
