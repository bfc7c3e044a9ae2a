import Strata

/// The value that a trial gives to a setting, as it is written.
package struct TrialValue: Sendable, Hashable {
  package let key: RecipeKey
  package let text: String

  package init(_ key: RecipeKey, _ text: String) {
    self.key = key
    self.text = text
  }

  /// The setting for a person: `lambda 0.001`.
  var phrase: String { "\(key.rawValue) \(text)" }
}

extension [TrialValue] {
  /// The settings for a person: `lambda 0.001, hidden 50,50`.
  package var phrase: String { map(\.phrase).joined(separator: ", ") }
}

/// The settings that a search varies together.
package struct SearchSpace: Sendable, Hashable {
  /// One setting each.
  package let dimensions: [SearchDimension]

  /// Creates a space.
  ///
  /// - Throws: `ConfigurationError` for no setting, or one that is varied twice.
  package init(_ dimensions: [SearchDimension]) throws {
    guard !dimensions.isEmpty else {
      throw ConfigurationError(
        setting: "over", expected: "at least one setting to vary", found: "none",
        hint: "give for example --over lambda=log:1e-5..1e-1")
    }
    for (index, dimension) in dimensions.enumerated()
    where dimensions[..<index].contains(where: { $0.key == dimension.key }) {
      throw ConfigurationError(
        setting: "over", expected: "every setting once", found: "\(dimension.key.rawValue) twice")
    }
    self.dimensions = dimensions
  }

  /// Checks that each setting changes something with a schedule, for example, that trials have.
  ///
  /// - Throws: `ConfigurationError` for the first that does not.
  func checkUse(with base: Recipe) throws {
    try checkUse(of: dimensions.map(\.key), setting: "over", with: base, [])
  }

  /// Checks that each setting of final runs changes something with a schedule, for example, that they
  /// have.
  ///
  /// - Throws: `ConfigurationError` for the first that does not.
  func checkUse(of settings: [TrialValue], with base: Recipe) throws {
    try checkUse(
      of: settings.map(\.key), setting: FinalRuns.settingsName, with: base, settings)
  }

  private func checkUse(
    of keys: [RecipeKey], setting: String, with base: Recipe, _ final: [TrialValue]
  ) throws {
    for key in keys {
      guard let use = key.use else { continue }
      let choices =
        final.first { $0.key == use.key }.map { [$0.text] }
        ?? dimensions.first { $0.key == use.key }?.grid(1)
        ?? [base.value(of: use.key)?.option ?? ""]
      guard !choices.contains(where: use.choices.contains) else { continue }
      let name = use.key.rawValue
      throw ConfigurationError(
        setting: setting,
        expected: "a setting that the \(name) \(choices.joined(separator: "/")) uses",
        found: key.rawValue, hint: "choose another \(name)")
    }
  }

  /// The values of a trial at random: a function of the seed and the trial's number alone.
  package func draw(seed: UInt64, trial number: Int) -> [TrialValue] {
    var stream = RandomStream(seed: seed, for: .search, index: UInt64(number))
    return dimensions.map { TrialValue($0.key, $0.draw(using: &stream)) }
  }

  /// Every combination of the choices and of evenly spaced points, as many points on each range as
  /// make at most `limit` combinations; the last setting changes fastest.
  ///
  /// - Throws: `ConfigurationError` when two points on each range are too many already.
  package func grid(atMost limit: Int) throws -> [[TrialValue]] {
    let axes = try axes(atMost: limit)
    return axes.reduce([[]]) { rows, axis in
      rows.flatMap { row in axis.map { row + [$0] } }
    }
  }

  /// The points on each range of the grid.
  ///
  /// - Throws: `ConfigurationError` about `setting` when two are too many already.
  func pointsPerRange(atMost limit: Int, setting: String = "trials") throws -> Int {
    let choices = dimensions.filter { $0.range == nil }
      .reduce(1.0) { $0 * Double($1.grid(1).count) }
    let ranges = dimensions.filter { $0.range != nil }.count
    func combinations(_ points: Int) -> Double {
      (0..<ranges).reduce(choices) { product, _ in product * Double(points) }
    }
    guard combinations(2) <= Double(limit) else {
      throw ConfigurationError(
        setting: setting,
        expected: "at least \(fixedText(combinations(2), decimals: 0)) for this grid",
        found: "\(limit)", hint: "raise it, vary less or use --method random")
    }
    if ranges == 0 { return 1 }
    return (2...max(2, limit)).last { combinations($0) <= Double(limit) } ?? 2
  }

  private func axes(atMost limit: Int) throws -> [[TrialValue]] {
    let points = try pointsPerRange(atMost: limit)
    return dimensions.map { dimension in
      dimension.grid(points).map { TrialValue(dimension.key, $0) }
    }
  }
}

extension SearchSpace: CustomStringConvertible {
  /// The dimensions as they are typed, with blanks between them.
  package var description: String {
    dimensions.map(\.description).joined(separator: " ")
  }
}
