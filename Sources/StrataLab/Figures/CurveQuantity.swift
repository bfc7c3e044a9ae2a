package import Strata

/// One of the three measures of a run.
package enum CurveQuantity: Sendable, Hashable, CaseIterable {
  /// The mean cross-entropy.
  case loss
  /// The loss and the penalty of the weights.
  case cost
  /// The share of images that are classified correctly, in percent.
  case accuracy

  /// Its name, as a heading.
  package var title: String {
    switch self {
    case .loss: "Loss"
    case .cost: "Cost"
    case .accuracy: "Accuracy"
    }
  }

  /// The unit of its numbers.
  package var unit: String {
    switch self {
    case .loss: "cross-entropy, nats"
    case .cost: "loss + λ Σ ‖W‖², nats"
    case .accuracy: "%"
    }
  }

  /// Decimals of a number beside a curve.
  var decimals: Int { self == .accuracy ? 1 : 3 }

  /// Its number, in its unit.
  package func value(_ metrics: Metrics) -> Double {
    switch self {
    case .loss: metrics.loss
    case .cost: metrics.cost
    case .accuracy: 100 * metrics.accuracy
    }
  }

  /// The curves of one run.
  func series(_ history: [HistoryPoint]) -> [Series] {
    let styles: [(CurvePart, SeriesStyle)] = [(.training, .training), (.validation, .validation)]
    return styles.map { part, style in
      let values = history.compactMap { point in
        part.metrics(of: point).map { Series.Value(Double(point.step), value($0)) }
      }
      return Series(name: part.rawValue, values: values, style: style)
    }.filter { !$0.values.isEmpty }
  }

  /// The rule of the vertical axis: logarithmic where the losses or costs before the first step
  /// would squeeze all later ones into a quarter of a linear axis.
  package func axisKind(for series: [Series]) -> Scale.Kind {
    guard self != .accuracy else { return .linear }
    let shown = series.flatMap(\.shownNumbers).filter(Scale.isDrawable)
    guard let least = shown.min(), let greatest = shown.max(), least > 0 else { return .linear }
    let later = series.flatMap { $0.numbers { $0 > 0 } }.filter(Scale.isDrawable)
    if let low = later.min(), let high = later.max(), high < greatest, greatest > 1.5 * least,
      high - low < 0.25 * (greatest - least)
    {
      return .logarithmic
    }
    return Scale.suitableKind(for: shown)
  }
}
