package import Strata

/// A published number of a curve.
package struct PublishedPoint: Sendable, Hashable {
  /// The quantity; panels of one quantity form a row.
  package let quantity: CurveQuantity
  /// The number: in percent where it is an accuracy.
  package let value: Double
  /// The curve that it stands beside.
  package let role: CurveRole
  /// The update step; `nil` for the last one of the curve.
  package let step: Int?

  package init(_ quantity: CurveQuantity, _ value: Double, _ role: CurveRole, step: Int? = nil) {
    (self.quantity, self.value, self.role, self.step) = (quantity, value, role, step)
  }
}

/// The runs of one role that differ in their seed alone.
package struct PanelRuns: Sendable {
  /// Their role in the comparison.
  package let role: CurveRole
  /// The evaluations of each run, in the order of their steps; numbers need not be finite.
  package let histories: [[HistoryPoint]]

  package init(_ role: CurveRole, _ histories: [[HistoryPoint]]) {
    (self.role, self.histories) = (role, histories)
  }
}

/// A small plot of at most four curves: two parts of two roles, or one part of four.
package struct Panel: Sendable {
  /// The common property of its curves, such as `3 layers`.
  package let title: String
  /// The runs of each role.
  let runs: [CurveRole: [[HistoryPoint]]]
  /// The drawn quantity of each run.
  let parts: [CurvePart]
  /// Numbers to compare with.
  let published: [PublishedPoint]

  /// The training and the validation curve of one role, or of two; the same role given twice is one
  /// with the runs of both.
  package init(
    _ title: String, _ first: PanelRuns, _ second: PanelRuns? = nil,
    published: [PublishedPoint] = []
  ) {
    let given = [first, second].compactMap(\.self).map { ($0.role, $0.histories) }
    self.init(
      title: title, runs: Dictionary(given, uniquingKeysWith: +), parts: CurvePart.allCases,
      published: published)
  }

  /// One part of any roles.
  package init(
    _ title: String, _ part: CurvePart, _ runs: [CurveRole: [[HistoryPoint]]],
    published: [PublishedPoint] = []
  ) {
    self.init(title: title, runs: runs, parts: [part], published: published)
  }

  private init(
    title: String, runs: [CurveRole: [[HistoryPoint]]], parts: [CurvePart],
    published: [PublishedPoint]
  ) {
    (self.title, self.runs, self.parts) = (title, runs, parts)
    self.published = published
  }

  /// The evaluations of all runs.
  var histories: [[HistoryPoint]] { roles.flatMap { runs[$0] ?? [] } }

  /// The roles that have runs, in their own order.
  var roles: [CurveRole] { CurveRole.allCases.filter { runs[$0]?.isEmpty == false } }

  /// The curves of a quantity that have numbers.
  func curves(of quantity: CurveQuantity, _ band: Band.Kind) -> [PanelCurve] {
    roles.flatMap { role in
      parts.map { part in
        let group = CurveGroup(name: part.rawValue, histories: runs[role] ?? [])
        let series = group.series(
          of: quantity, part, style: role.style(dash: part.dash), kind: band)
        return PanelCurve(role: role, part: part, series: series)
      }
    }.filter { !$0.series.values.isEmpty }
  }
}

/// One curve of a panel.
struct PanelCurve {
  /// The role of its network in the comparison.
  let role: CurveRole
  /// The images that it is about.
  let part: CurvePart
  /// Its numbers.
  let series: Series
}
