internal import Strata

extension GradientCheckReport {
  /// The report for a person: what was checked, one table a comparison, layer × parameter, and the
  /// statistics of the gradient and of its differences.
  package var text: String {
    ([heading] + comparisons.map(table) + [statisticsTable]).joined(separator: "\n\n") + "\n"
  }

  /// One sentence for each tensor that exceeds a bound.
  package var failures: [String] {
    comparisons.flatMap { title, comparison in
      comparison.failures.map { "\(title): \(explain($0, comparison))." }
    }
  }

  var heading: String {
    let widths = (0...architecture.depth).map { "\(architecture.width(of: $0))" }
    let placement = architecture.isNormalized ? architecture.batchNormalization : .none
    let hasOwnEpsilon =
      settings.normalizationEpsilon != GradientCheckSettings().normalizationEpsilon
    let epsilon =
      architecture.isNormalized && hasOwnEpsilon ? " with ε \(settings.normalizationEpsilon)" : ""
    let dropout = settings.dropout > 0 ? ", dropout \(settings.dropout)" : ""
    let activation = architecture.activation == .relu ? "" : ", \(architecture.activation.rawValue)"
    let others = architecture.isNormalized ? "b and β ± 0.1, γ 1 ± 0.1" : "b ± 0.1"
    return """
      Gradient check of \(widths.joined(separator: "-"))\(activation), \
      batch normalization \(placement.rawValue)\(epsilon)\(dropout), \
      init \(settings.initialization.label), \(others)
      n = \(settings.samples) rows of \(data), λ = \(settings.lambda), seed \(settings.seed), \
      relative error |a − g| / max(eps, |a| + |g|)
      """
  }

  private func table(_ title: String, _ comparison: GradientComparison) -> String {
    let step = comparison == differences ? "h = \(settings.step), " : ""
    let excused = comparison.tensors.indices.contains {
      comparison.bound(of: $0) > comparison.bound
        && (comparison.tensors[$0].summary?.maximum ?? 0) > comparison.bound
    }
    let caption =
      title.prefix(1).uppercased() + title.dropFirst()
      + ": \(step)eps = \(comparison.epsilon), bound \(comparison.bound)"
      + (excused ? "; * marks larger errors that rounding to Float explains" : "")
    let header = ["layer", "parameter", "entries", "kinks", "mean", "median", "90 %", "maximum"]
    let rows = comparison.tensors.indices.map { Self.cells($0, comparison) }
    return caption + "\n" + alignedColumns([header] + rows)
  }

  /// The gradient and its signed differences from the central differences.
  private var statisticsTable: String {
    let caption =
      "Gradient a of the reference and a − g, g the central differences; "
      + "max_diff is the largest a − g with its sign"
    let header = ["layer", "parameter", "mean", "std", "mean_diff", "std_diff", "max_diff"]
    let rows = differences.tensors.map { tensor in
      let start = ["\(tensor.layer + 1)", tensor.kind.rawValue]
      guard let found = tensor.statistics else { return start + ["every step crosses a kink"] }
      return start
        + [
          found.mean, found.std, found.meanDifference, found.stdDifference, found.maxDifference,
        ].map(short)
    }
    return caption + "\n" + alignedColumns([header] + rows)
  }

  private static func cells(_ index: Int, _ comparison: GradientComparison) -> [String] {
    let tensor = comparison.tensors[index]
    let start = [
      "\(tensor.layer + 1)", tensor.kind.rawValue, "\(tensor.entries)", "\(tensor.kinks)",
    ]
    if let zero = tensor.zeroGradient {
      return start + [
        "gradient is zero; largest found: \(short(zero.checked)), expected \(short(zero.expected))"
      ]
    }
    guard let summary = tensor.summary else { return start + ["every step crosses a kink"] }
    let isExcused = summary.maximum > comparison.bound && comparison.passes(index)
    return start + [summary.mean, summary.median, summary.percentile90].map(short)
      + [(isExcused ? "*" : "") + short(summary.maximum)]
  }

  private func explain(_ index: Int, _ comparison: GradientComparison) -> String {
    let tensor = comparison.tensors[index]
    let bound = comparison.bound(of: index)
    let name = "\(tensor.kind.rawValue) of layer \(tensor.layer + 1) (\(tensor.name))"
    if tensor.isUnchecked {
      return "every step of \(name) crosses a kink of a ReLU, so nothing was compared; "
        + "try a smaller step"
    }
    if let zero = tensor.zeroGradient {
      return "the gradient of \(name) is zero, but \(short(max(zero.checked, zero.expected))) was "
        + "found, above eps \(comparison.epsilon)"
    }
    let maximum = tensor.summary?.maximum ?? .nan
    return "the largest relative error of \(name) is \(short(maximum)), "
      + "\(short(maximum / bound)) times the bound \(bound)"
      + (comparison == differences && settings.step > GradientCheckSettings().step
        ? "; a smaller step truncates less" : "")
  }
}

/// A number in the form 1.2e-09, which keeps columns short.
private func short(_ value: Double) -> String {
  guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
  var exponent = 0
  var mantissa = abs(value)
  while mantissa >= 9.95 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
  while mantissa < 0.995 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
  let tenths = Int((mantissa * 10).rounded())
  let digits = (abs(exponent) < 10 ? "0" : "") + "\(abs(exponent))"
  return "\(value < 0 ? "-" : "")\(tenths / 10).\(tenths % 10)e\(exponent < 0 ? "-" : "+")\(digits)"
}

/// Rows of cells with every column padded to its widest cell; a last cell may be as long as it likes.
private func alignedColumns(_ rows: [[String]]) -> String {
  let full = rows.map(\.count).max() ?? 0
  let widths = (0..<full).map { column in
    rows.filter { $0.count == full }.map { $0[column].count }.max() ?? 0
  }
  return rows.map { row in
    row.enumerated().map { column, cell in
      let isSentence = row.count < full && column == row.count - 1
      let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
      return isSentence ? cell : padding + cell
    }.joined(separator: "  ")
  }.joined(separator: "\n")
}
