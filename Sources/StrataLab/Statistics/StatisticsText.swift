/// How the numbers of a table are written.
package enum NumberForm: Sendable, Hashable {
  /// A fraction in percent, without the sign, which stands in the header: 0.535 as `53.50`.
  case percent(decimals: Int)
  /// So many significant digits: `8.37e-07`.
  case significant(digits: Int)

  /// Percent with two decimals, as accuracies are written.
  package static let percent = NumberForm.percent(decimals: 2)

  /// The number.
  package func text(_ value: Double) -> String {
    switch self {
    case .percent(let decimals): fixedText(100 * value, decimals: decimals)
    case .significant(let digits): significantText(value, digits: digits)
    }
  }

  /// A difference, with its sign unless it is written as 0: `+0.12`, `-0.30`, `0.00`.
  package func signedText(_ value: Double) -> String {
    let text = text(value)
    let isZero = text == self.text(0)
    return value > 0 && !isZero ? "+" + text : text
  }
}

/// The mean and the standard deviation of a sample: `53.50 ± 0.31 (n = 10)`, `53.50 (n = 1)`.
package func meanText(_ summary: SampleSummary, as form: NumberForm = .percent) -> String {
  let deviation = summary.standardDeviation.map { " ± " + form.text($0) } ?? ""
  return form.text(summary.mean) + deviation + " (n = \(countText(summary.count)))"
}

/// The ends of an interval: `53.28 to 53.72`.
package func intervalText(_ interval: Interval, as form: NumberForm = .percent) -> String {
  form.text(interval.lower) + " to " + form.text(interval.upper)
}

/// A difference and its interval: `+0.12 (-0.03 to +0.27)`.
package func differenceText(
  _ difference: Double, _ interval: Interval, as form: NumberForm = .percent
) -> String {
  "\(form.signedText(difference)) "
    + "(\(form.signedText(interval.lower)) to \(form.signedText(interval.upper)))"
}

/// A p-value with three decimals, `p = 0.032`; one that they cannot show is `p < 0.001`.
package func pValueText(_ pValue: Double) -> String {
  pValue < 0.001 ? "p < 0.001" : "p = " + fixedText(pValue, decimals: 3)
}
