import Testing

/// Checks that arrays agree within a tolerance; reports the worst element only, and fails on NaN.
func expectClose<Number: BinaryFloatingPoint>(
  _ actual: [Number], _ expected: [Number], relative: Number = 1e-5, absolute: Number = 1e-6,
  _ comment: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual.count == expected.count else {
    Issue.record(
      "\(comment()) \(actual.count) elements instead of \(expected.count)",
      sourceLocation: sourceLocation)
    return
  }
  var worst = (index: -1, excess: Number(0))
  for (index, (a, e)) in zip(actual, expected).enumerated() {
    let excess = abs(a - e) - (absolute + relative * abs(e))
    if !(excess <= worst.excess) { worst = (index, excess) }  // `!` so that NaN fails
  }
  guard worst.index >= 0 else { return }
  Issue.record(
    "\(comment()) element \(worst.index) is \(actual[worst.index]), not \(expected[worst.index])",
    sourceLocation: sourceLocation)
}
