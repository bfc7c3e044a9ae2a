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
    style: SeriesStyle, kind: Band.Kind, number: (HistoryPoint) -> Double?
  ) -> Series {
    let numbers = histories.map { history in
      Dictionary(
        history.compactMap { point in number(point).map { (point.step, $0) } },
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
/// Training is on the left, validation on the right, with the same vertical axis. What was measured
/// before the first step is left out where it would squeeze the rest.
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
  let starts = CurveQuantity.all.map { squeezingStart($0, histories) }
  let figure = Figure(
    width: 900, title: title, notes: notes + bandNotes(groups, band) + startNotes(starts),
    legend: groups.enumerated().map { Figure.LegendEntry($1.name, .numbered($0)) })
  let isValidated = histories.contains { $0.contains { $0.validation != nil } }
  let parts: [CurvePart] = isValidated ? [.training, .validation] : [.training]
  let rows = zip(CurveQuantity.all, starts).map { quantity, start in
    let shown = start == nil ? groups : groups.map(\.withoutStart)
    return parts.map { part in (part, quantity, part.series(of: quantity, shown, band)) }
  }
  let grid = PanelGrid(
    top: figure.headerHeight, width: figure.width, panels: rows.count * parts.count)
  let steps = histories.compactMap { $0.map(\.step).max() }.max() ?? 0
  let panels = rows.flatMap { row in
    let shown = row.flatMap { $0.2.flatMap(\.shownNumbers) }
    return row.map { ($0, shown) }
  }.enumerated().map { index, panel in
    let ((part, quantity, series), shown) = panel
    return CurvePanel(
      labels: Axes.Labels(
        title: "\(part.rawValue) \(quantity.title.lowercased())",
        x: grid.isLowest(index) ? sharedStepLabel(histories) : "", y: quantity.unit),
      frame: grid.frame(index), stepDomain: 0...Double(max(steps, 1)), series: series,
      alsoShown: shown,
      endDecimals: groups.count <= CurveGroup.mostInFigure ? quantity.decimals : nil)
  }
  return figure.svg(height: grid.height, content: panels.map(\.drawing))
}

/// The part of the data that a panel is about.
private enum CurvePart: String {
  case training = "Training"
  case validation = "Validation"

  func series(of quantity: CurveQuantity, _ groups: [CurveGroup], _ band: Band.Kind) -> [Series] {
    groups.enumerated().map { index, group in
      group.series(style: .numbered(index), kind: band) { metrics($0).map(quantity.value) }
    }
  }

  private func metrics(_ point: HistoryPoint) -> Metrics? {
    switch self {
    case .training: point.training
    case .validation: point.validation
    }
  }
}

/// The name of the horizontal axis, with the steps of an epoch where all runs have the same.
private func sharedStepLabel(_ histories: [[HistoryPoint]]) -> String {
  let labels = Set(histories.map(stepAxisLabel))
  return labels.count == 1 ? labels.first ?? "" : "update steps"
}

/// What lines and bands mean, where a group has several runs.
private func bandNotes(_ groups: [CurveGroup], _ band: Band.Kind) -> [String] {
  let counts = Set(groups.map(\.histories.count).filter { $0 > 1 })
  guard let least = counts.min(), let greatest = counts.max() else { return [] }
  let seeds = least == greatest ? "\(least)" : "\(least) to \(greatest)"
  return ["Lines: the mean over \(seeds) seeds. Bands: \(band.text)."]
}
