package import Strata

/// Runs that are drawn as one curve: a single one, or several that differ in their seed alone.
package struct CurveGroup: Sendable {
  /// How it is called in the legend.
  package let name: String
  /// The evaluations of each run, in the order of their steps; numbers need not be finite.
  package let histories: [[HistoryPoint]]

  /// Beyond that, curves hide each other.
  static let mostInFigure = 8

  package init(name: String, histories: [[HistoryPoint]]) {
    self.name = name
    self.histories = histories
  }

  /// One number of every step that all runs were evaluated at: their mean, with a band around it
  /// where there are several runs.
  func series(
    of quantity: CurveQuantity, _ part: CurvePart, style: SeriesStyle, kind: Band.Kind
  ) -> Series {
    let numbers = histories.map { history in
      Dictionary(
        history.compactMap { point in
          part.metrics(of: point).map { (point.step, quantity.value($0)) }
        },
        uniquingKeysWith: { first, _ in first })
    }
    let shared = numbers.dropFirst().reduce(Set(numbers.first?.keys.map { $0 } ?? [])) {
      $0.intersection($1.keys)
    }
    let spreads = shared.sorted().map { step in
      (x: Double(step), spread: Spread(numbers.compactMap { $0[step] }, kind: kind))
    }
    return Series(
      name: name, values: spreads.map { Series.Value($0.x, $0.spread.mean) }, style: style,
      band: histories.count > 1
        ? Band(spreads.map { Band.Value($0.x, low: $0.spread.low, high: $0.spread.high) }) : nil)
  }
}

/// Draws loss, cost and accuracy of several runs over update steps, as an SVG document.
///
/// Training is on the left, validation on the right, with the same vertical axis, which is
/// logarithmic where what was measured before the first step would squeeze the rest.
///
/// - Parameters:
///   - groups: The curves.
///   - title: The heading.
///   - notes: Lines in smaller letters below the heading.
///   - band: What the bands of groups of several runs span.
/// - Returns: The text of an SVG file; the same bytes for the same input.
/// - Complexity: Linear in the number of evaluations.
package func comparedCurvesFigure(
  groups: [CurveGroup], title: String, notes: [String] = [], band: Band.Kind = .range
) -> String {
  let histories = groups.flatMap(\.histories)
  let figure = Figure(
    width: 900, title: title, notes: notes + bandNotes(groups.map(\.histories.count), band),
    legend: groups.enumerated().map { Figure.LegendEntry($1.name, .numbered($0)) })
  let isValidated = histories.contains { $0.contains { $0.validation != nil } }
  let parts: [CurvePart] = isValidated ? [.training, .validation] : [.training]
  let quantities = CurveQuantity.allCases
  let grid = PanelGrid(
    top: figure.headerHeight, width: figure.width, panels: quantities.count * parts.count)
  let steps = histories.compactMap { $0.map(\.step).max() }.max() ?? 0
  let panels = quantities.enumerated().flatMap { row, quantity in
    let series = parts.map { part in
      groups.enumerated().map { $1.series(of: quantity, part, style: .numbered($0), kind: band) }
    }
    return parts.indices.map { column in
      let index = row * parts.count + column
      return CurvePanel(
        labels: Axes.Labels(
          title: "\(parts[column].title) \(quantity.title.lowercased())",
          x: grid.isLowest(index) ? sharedStepLabel(histories) : "", y: quantity.unit),
        frame: grid.frame(index), stepDomain: 0...Double(max(steps, 1)), series: series[column],
        kind: quantity.axisKind(for: series.flatMap(\.self)),
        alsoShown: series.flatMap { $0.flatMap(\.shownNumbers) },
        endDecimals: groups.count <= CurveGroup.mostInFigure ? quantity.decimals : nil)
    }
  }
  return figure.svg(height: grid.height, content: panels.map(\.drawing))
}

/// The name of the horizontal axis, with the steps of an epoch where all runs have the same.
func sharedStepLabel(_ histories: [[HistoryPoint]]) -> String {
  let labels = Set(histories.map(stepAxisLabel))
  return labels.count == 1 ? labels.first ?? "" : "update steps"
}

/// What lines and bands mean, where a group has several runs.
///
/// - Parameter counts: How many runs each group has.
func bandNotes(_ counts: [Int], _ band: Band.Kind) -> [String] {
  let counts = counts.filter { $0 > 1 }
  guard let least = counts.min(), let greatest = counts.max() else { return [] }
  let seeds = least == greatest ? "\(least)" : "\(least) to \(greatest)"
  return ["Lines: the mean over \(seeds) seeds. Bands: \(band.text)."]
}
