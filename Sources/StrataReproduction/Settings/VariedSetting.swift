import Strata
import StrataLab

/// A setting that a document does not say: networks are trained with what was chosen for it, and
/// with something else.
package struct VariedSetting: Sendable {
  /// The experiment.
  package let experiment: String
  /// The network with what was chosen.
  let base: SourcedSettings
  /// What else might have been meant.
  let varied: RecipeChanges
  /// The network with the alternative instead; only its end counts.
  let alternativeSettings: SourcedSettings
  /// What is compared.
  package let measure: PublishedNumber.Measure
  /// The settings of the network with what was chosen.
  package let changes: RecipeChanges
  /// The settings of the network with the alternative instead.
  package let alternativeChanges: RecipeChanges

  /// - Parameter varied: What the alternative changes.
  init(
    _ experiment: String, _ base: SourcedSettings, or varied: RecipeChanges,
    measure: PublishedNumber.Measure = .test
  ) {
    self.experiment = experiment
    self.base = base
    self.varied = varied
    self.measure = measure
    changes = base.changes
    alternativeSettings = SheetSettings.endOnly(base.unreported(varied, ""))
    alternativeChanges = alternativeSettings.changes
  }

  /// The settings.
  var setting: String { varied.options.map(\.key.rawValue).joined(separator: " and ") }

  /// What was chosen.
  package var chosen: String {
    varied.options.map { base[$0.key] ?? $0.key.setting.defaultText }.joined(separator: " and ")
  }

  /// What else might have been meant.
  package var alternative: String { varied.options.map(\.text).joined(separator: " and ") }

  /// The experiment and the setting.
  package var name: String { "\(experiment): \(setting)" }
}

extension ReproductionPart {
  /// What was chosen where a document leaves settings open.
  ///
  /// - Parameter document: How the document is called in the title.
  static func choices(_ document: String, _ varied: [VariedSetting]) -> ReproductionPart {
    ReproductionPart(
      "choices", "What \(document) does not say, and whether it matters",
      "Each row trains a network with what was chosen here, and with something else, from the same "
        + "seeds.", .choices(varied))
  }
}
