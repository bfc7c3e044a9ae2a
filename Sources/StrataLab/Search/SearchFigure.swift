import Strata

extension SearchResults {
  /// The validation accuracy of every trial over the first setting that was varied over a range,
  /// as an SVG document; `nil` where there was none.
  ///
  /// The axis is logarithmic where the values were spread so. Trials without a score are counted
  /// below the heading.
  package var figure: String? {
    guard let dimension = plan.space.dimensions.first(where: { $0.range != nil }),
      let range = dimension.range
    else { return nil }
    return SearchFigure(
      name: dimension.key.rawValue, kind: range.scale == .log ? .logarithmic : .linear,
      bounds: range.bounds, trials: trials, best: best, title: title, notes: notes
    ).svg
  }

  private var title: String { "\(data): search over \(plan.space)" }

  private var notes: [String] {
    let count = trials.filter { $0.score == nil }.count
    let lost = count == 0 ? [] : ["\(countText(count)) of the trials diverged or were refused."]
    let values = best.values.map { "\($0.key.rawValue) \($0.text)" }.joined(separator: ", ")
    let scores =
      "validation accuracy \(percentText(best.score ?? 0, decimals: 2)), "
      + "test accuracy \(percentText(best.outcome?.testAccuracy ?? 0, decimals: 2))"
    return [
      "\(countText(trials.count)) trials, seed \(plan.base.seed). "
        + "Best (ring): trial \(best.number), \(values): \(scores)."
    ] + lost
  }
}

/// A scatter plot of accuracies.
private struct SearchFigure {
  let name: String
  let kind: Scale.Kind
  let bounds: ClosedRange<Double>
  let trials: [Trial]
  let best: Trial
  let title: String
  let notes: [String]

  /// The look of each stage: colour and shape, so that either alone tells them apart.
  private static let styles: [SearchStage: SeriesStyle] = [
    .coarse: SeriesStyle(color: FigureStyle.blue),
    .fine: SeriesStyle(color: FigureStyle.vermilion, marker: .square),
  ]

  var svg: String {
    let stages = SearchStage.allCases.filter { stage in
      trials.contains { $0.stage == stage && $0.score != nil }
    }
    let figure = Figure(
      width: 720, title: title, notes: notes,
      legend: stages.compactMap { stage in
        Self.styles[stage].map {
          .init("\(stage.rawValue) stage", $0, isLine: false)
        }
      })
    let frame = Rectangle(
      x: 56, y: figure.headerHeight + 32, width: figure.width - 56 - 24, height: 300)
    return figure.svg(height: frame.bottom + 56, content: drawing(in: frame))
  }

  private func drawing(in frame: Rectangle) -> [SVGElement] {
    let points = trials.compactMap(point)
    let accuracies = points.map(\.accuracy)
    let axes = Axes(
      frame: frame, xDomain: Scale.domain(of: xValues, kind: kind, ticks: 8), xKind: kind,
      yDomain: Scale.domain(of: accuracies, kind: .linear, ticks: 6))
    let labels = Axes.Labels(title: "Validation accuracy", x: name, y: "%, last evaluation")
    let background = axes.drawing(
      labels, xTicks: axes.x.ticks(atMost: 8), yTicks: axes.y.ticks(atMost: 6))
    let markers = points.compactMap { point in
      axes.point(point.value, point.accuracy).flatMap { Self.styles[point.stage]?.marker(at: $0) }
    }
    return [background] + ring(on: axes) + markers
  }

  /// A ring around the best trial.
  private func ring(on axes: Axes) -> [SVGElement] {
    guard let point = point(best), let place = axes.point(point.value, point.accuracy) else {
      return []
    }
    return [.circle(at: place, radius: 7, fill: "none", Stroke(FigureStyle.ink, width: 1.5))]
  }

  /// The coarse range, and beyond it what was given for the fine stage.
  private var xValues: [Double] {
    [bounds.lowerBound, bounds.upperBound] + trials.compactMap { point($0)?.value }
  }

  private func point(
    _ trial: Trial
  ) -> (value: Double, accuracy: Double, stage: SearchStage)? {
    let text = RecipeKey(rawValue: name).flatMap { trial.text(of: $0) }
    guard let value = text.flatMap({ decimal($0) }), let score = trial.score else { return nil }
    return (value, 100 * score, trial.stage)
  }
}
