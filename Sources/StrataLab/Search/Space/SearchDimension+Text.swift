import Strata

extension SearchDimension {
  /// Reads a dimension: `SETTING=log:LOW..HIGH`, `SETTING=linear:LOW..HIGH`, or choices, which stand
  /// between `|` or, where there is none, between commas.
  ///
  /// - Throws: `ConfigurationError` when the text is none, or names what a search cannot vary.
  package init(_ text: String) throws {
    guard let sign = text.firstIndex(of: "=") else {
      throw ConfigurationError(
        setting: "over",
        expected: "a setting and its values, such as lambda=log:1e-5..1e-1 or init=he,xavier",
        found: text.isEmpty ? "nothing" : text.debugDescription)
    }
    let key = try Self.key(named: String(text[..<sign]))
    let values = String(text[text.index(after: sign)...])
    for scale in SearchScale.allCases where values.hasPrefix(scale.rawValue + ":") {
      let ends = values.dropFirst(scale.rawValue.count + 1)
      self.init(key, .range(try SearchRange(of: key, scale, between: ends)))
      return
    }
    self.init(key, .choices(try Self.choices(values, of: key)))
  }

  /// The settings that every trial of a search shares.
  ///
  /// The data is read once, trials are compared on one validation part, have a thread each and write
  /// no folder; what a file of weights holds is not for a search to say.
  static let fixedKeys: Set<RecipeKey> = [
    .data, .dataDirectory, .validation, .initialWeights, .threads, .checkpointEvery, .output,
  ]

  /// The setting of a name that a search can vary.
  ///
  /// - Throws: `ConfigurationError` about `setting` for another name.
  static func key(named name: String, setting: String = "over") throws -> RecipeKey {
    let keys = RecipeKey.allCases.filter { !fixedKeys.contains($0) }
    guard let key = keys.first(where: { $0.rawValue == name }) else {
      let nearest = nearestName(to: String(name.prefix(64)), among: keys.map(\.rawValue))
      throw ConfigurationError(
        setting: setting, expected: "a setting that a search can vary",
        found: name.isEmpty ? "nothing before the =" : name.debugDescription,
        hint: RecipeKey(rawValue: name) == nil
          ? nearest.map { "the nearest name is \($0)" } ?? ""
          : "all trials share it; give it as --\(name)")
    }
    return key
  }

  private static func choices(_ text: String, of key: RecipeKey) throws -> [String] {
    let separator: Character = text.contains("|") ? "|" : ","
    let choices = try text.split(separator: separator, omittingEmptySubsequences: false).map {
      try canonical(String($0), of: key)
    }
    guard choices.count > 1 else {
      throw ConfigurationError(
        setting: "over", expected: "several values of \(key.rawValue)",
        found: "only \(choices.joined())",
        hint: "for one value, give --\(key.rawValue) instead")
    }
    var seen: Set<String> = []
    for choice in choices where !seen.insert(choice).inserted {
      throw ConfigurationError(
        setting: "over", expected: "every value of \(key.rawValue) once",
        found: "\(choice) twice", hint: "values that hold commas are separated by |")
    }
    return choices
  }

  /// A value in the spelling of recipes.
  private static func canonical(_ text: String, of key: RecipeKey) throws -> String {
    var recipe = Recipe()
    do {
      try recipe.set(key, to: text)
    } catch let error as ConfigurationError {
      throw ConfigurationError(
        setting: "over \(error.setting)", expected: error.expected, found: error.found,
        hint: "values are written A,B or A|B, or, of numbers, log:LOW..HIGH or linear:LOW..HIGH")
    }
    return recipe.value(of: key)?.option ?? text
  }
}

extension SearchRange {
  /// Reads `LOW..HIGH`; whether only whole numbers are taken is the setting's affair.
  fileprivate init(of key: RecipeKey, _ scale: SearchScale, between text: Substring) throws {
    let ends = text.split(separator: "..", omittingEmptySubsequences: false)
    let numbers = ends.compactMap { decimal(String($0)) }
    // Of three dots, the last would be the decimal point of another number.
    let isRange = ends.count == 2 && numbers.count == 2 && !text.contains("...")
    guard isRange, numbers[0] < numbers[1] else {
      throw ConfigurationError(
        setting: "over \(key.rawValue)",
        expected: "two numbers, the lower first, such as \(scale.rawValue):0.001..0.1",
        found: text.isEmpty ? "nothing" : text.debugDescription)
    }
    guard scale == .linear || numbers[0] > 0 else {
      throw ConfigurationError(
        setting: "over \(key.rawValue)", expected: "numbers above 0 on a logarithmic scale",
        found: "\(ends[0])", hint: "raise it or use linear:")
    }
    let isFractional = numbers.contains { key.accepts(decimalText($0)) }
    for (number, end) in zip(numbers, ends) {
      var recipe = Recipe()
      try recipe.set(key, to: isFractional ? decimalText(number) : String(end))
    }
    guard isFractional || numbers[1] <= Self.greatestWhole else {
      throw ConfigurationError(
        setting: "over \(key.rawValue)",
        expected: "whole numbers of at most \(Int(Self.greatestWhole))", found: "\(ends[1])")
    }
    self.init(scale, numbers[0]...numbers[1], isWhole: !isFractional)
  }
}

extension RecipeKey {
  /// Whether the setting accepts a value by itself.
  func accepts(_ text: String) -> Bool {
    var recipe = Recipe()
    return setting.assign(&recipe, text)
  }
}
