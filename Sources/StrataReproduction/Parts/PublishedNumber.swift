/// A number of a document.
package struct PublishedNumber: Sendable, Hashable {
  /// What was measured.
  package enum Measure: String, Sendable, Hashable {
    /// Accuracy on the test part at the end.
    case test = "test_accuracy"
    /// Accuracy on the validation part at the end.
    case validation = "validation_accuracy"
    /// Accuracy on the training part at the end.
    case training = "train_accuracy"

    /// For a table.
    package var title: String {
      switch self {
      case .test: "test"
      case .validation: "validation"
      case .training: "training"
      }
    }
  }

  /// What was measured.
  package let measure: Measure
  /// A fraction.
  package let value: Double
  /// The decimals that were printed, in percent.
  package let decimals: Int
  /// Where it stands.
  package let citation: Citation
  /// The likeliest reason why ours differs where it does, a clause; `nil` where nothing speaks for one.
  package let reason: String?

  /// A number in percent, as it was printed.
  static func test(
    _ percent: Double, decimals: Int = 2, _ citation: Citation, reason: String? = nil
  ) -> Self {
    Self(.test, percent, decimals, citation, reason)
  }

  /// A number in percent, as it was printed.
  static func validation(
    _ percent: Double, decimals: Int = 2, _ citation: Citation, reason: String? = nil
  ) -> Self {
    Self(.validation, percent, decimals, citation, reason)
  }

  /// The best of several trials is better than a typical run of its settings.
  ///
  /// - Parameter trials: How many; `nil` where the document does not say.
  static func best(_ percent: Double, of trials: Int? = nil, _ citation: Citation) -> Self {
    let count = trials.map { "\($0)" } ?? "several"
    return .validation(
      percent, citation, reason: "theirs is among the best of \(count) trials, and chosen for that")
  }

  /// Half a unit of the last digit that was printed, as a fraction.
  package var rounding: Double { (0..<decimals).reduce(0.005) { half, _ in half / 10 } }

  private init(
    _ measure: Measure, _ percent: Double, _ decimals: Int, _ citation: Citation,
    _ reason: String?
  ) {
    self.measure = measure
    value = percent / 100
    self.decimals = decimals
    self.citation = citation
    self.reason = reason
  }
}
