import Strata
import StrataLab

// How fast the running statistics forget.
extension AssignmentDocument {
  private static let decays = ["0.5", "0.7", "0.9", "0.99"]

  private static func row(_ decay: String) -> ReproducedRow {
    ReproducedRow(
      "α \(decay)",
      SheetSettings.endOnly(
        normalized.unreported(.statisticsDecay, decay, "The sheet names no value but the usual .9.")
      ))
  }

  static let statisticsDecay = ReproductionPart(
    "statistics-decay", "Does a short training need a smaller α?",
    "The 3-layer network with four weights of the old value in the running statistics.",
    .runs(
      decays.map(row),
      questions: decays.filter { $0 != "0.9" }.map {
        PairedQuestion(
          "Is another α better than 0.9:", "α \($0)", row: row($0).label, baseline: row("0.9").label
        )
      })
  ).drawn(
    .sweep(
      SweepDrawing(
        axis: "α", isLogarithmic: false,
        points: decays.map {
          SweepDrawing.Point(label: row($0).label, role: .normalized, value: Double($0) ?? 0)
        }))
  ).claiming([
    PublishedClaim(
      .difference, "a short training requires a smaller α: 0.7 is better than 0.9",
      at(175, "our training is shorter than usual and this requires a smaller value"),
      .difference(.testAccuracy, of: row("0.7"), from: row("0.9"), .above(0)))
  ])
}
