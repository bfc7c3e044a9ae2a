import CLibrary
import Strata
import StrataLab

/// A number that a run comes to, and the sentence that says which.
package struct RunStatistic: Sendable {
  /// How the number is written.
  package enum Form: Sendable {
    /// A fraction, in percent.
    case percent
    /// Anything else, with three significant digits.
    case plain
  }

  /// What it is, a phrase.
  package let name: String
  /// How it is written.
  package let form: Form
  /// The number of a run.
  ///
  /// - Throws: `DataError` when the run's files lack it.
  let value: @Sendable (ReproductionResult) throws -> Double
}

extension RunStatistic {
  /// An accuracy at the end.
  static func accuracy(_ measure: PublishedNumber.Measure) -> RunStatistic {
    RunStatistic(name: "\(measure.title) accuracy", form: .percent) {
      try $0.number(measure.rawValue)
    }
  }

  /// The accuracy on the test images.
  static let testAccuracy = accuracy(.test)

  /// The loss on the training images at the end.
  static let finalLoss = RunStatistic(name: "training loss at the end", form: .plain) {
    try $0.number("train_loss")
  }

  /// The loss on the training images after some epochs.
  static func loss(afterEpoch epoch: Int) -> RunStatistic {
    RunStatistic(name: "training loss after epoch \(epoch)", form: .plain) {
      $0.history.last { $0.epoch <= Double(epoch) + 0.5 }?.training.loss ?? .nan
    }
  }

  /// The accuracy on the validation images after some epochs.
  static func validationAccuracy(afterEpoch epoch: Int) -> RunStatistic {
    RunStatistic(name: "validation accuracy after epoch \(epoch)", form: .percent) {
      $0.history.last { $0.epoch <= Double(epoch) + 0.5 }?.validation?.accuracy ?? .nan
    }
  }

  /// max |loss / ln K − 1| over the first epochs: how far the loss goes from that of guessing.
  ///
  /// A network that has learned nothing gives each of K classes the same probability, so that its loss
  /// is ln K. The step before the first is left out, since weights of some deviation begin elsewhere.
  static func departure(inEpochs epochs: Int, classes: Int = 10) -> RunStatistic {
    let guessing = log(Double(classes))
    return RunStatistic(
      name: "largest departure of the training loss from ln \(classes) in epochs 1 to \(epochs)",
      form: .percent
    ) { run in
      run.history.filter { $0.step > 0 && $0.epoch <= Double(epochs) + 0.5 }
        .map { abs($0.training.loss / guessing - 1) }.max() ?? .nan
    }
  }

  /// The largest rise of the validation loss above its least value before, as a share of its whole
  /// fall: 0 for a loss that only falls.
  ///
  /// - Parameters:
  ///   - share: The first part of the run, in which rises count.
  ///   - when: That part, in words.
  static func rise(inFirst share: Double = 1, _ when: String = "") -> RunStatistic {
    RunStatistic(
      name:
        "largest rise of the validation loss\(when) above its minimum so far, as a share of its whole fall",
      form: .percent
    ) { run in
      let losses = run.history.map { (step: $0.step, loss: $0.validation?.loss ?? .nan) }
      guard let last = losses.last, let first = losses.first?.loss,
        let least = losses.map(\.loss).min(), first > least
      else { return .nan }
      var lowest = first
      var rise = 0.0
      for (step, loss) in losses where Double(step) <= share * Double(last.step) {
        lowest = min(lowest, loss)
        rise = max(rise, loss - lowest)
      }
      return rise / (first - least)
    }
  }

  /// The largest fall of the validation accuracy below its greatest value before.
  static let fall = RunStatistic(
    name: "largest fall of the validation accuracy below its maximum so far", form: .percent
  ) { run in
    var greatest = 0.0
    return run.history.compactMap { $0.validation?.accuracy }.reduce(0) { fall, accuracy in
      greatest = max(greatest, accuracy)
      return max(fall, greatest - accuracy)
    }
  }

  /// The largest bias in front of a batch normalization when training is over, without its sign.
  static let largestBias = RunStatistic(
    name: "largest |b| of a hidden layer after training", form: .plain
  ) { run in
    let network = try Model(contentsOfFile: path(run.path, RunFolder.modelName)).network
    let hidden = network.layout.layers.dropLast().map(\.bias)
    return hidden.flatMap { network.parameters.values(in: $0) }.map { Double(abs($0)) }.max() ?? 0
  }

  /// Accuracy on the training images minus that on the validation images, at the end.
  static let accuracyGap = RunStatistic(
    name: "training minus validation accuracy at the end", form: .percent
  ) { try $0.number("train_accuracy") - $0.number("validation_accuracy") }

  /// Loss on the validation images minus that on the training images, at the end.
  static let lossGap = RunStatistic(
    name: "validation minus training loss at the end", form: .plain
  ) { try $0.number("validation_loss") - $0.number("train_loss") }

  /// The correlation of the changes from epoch to epoch of training and validation loss.
  static let agreement = RunStatistic(
    name: "correlation of the changes of training and validation loss from epoch to epoch",
    form: .plain
  ) { run in
    let points = run.history.compactMap { point in
      point.validation.map { (point.training.loss, $0.loss) }
    }
    let changes = zip(points, points.dropFirst()).map { ($1.0 - $0.0, $1.1 - $0.1) }
    return correlation(changes)
  }
}

/// Pearson's correlation of pairs; NaN where one side does not vary.
private func correlation(_ pairs: [(Double, Double)]) -> Double {
  let count = Double(pairs.count)
  let means = (
    pairs.reduce(0) { $0 + $1.0 } / count, pairs.reduce(0) { $0 + $1.1 } / count
  )
  var (xx, yy, xy) = (0.0, 0.0, 0.0)
  for (x, y) in pairs {
    xx += (x - means.0) * (x - means.0)
    yy += (y - means.1) * (y - means.1)
    xy += (x - means.0) * (y - means.1)
  }
  return xy / (xx * yy).squareRoot()
}

extension RunStatistic.Form {
  /// A number.
  func text(_ value: Double) -> String {
    switch self {
    case .percent: accuracyText(value)
    case .plain: significantText(value)
    }
  }

  /// A difference of numbers, with its sign.
  func differenceText(_ value: Double) -> String {
    switch self {
    case .percent: pointsText(value)
    case .plain: (value > 0 ? "+" : "") + significantText(value)
    }
  }

  /// The unit behind numbers; empty for none.
  var unit: String {
    switch self {
    case .percent: " %"
    case .plain: ""
    }
  }
}
