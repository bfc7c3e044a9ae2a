import Strata
import StrataLab

extension ReproductionReport {
  /// The drawings of an experiment.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func figures(of experiment: Experiment) throws -> [Report.Block] {
    let name = Self.name(of: experiment)
    let title = experiment.part.title
    let results = experiment.found.results
    switch experiment.part.drawing {
    case .none: return []
    case .boxes(let labels):
      guard case .gradients(let checks) = experiment.found else { return [] }
      return labels.compactMap { label in
        checks.first { $0.gradient.label == label }.map { check in
          figure(name, check.figure, "\(label): relative errors of the gradient.")
        }
      }
    case .curves(let columns, let quantities):
      return curves(columns, showing: quantities, of: experiment)
    case .sweep(let sweep):
      return [
        figure(
          name, try self.sweep(sweep, results, title),
          "Test accuracy over \(sweep.axis), with 95 % intervals of the mean.")
      ]
    case .dots:
      return try dots(results, title).map {
        [
          figure(
            name, $0, "Our means with the 95 % prediction interval of one run; diamonds: published."
          )
        ]
      } ?? []
    case .gains:
      let gains = gains(of: experiment.answers)
      guard !gains.isEmpty else { return [] }
      return [figure(name, Self.gainFigure(gains, title), Self.gainCaption)]
    }
  }

  private func figure(_ name: String, _ svg: String, _ caption: String) -> Report.Block {
    .figure(ReportFigure(name: name, svg: svg, caption: caption))
  }

  // MARK: Curves

  /// Loss, cost or accuracy of the rows of an experiment over update steps.
  private func curves(
    _ columns: [CurveColumn], showing quantities: [CurveQuantity], of experiment: Experiment
  ) -> [Report.Block] {
    let results = experiment.found.results
    let panels = columns.compactMap { panel($0, results) }
    guard !panels.isEmpty else { return [] }
    let svg = PanelFigure(
      title: experiment.part.title, quantities: quantities, panels: panels,
      roleNames: Self.roleNames(columns)
    ).svg
    let what = capitalized(listText(quantities.map { $0.title.lowercased() }))
    let diamonds =
      results.contains { !published($0.row).isEmpty }
      ? " Diamonds: published accuracies on test images." : ""
    return [
      figure(
        Self.name(of: experiment), svg, "\(what) over update steps, step 0 included.\(diamonds)")
    ]
  }

  /// A panel with the rows of a column; `nil` where all of them diverged.
  func panel(_ column: CurveColumn, _ results: [ReproducedResults]) -> Panel? {
    let found = CurveRole.allCases.compactMap { role in
      column.labels[role].flatMap { label in
        results.first { $0.row.label == label && !$0.finished.isEmpty }
      }.map { (role, $0) }
    }
    let runs = found.map { PanelRuns($0.0, $0.1.finished.map(\.history)) }
    guard let first = runs.first else { return nil }
    let points = found.flatMap { role, results in
      published(results.row).map {
        PublishedPoint(.accuracy, 100 * $0.value, role)
      }
    }
    return Panel(column.title, first, runs.dropFirst().first, published: points)
  }

  /// The published accuracies that are marked: those on test images, where ours can be compared.
  private func published(_ row: ReproducedRow) -> [PublishedNumber] {
    obstacle == nil ? row.published.filter { $0.measure == .test } : []
  }

  /// What the role `other` is called: the rows that have it.
  private static func roleNames(_ columns: [CurveColumn]) -> [CurveRole: String] {
    let labels = columns.compactMap { $0.labels[.other] }
    return labels.isEmpty ? [:] : [.other: listText(labels)]
  }

  // MARK: Sweeps

  private func sweep(
    _ sweep: SweepDrawing, _ results: [ReproducedResults], _ title: String
  ) throws -> String {
    var series: [CurveRole: SweepSeries] = [:]
    for role in CurveRole.allCases {
      let values = try sweep.points.filter { $0.role == role }.compactMap { point in
        try results.labelled(point.label).map { try Self.value(of: $0, at: point) }
      }
      if !values.isEmpty { series[role] = SweepSeries(sweep.names[role] ?? role.name, values) }
    }
    return sweepFigure(
      title: title, series: series, setting: sweep.axis,
      axis: sweep.isLogarithmic ? .logarithmic : .linear)
  }
}

extension ReproductionReport {
  /// The accuracy of a row; not a number where a seed diverged, since the others are no sample.
  private static func value(
    of results: ReproducedResults, at point: SweepDrawing.Point
  ) throws -> SweepSeries.Value {
    guard results.diverged.isEmpty, let summary = try results.summary(.test) else {
      return SweepSeries.Value(point.value, .nan)
    }
    return SweepSeries.Value(
      point.value, 100 * summary.mean, summary.confidenceInterval()?.inPercent)
  }

  // MARK: Published numbers

  /// The rows with published numbers, each with the interval of one run of ours.
  private func dots(_ results: [ReproducedResults], _ title: String) throws -> String? {
    let dots = try results.flatMap { results in
      try results.row.published.compactMap { number -> Dot? in
        guard obstacle == nil, let summary = try results.summary(number.measure) else { return nil }
        return Dot(
          results.row.label, .normalized, 100 * summary.mean,
          summary.predictionInterval()?.inPercent, published: 100 * number.value)
      }
    }
    return dots.isEmpty ? nil : dotFigure(title: title, rows: dots, axis: "accuracy, %")
  }
}

extension Interval {
  /// The interval of fractions in percent.
  var inPercent: Interval { Interval(lower: 100 * lower, upper: 100 * upper, level: level) }
}
