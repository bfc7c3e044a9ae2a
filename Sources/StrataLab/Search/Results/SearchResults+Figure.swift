import Strata

extension SearchResults {
  /// The validation accuracy of every trial over the first setting that was varied over a range,
  /// as an SVG document; `nil` where there was none.
  ///
  /// The axis is logarithmic where the values were spread so. Trials that were stopped early have
  /// hollow markers; those without a result are counted below the heading.
  package var figure: String? { figure(title: title, notes: captions, plotHeight: 300) }

  /// The same figure under another heading, without notes and less high, for a page of text.
  package func lowFigure(title: String) -> String? {
    figure(title: title, notes: [], plotHeight: 180)
  }

  private func figure(title: String, notes: [String], plotHeight: Double) -> String? {
    guard let dimension = plan.space.dimensions.first(where: { $0.range != nil }),
      let range = dimension.range
    else { return nil }
    return SearchFigure(
      name: dimension.key.rawValue, kind: range.scale == .log ? .logarithmic : .linear,
      bounds: range.bounds, trials: trials, best: best, title: title, notes: notes,
      plotHeight: plotHeight
    ).svg
  }

  private var title: String { "\(data): search over \(plan.space)" }

  private var captions: [String] {
    let stopped = trials.count { $0.outcome?.status == .stopped }
    let lost = trials.count { $0.outcome?.validationAccuracy == nil }
    let others = [
      (stopped, "of the trials were stopped early (hollow), with their last accuracy."),
      (lost, "of the trials diverged or were refused."),
    ].filter { $0.0 > 0 }.map { "\(countText($0.0)) \($0.1)" }
    let validation = winner?.validation?.mean ?? best.score ?? 0
    let test = winner?.test?.mean ?? best.outcome?.testAccuracy ?? 0
    let mean = winner.map { "mean of \($0.trials.count): " } ?? ""
    return [
      "\(countText(trials.count)) trials, seed \(plan.base.seed). "
        + "Best (ring): trial \(best.number), \(best.values.phrase): \(mean)"
        + "validation accuracy \(percentText(validation, decimals: 2)), "
        + "test accuracy \(percentText(test, decimals: 2))."
    ] + others
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
  let plotHeight: Double

  /// Trials that look alike.
  private struct Kind: Hashable {
    let stage: SearchStage
    let isStopped: Bool

    static let all = SearchStage.allCases.flatMap { stage in
      [false, true].map { Kind(stage: stage, isStopped: $0) }
    }

    /// Each stage has a colour and a shape, so that either alone tells them apart.
    var style: SeriesStyle {
      let style =
        switch stage {
        case .coarse: SeriesStyle(color: FigureStyle.blue)
        case .fine: SeriesStyle(color: FigureStyle.vermilion, marker: .square)
        case .final: SeriesStyle(color: FigureStyle.green, marker: .diamond)
        }
      return isStopped ? style.hollow : style
    }

    var name: String { "\(stage.rawValue) stage" + (isStopped ? ", stopped early" : "") }
  }

  var svg: String {
    let kinds = Set(trials.compactMap { point($0)?.kind })
    let figure = Figure(
      width: 720, title: title, notes: notes,
      legend: Kind.all.filter(kinds.contains).map { .init($0.name, $0.style, isLine: false) })
    let frame = Rectangle(
      x: 56, y: figure.headerHeight + 32, width: figure.width - 56 - 24, height: plotHeight)
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
    // Stopped trials come last in the order of trials, and lie below the others in the figure.
    let markers = points.reversed().compactMap { point in
      axes.point(point.value, point.accuracy).map(point.kind.style.marker)
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

  private func point(_ trial: Trial) -> (value: Double, accuracy: Double, kind: Kind)? {
    guard let value = RecipeKey(rawValue: name).flatMap({ trial.text(of: $0) }).flatMap(decimal),
      let outcome = trial.outcome, let accuracy = outcome.validationAccuracy
    else { return nil }
    let kind = Kind(stage: trial.stage, isStopped: outcome.status == .stopped)
    return (value, 100 * accuracy, kind)
  }
}
