import StrataLab

/// A number of a run, as sentences of the report that is handed in write it.
struct HandedInMeasure: Sendable {
  /// How the number is found.
  let statistic: RunStatistic
  /// What sentences call it, with its article.
  let name: String

  /// The accuracy on the test images.
  static let testAccuracy = HandedInMeasure(statistic: .testAccuracy, name: "the test accuracy")
  /// The loss on the training images at the end.
  static let finalLoss = HandedInMeasure(statistic: .finalLoss, name: "the final training loss")
  /// The loss on the validation images at the end.
  static let finalValidationLoss = HandedInMeasure(
    statistic: .finalValidationLoss, name: "the final validation loss")
  /// The loss on the training images after the first epoch.
  static let firstLoss = HandedInMeasure(
    statistic: .loss(afterEpoch: 1), name: "the training loss after the first epoch")

  /// A difference without its sign and with its unit: `1.20 percentage points`.
  func amount(_ difference: Double) -> String {
    statistic.form.text(abs(difference)) + unit
  }

  /// A difference with its sign and its unit.
  func signed(_ difference: Double) -> String {
    statistic.form.differenceText(difference) + unit
  }

  /// The ends of the interval of a difference.
  func text(_ interval: Interval) -> String {
    "\(statistic.form.differenceText(interval.lower)) to "
      + statistic.form.differenceText(interval.upper)
  }

  /// What stands behind a difference.
  private var unit: String {
    switch statistic.form {
    case .percent: " percentage points"
    case .plain: ""
    }
  }
}

extension RunStatistic {
  /// The loss on the validation images at the end.
  static let finalValidationLoss = RunStatistic(
    name: "validation loss at the end", form: .plain
  ) { try $0.number("validation_loss") }
}
