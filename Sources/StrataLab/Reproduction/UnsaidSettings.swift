import Strata

extension ReproducedRow {
  /// Why the published numbers cannot be held against ours, a clause; `nil` where they can.
  ///
  /// One rule for every row: the document must say which network it trained. Anything else that it
  /// leaves open is chosen here, and something else is tried for it.
  var obstacle: String? {
    unsaid.contains(.hidden) ? "the document does not say which network was trained" : nil
  }

  /// What may be the reason where nothing speaks for a certain one, a clause.
  var openReason: String {
    let names = unsaid.map(\.rawValue).joined(separator: ", ")
    return unsaid.isEmpty ? "likeliest chance" : "chance, or a setting that is not said (\(names))"
  }
}

extension [ReproducedRow] {
  /// The same rows of a document that does not say some of their settings.
  func leavingUnsaid(_ keys: [RecipeKey]) -> [ReproducedRow] {
    map { row in
      var row = row
      row.unsaid = keys
      return row
    }
  }
}

/// A setting that a document does not say: networks are trained with what was chosen for it, and
/// with something else.
package struct VariedSetting: Sendable {
  /// The experiment.
  package let experiment: String
  /// The setting.
  package let setting: String
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
    _ experiment: String, _ setting: String, _ chosen: String, _ changes: RecipeChanges,
    or alternative: String, _ varied: RecipeChanges, measure: PublishedNumber.Measure = .test
  ) {
    self.init(
      experiment, setting, chosen, changes, or: alternative, network: changes.and(varied),
      measure: measure)
  }

  /// - Parameter network: All settings of the alternative.
  init(
    _ experiment: String, _ setting: String, _ chosen: String, _ changes: RecipeChanges,
    or alternative: String, network: RecipeChanges, measure: PublishedNumber.Measure = .test
  ) {
    self.experiment = experiment
    self.setting = setting
    self.chosen = chosen
    self.changes = changes
    self.alternative = alternative
    alternativeChanges = network
    self.measure = measure
  }

  /// The experiment and the setting.
  package var name: String { "\(experiment): \(setting)" }
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
