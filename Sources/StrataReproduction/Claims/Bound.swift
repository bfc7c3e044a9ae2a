import StrataLab

/// What a document claims of a number.
package enum Bound: Sendable, Hashable {
  /// It is more than another.
  case above(Double)
  /// It is less than another.
  case below(Double)
  /// It lies between two others.
  case between(Double, Double)

  /// What is claimed of a value that a search found: a number between half of it and twice it.
  static func near(_ value: Double) -> Bound { .between(value / 2, 2 * value) }

  /// Whether a number is as claimed.
  func holds(_ value: Double) -> Bool {
    switch self {
    case .above(let bound): value > bound
    case .below(let bound): value < bound
    case .between(let lower, let upper): lower <= value && value <= upper
    }
  }

  /// Whether all numbers of an interval are as claimed.
  func holds(_ interval: Interval) -> Bool { holds(interval.lower) && holds(interval.upper) }

  /// Whether none is.
  func fails(_ interval: Interval) -> Bool {
    switch self {
    case .above(let bound): interval.upper <= bound
    case .below(let bound): interval.lower >= bound
    case .between(let lower, let upper): interval.upper < lower || upper < interval.lower
    }
  }

  /// The bound for a table.
  ///
  /// - Parameter text: How a number is written.
  func text(_ text: (Double) -> String) -> String {
    switch self {
    case .above(let bound): "above \(text(bound))"
    case .below(let bound): "below \(text(bound))"
    case .between(let lower, let upper): "\(text(lower)) to \(text(upper))"
    }
  }
}
