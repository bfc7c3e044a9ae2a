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
  ///   that the schedule does not use.
  package mutating func apply(options: [(key: RecipeKey, text: String)]) throws {
    let keys = Set(options.map(\.key))
    if keys.contains(.epochs) { stepSize = nil }
    if keys.contains(.stepSize) { epochs = nil }
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
    let hasNoLayer = keys.contains(.hidden) && hidden.isEmpty
    let isPlain = hasNoLayer || keys.contains(.batchNormalization) && batchNormalization == .none
    if isPlain, !keys.contains(.preciseStatistics) { preciseStatistics = nil }
    if isPlain, !keys.contains(.adaptiveStatistics) { adaptiveStatistics = nil }
    if hasNoLayer, !keys.contains(.dropout) { dropout = 0 }
  }

  /// Checks that the schedule uses a setting that was given.
  ///
  /// - Throws: `ConfigurationError` when it does not, under the name `setting`.
  func checkUse(of key: RecipeKey, setting: String) throws {
    guard !key.isUsed(by: schedule) else { return }
    throw ConfigurationError(
      setting: setting, expected: "no value with the schedule \(schedule.rawValue)",
      found: value(of: key)?.option ?? "none",
      hint: "remove \(key.rawValue) or choose another schedule")
  }

  /// Checks what can be checked before any data is read.
  ///
  /// - Throws: `ConfigurationError` when `eta-min` is above `eta-max`, or the statistics are to be
  ///   measured in two ways.
  package func check() throws {
    if let preciseStatistics, adaptiveStatistics != nil {
      throw ConfigurationError(
        setting: RecipeKey.preciseStatistics.rawValue,
        expected: "no value beside \(RecipeKey.adaptiveStatistics.rawValue)",
        found: "\(preciseStatistics)", hint: "remove one of the two")
    }
    if schedule != .constant, etaMinimum > etaMaximum {
      throw ConfigurationError(
        setting: "eta-min", expected: "at most eta-max, which is \(decimalText(etaMaximum))",
        found: decimalText(etaMinimum))
    }
  }
}
