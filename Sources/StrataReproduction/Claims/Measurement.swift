import Strata
import StrataLab

/// A number of ours, or one a seed: what a claim is held against, or an observation shows.
package enum Measurement: Sendable {
  /// A number of each run of a network.
  case number(RunStatistic, of: ReproducedRow)
  /// A number of each run of a network, less that of another network with the same seed.
  case difference(RunStatistic, of: ReproducedRow, from: ReproducedRow)
  /// A number of gradient checks.
  case gradient(ReproducedGradient, GradientStatistic)
  /// A number of gradient checks, divided by that of others.
  case gradientRatio(ReproducedGradient, GradientStatistic, to: ReproducedGradient)
  /// A number of the search of a part.
  case search(part: String, SearchStatistic)
  /// A number that follows from the document alone, and what it is.
  case arithmetic(Double, of: String)
  /// The standard deviation of a layer's normalized scores on the first images, before the first step.
  case scores(layer: Int, of: ReproducedRow)

  /// The networks that it is about.
  var rows: [ReproducedRow] {
    switch self {
    case .number(_, let row): [row]
    case .difference(_, let row, let baseline): [row, baseline]
    default: []
    }
  }

  /// The gradient checks that it is about.
  var gradients: [ReproducedGradient] {
    switch self {
    case .gradient(let gradient, _): [gradient]
    case .gradientRatio(let gradient, _, let other): [gradient, other]
    default: []
    }
  }

  /// What is measured, a phrase.
  var name: String {
    switch self {
    case .number(let statistic, let row): "\(row.label): \(statistic.name)"
    case .difference(let statistic, let row, let baseline):
      "\(statistic.name) of “\(row.label)” minus “\(baseline.label)”"
    case .gradient(let gradient, let statistic): "\(gradient.label): \(statistic.name)"
    case .gradientRatio(let gradient, let statistic, let other):
      "\(statistic.name) of “\(gradient.label)” divided by that of “\(other.label)”"
    case .search(_, let statistic): statistic.name
    case .arithmetic(_, let name): name
    case .scores(let layer, let row):
      "\(row.label): standard deviation of ŝ of layer \(layer) on 100 images before the first step"
    }
  }

  /// How a number is written.
  func text(_ value: Double) -> String {
    switch self {
    case .number(let statistic, _): statistic.form.text(value)
    case .difference(let statistic, _, _): statistic.form.differenceText(value)
    case .search(_, let statistic): statistic.form.text(value)
    case .arithmetic: significantText(value, digits: 6)
    case .gradient, .gradientRatio, .scores: significantText(value)
    }
  }

  /// The unit of the numbers, behind them; empty for none.
  var unit: String {
    switch self {
    case .number(let statistic, _): statistic.form.unit
    case .difference(let statistic, _, _): statistic.form == .percent ? " points" : ""
    case .search(_, let statistic): statistic.form.unit
    case .gradient, .gradientRatio, .arithmetic, .scores: ""
    }
  }

  /// What the numbers of several seeds, or a single one, can tell.
  enum Spread {
    /// They are drawn around a mean, which has Student's interval.
    case student
    /// They are skewed errors: all of them count.
    case range
    /// There is one, found once.
    case single
    /// There is one, and no chance in it.
    case exact
  }

  /// How its numbers are judged.
  var spread: Spread {
    switch self {
    case .number, .difference, .scores: .student
    case .gradient, .gradientRatio: .range
    case .search: .single
    case .arithmetic: .exact
    }
  }
}
