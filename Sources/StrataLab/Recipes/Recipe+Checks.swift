import Strata

extension Recipe {
  /// Applies options of the command line, which win over a recipe file.
  ///
  /// `epochs` and `step-size` both fix the length of a cyclical run, `precise-statistics` and
  /// `adaptive-statistics` both the statistics; what is given here replaces what the file says of
  /// it. What depends on hidden layers or on their normalization gives way to an option that takes
  /// them away.
  ///
  /// - Throws: `ConfigurationError` for a text that is no value of its setting, and for an option
  ///   that changes nothing, such as one that the schedule does not use.
  package mutating func apply(options: [(key: RecipeKey, text: String)]) throws {
    let keys = Set(options.map(\.key))
    if keys.contains(.epochs) { training.schedule.stepSize = nil }
    if keys.contains(.stepSize) { training.epochs = nil }
    if keys.contains(.preciseStatistics) { adaptiveStatistics = nil }
    if keys.contains(.adaptiveStatistics) { preciseStatistics = nil }
    for (key, text) in options { try set(key, to: text) }
    dropUnused(by: keys)
    for key in keys.sorted(by: { $0.rawValue < $1.rawValue }) {
      try checkUse(of: key, setting: key.rawValue)
    }
  }

  /// Forgets what a file says of normalization or hidden layers where an option took these away.
  private mutating func dropUnused(by keys: Set<RecipeKey>) {
    let hasNoLayer = keys.contains(.hidden) && training.hidden.isEmpty
    let isPlain =
      hasNoLayer || keys.contains(.batchNormalization) && training.batchNormalization == .none
    if isPlain, !keys.contains(.preciseStatistics) { preciseStatistics = nil }
    if isPlain, !keys.contains(.adaptiveStatistics) { adaptiveStatistics = nil }
    if hasNoLayer, !keys.contains(.dropout) { training.dropout = 0 }
  }

  /// Checks that a setting that was given changes something: that the schedule, for example, uses it.
  ///
  /// - Throws: `ConfigurationError` when it does not, under the name `setting`.
  func checkUse(of key: RecipeKey, setting: String) throws {
    guard let use = key.use, !key.isUsed(in: self) else { return }
    let name = use.key.rawValue
    throw ConfigurationError(
      setting: setting, expected: "no value with the \(name) \(value(of: use.key)?.option ?? "")",
      found: value(of: key)?.option ?? "none",
      hint: "remove \(key.rawValue) or choose another \(name)")
  }

  /// Checks what can be checked before any data is read.
  ///
  /// - Throws: `ConfigurationError` when a setting of training is out of its range, or the statistics
  ///   are to be measured in two ways.
  package func check() throws {
    if let preciseStatistics, adaptiveStatistics != nil {
      throw ConfigurationError(
        setting: RecipeKey.preciseStatistics.rawValue,
        expected: "no value beside \(RecipeKey.adaptiveStatistics.rawValue)",
        found: "\(preciseStatistics)", hint: "remove one of the two")
    }
    try training.validate()
  }
}
