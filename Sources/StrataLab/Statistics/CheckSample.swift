internal import Strata

/// The largest number that a sample may hold: the square of twice as much is finite.
private let largestMagnitude = 1e150

/// Checks that numbers can be summed and squared.
///
/// - Throws: `ConfigurationError` for fewer than `fewest` and for one that is not finite or huge.
func checkSample(_ values: [Double], named name: String, fewest: Int) throws {
  guard values.count >= fewest else {
    throw ConfigurationError(
      setting: name, expected: "at least \(fewest == 1 ? "one number" : "\(fewest) numbers")",
      found: "\(values.count)", hint: "take more seeds")
  }
  if let place = values.firstIndex(where: { !(abs($0) <= largestMagnitude) }) {
    throw ConfigurationError(
      setting: name, expected: "finite numbers of at most \(largestMagnitude)",
      found: "\(values[place]) as number \(place + 1)")
  }
}

/// Checks a probability that lies strictly between 0 and 1.
///
/// - Throws: `ConfigurationError`.
func checkLevel(_ level: Double) throws {
  guard level > 0, level < 1 else {
    throw ConfigurationError(
      setting: "level", expected: "a number between 0 and 1, such as 0.95", found: "\(level)")
  }
}
