import Strata
import StrataLab

// What ε of batch normalization changes.
extension AssignmentDocument {
  private static let small = normalized.reported(
    .initialization, "1e-4", at(233, "and `1e-4` respectively"))
  private static let smallRow = ReproducedRow("σ 1e-4, ε 2.2e-16", small)
  private static let roughReason =
    "The default of many libraries, to show what the sheet's ε changes."
  private static let smallRoughRow = ReproducedRow(
    "σ 1e-4, ε 1e-5", small.unreported(.normalizationEpsilon, "1e-5", roughReason))
  private static let heRow = ReproducedRow("He, ε 2.2e-16", normalized)
  private static let heRoughRow = ReproducedRow(
    "He, ε 1e-5", normalized.unreported(.normalizationEpsilon, "1e-5", roughReason))

  static let epsilon = ReproductionPart(
    "epsilon", "What ε of batch normalization changes",
    "The sheet's ε, the rounding unit of Double, beside the 1e-5 of many libraries.",
    .runs(
      [smallRow, smallRoughRow, heRow, heRoughRow],
      questions: [
        PairedQuestion(
          "Is ε 1e-5 better than 2.2e-16", "with σ 1e-4", row: smallRoughRow.label,
          baseline: smallRow.label),
        PairedQuestion(
          "Is ε 1e-5 better than 2.2e-16", "with He initialization", row: heRoughRow.label,
          baseline: heRow.label),
      ])
  ).drawn(
    .curves([
      CurveColumn("σ 1e-4", [.normalized: smallRow.label, .other: smallRoughRow.label]),
      CurveColumn("He", [.normalized: heRow.label, .other: heRoughRow.label]),
    ])
  ).observing([
    Observation(
      "ŝ of the second layer before the first step, ε 2.2e-16", .scores(layer: 2, of: smallRow)),
    Observation(
      "ŝ of the second layer before the first step, ε 1e-5", .scores(layer: 2, of: smallRoughRow)),
    Observation(
      "first epoch, σ 1e-4: ε 1e-5 against 2.2e-16",
      .difference(.validationAccuracy(afterEpoch: 1), of: smallRoughRow, from: smallRow)),
    Observation(
      "first epoch, He: ε 1e-5 against 2.2e-16",
      .difference(.validationAccuracy(afterEpoch: 1), of: heRoughRow, from: heRow)),
  ])
}
