import Strata
import StrataLab

/// What an idea brought over its baseline, in fractions.
struct Gain: Sendable {
  /// The idea, in a few words.
  let label: String
  /// The answer that holds the gain.
  let answer: PairedAnswer
  /// The mean gain.
  let mean: Double
  /// The 95 % interval of the expected gain; `nil` with one seed.
  let interval: Interval?
}

extension ReproductionReport {
  /// The gains of answers, the greatest first; those without a number are left out.
  func gains(of answers: [PairedAnswer]) -> [Gain] {
    answers.compactMap { answer in
      guard let difference = try? answer.difference.get() else { return nil }
      return Gain(
        label: answer.question.improvement ?? answer.question.row, answer: answer,
        mean: difference.summary.mean, interval: difference.test?.interval)
    }.sorted { $0.mean > $1.mean }
  }

  /// The gains as dots with their intervals.
  static func gainFigure(_ gains: [Gain], _ title: String) -> String {
    dotFigure(
      title: title,
      rows: gains.map { gain in
        Dot(gain.label, .normalized, 100 * gain.mean, gain.interval.map(\.inPercent))
      },
      axis: "gain in test accuracy, percentage points", reference: 0)
  }

  static let gainCaption =
    "Gain in test accuracy over the baseline, paired by seed, with 95 % intervals; the greatest first."
}
