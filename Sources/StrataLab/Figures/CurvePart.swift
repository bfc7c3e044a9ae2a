package import Strata

/// The part of the data that a curve is about.
package enum CurvePart: String, Sendable, Hashable, CaseIterable {
  /// The images that a network learns from; its lines are solid.
  case training
  /// The images that were held back; their lines are dashed.
  case validation

  /// Its name at the beginning of a heading.
  package var title: String { self == .training ? "Training" : "Validation" }

  /// How its lines are drawn where both parts stand in one panel.
  var dash: [Double] { self == .training ? [] : [5, 3] }

  /// What was measured on the part; `nil` for nothing.
  package func metrics(of point: HistoryPoint) -> Metrics? {
    switch self {
    case .training: point.training
    case .validation: point.validation
    }
  }
}
