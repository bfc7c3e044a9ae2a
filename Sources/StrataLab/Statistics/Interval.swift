/// A range of numbers that holds an unknown one with a given probability.
package struct Interval: Sendable, Hashable {
  /// The lower end.
  package let lower: Double
  /// The upper end.
  package let upper: Double
  /// The probability with which such intervals hold the number: 0.95 for a 95 % interval.
  package let level: Double

  /// Creates an interval from its ends.
  package init(lower: Double, upper: Double, level: Double) {
    (self.lower, self.upper, self.level) = (lower, upper, level)
  }

  /// Whether a number lies between the ends, or on one.
  package func contains(_ value: Double) -> Bool {
    lower <= value && value <= upper
  }
}
