import Strata
import StrataLab

/// Networks whose first weights are drawn with one σ for all layers, without and with batch
/// normalization.
enum SensitivityStudy {
  /// The part of a document.
  ///
  /// - Parameters:
  ///   - plain: The settings without batch normalization, but for σ.
  ///   - normalized: The settings with it.
  ///   - deviations: Each σ, and where it is said.
  ///   - quantities: What the curves show.
  ///   - published: For each σ the numbers without and with; none where curves were published.
  static func part(
    title: String, _ text: String, plain: SourcedSettings, normalized: SourcedSettings,
    deviations: [(text: String, citation: Citation)],
    showing quantities: [CurveQuantity] = [.loss, .accuracy],
    published: [(plain: PublishedNumber, normalized: PublishedNumber)] = []
  ) -> ReproductionPart {
    let rows = deviations.enumerated().flatMap { index, deviation in
      let numbers = published.isEmpty ? nil : published[index]
      return [
        row(deviation, plain, isNormalized: false, numbers?.plain),
        row(deviation, normalized, isNormalized: true, numbers?.normalized),
      ]
    }
    return ReproductionPart(
      "sensitivity", title, text,
      .runs(
        rows,
        questions: deviations.map(\.text).map {
          PairedQuestion(
            "Does batch normalization help", "when weights start with σ \($0)",
            row: "σ \($0), batch normalization", baseline: "σ \($0)")
        })
    ).drawn(.curves(deviations.map { .pair("σ \($0.text)", "σ \($0.text)") }, showing: quantities))
  }

  /// One network of the study.
  static func row(
    _ deviation: (text: String, citation: Citation), _ settings: SourcedSettings,
    isNormalized: Bool, _ published: PublishedNumber? = nil
  ) -> ReproducedRow {
    ReproducedRow(
      "σ \(deviation.text)" + (isNormalized ? ", batch normalization" : ""),
      settings.reported(.initialization, deviation.text, deviation.citation),
      published.map { [$0] } ?? [])
  }
}
