/// A setting that a document does not say: networks are trained with what was chosen for it, and
/// with something else.
package struct VariedSetting: Sendable {
  /// The experiment and the setting.
  package let name: String
  /// What was chosen.
  package let chosen: String
  /// The settings of the network with that.
  package let changes: RecipeChanges
  /// What else might have been meant.
  package let alternative: String
  /// The settings of the network with that instead.
  package let alternativeChanges: RecipeChanges
  /// What is compared.
  package let measure: PublishedNumber.Measure

  /// - Parameter varied: What the alternative changes in `changes`.
  init(
    _ name: String, _ chosen: String, _ changes: RecipeChanges, or alternative: String,
    _ varied: RecipeChanges, measure: PublishedNumber.Measure = .test
  ) {
    self.name = name
    self.chosen = chosen
    self.changes = changes
    self.alternative = alternative
    alternativeChanges = changes.and(varied)
    self.measure = measure
  }
}

/// A setting that a document does not say, for which nothing else was tried.
package struct UnvariedSetting: Sendable {
  /// The experiment and the setting.
  package let name: String
  /// What was chosen.
  package let chosen: String
  /// Why nothing else was tried, a clause.
  package let reason: String

  init(_ name: String, _ chosen: String, _ reason: String) {
    self.name = name
    self.chosen = chosen
    self.reason = reason
  }
}

extension ReproductionPart {
  /// What was chosen where a document leaves settings open.
  static func choices(_ varied: [VariedSetting], others: [UnvariedSetting]) -> ReproductionPart {
    ReproductionPart(
      "choices", "What the document does not say, and if that matters",
      "Each row trains a network with what was chosen here, and with something else, from the same "
        + "seeds.",
      .choices(varied, others: others))
  }
}
