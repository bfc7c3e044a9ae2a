import Foundation

/// Several measurements of the same thing.
struct Samples {
  private let sorted: [Double]

  init(_ values: [Double]) {
    sorted = values.sorted()
  }

  /// The middle one; of two middle ones the mean.
  var median: Double {
    let middle = sorted.count / 2
    let hasTwo = sorted.count.isMultiple(of: 2)
    return hasTwo ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  /// The median with the least and the most.
  func text(_ digits: Int) -> String {
    let numbers = [median, sorted.first ?? median, sorted.last ?? median].map {
      String(format: "%.\(digits)f", $0)
    }
    return "\(numbers[0]) (\(numbers[1]) to \(numbers[2]))"
  }
}

/// Seconds that `body` takes.
func seconds(_ body: () throws -> Void) rethrows -> Double {
  let start = ContinuousClock.now
  try body()
  let duration = start.duration(to: .now).components
  return Double(duration.seconds) + Double(duration.attoseconds) * 1e-18
}

/// Seconds of one call of `body`, sampled `count` times; a sample is as many calls as take about
/// `span` seconds.
func sample(count: Int, span: Double = 0.02, _ body: () throws -> Void) rethrows -> [Double] {
  try body()
  let calls = max(1, Int(span / max(1e-9, try seconds(body))))
  return try (0..<count).map { _ in
    try seconds { for _ in 0..<calls { try body() } } / Double(calls)
  }
}

/// Prints a row of a Markdown table.
func printRow(_ cells: [String]) {
  print("| " + cells.joined(separator: " | ") + " |")
}

/// Prints the head of a Markdown table.
func printHead(_ titles: [String]) {
  printRow(titles)
  printRow(titles.map { _ in "---" })
}
