import Strata
package import StrataLab

/// The settings of a network, each with the words that say it, or with the reason of a choice.
package struct SourcedSettings: Sendable, Hashable {
  /// Where a value comes from.
  package enum Source: Sendable, Hashable {
    /// A document says it.
    case reported(Citation)
    /// No document says it; the sentence says why this value was chosen.
    case unreported(String)
  }

  /// A value and its source.
  package struct Setting: Sendable, Hashable {
    /// The setting.
    package let key: RecipeKey
    /// The value, as it is typed.
    package let text: String
    /// Where it comes from.
    package let source: Source
  }

  /// One a key, in the order of the help page.
  package private(set) var settings: [Setting] = []

  init() {}

  /// These settings with one that a document says.
  func reported(_ key: RecipeKey, _ text: String, _ citation: Citation) -> SourcedSettings {
    with(Setting(key: key, text: text, source: .reported(citation)))
  }

  /// These settings with one that was chosen, for a reason.
  func unreported(_ key: RecipeKey, _ text: String, _ reason: String) -> SourcedSettings {
    with(Setting(key: key, text: text, source: .unreported(reason)))
  }

  /// These settings with others, which win.
  func and(_ others: SourcedSettings) -> SourcedSettings {
    others.settings.reduce(self) { $0.with($1) }
  }

  /// These settings with values that were chosen, all for one reason.
  func unreported(_ changes: RecipeChanges, _ reason: String) -> SourcedSettings {
    changes.options.reduce(self) { $0.unreported($1.key, $1.text, reason) }
  }

  private func with(_ setting: Setting) -> SourcedSettings {
    let order = RecipeKey.allCases
    func place(_ key: RecipeKey) -> Int { order.firstIndex(of: key) ?? order.count }
    var result = self
    result.settings = (settings.filter { $0.key != setting.key } + [setting])
      .sorted { place($0.key) < place($1.key) }
    return result
  }

  /// The value of a setting; `nil` where there is none.
  subscript(key: RecipeKey) -> String? { settings.first { $0.key == key }?.text }

  /// Those that no document says.
  var open: [RecipeKey] {
    settings.filter { if case .unreported = $0.source { true } else { false } }.map(\.key)
  }
}

extension SourcedSettings {
  /// What has to be typed for them: all that differ from what a run takes by itself and change it.
  ///
  /// Networks of several documents that come to the same share their runs.
  var changes: RecipeChanges {
    let isNormalized = self[.batchNormalization] != "none" && self[.hidden] != "none"
    var recipe = Recipe()
    for setting in settings where RecipeKey.choosing.contains(setting.key) {
      try? recipe.set(setting.key, to: setting.text)
    }
    let kept = settings.filter { [recipe] setting in
      guard setting.key.isUsed(in: recipe) else { return false }
      return switch setting.key {
      case .statisticsDecay, .normalizationEpsilon:
        isNormalized && !Self.isDefault(setting)
      case .train, .validation, .stepSize: !isUsual(setting)
      default: !Self.isDefault(setting)
      }
    }
    return RecipeChanges(kept.map { ($0.key, Self.value($0)?.option ?? $0.text) })
  }

  /// Whether a value is the one that a recipe begins with.
  private static func isDefault(_ setting: Setting) -> Bool {
    value(setting) == Recipe().value(of: setting.key)
  }

  /// The value as recipes write it, whatever spelling a document has; `nil` for a text that is none.
  private static func value(_ setting: Setting) -> SettingValue? {
    var recipe = Recipe()
    try? recipe.set(setting.key, to: setting.text)
    return recipe.value(of: setting.key)
  }

  /// Whether a number of images or update steps is what a run of CIFAR-10 takes by itself: 5,000
  /// images held back, all others learned from, and a half-cycle of five epochs.
  private func isUsual(_ setting: Setting) -> Bool {
    func number(_ key: RecipeKey, _ otherwise: Int) -> Int {
      self[key].flatMap { Int($0) } ?? otherwise
    }
    let validation = number(.validation, 5000)
    let train = number(.train, Self.trainingImages - validation)
    switch setting.key {
    case .validation: return validation == 5000
    case .train: return train == Self.trainingImages - validation
    default:
      let batch = number(.batchSize, 100)
      return number(.stepSize, 0) == 5 * ((train + batch - 1) / batch)
    }
  }

  /// The images of CIFAR-10's training files, which the documents are about.
  private static let trainingImages = 50_000
}
