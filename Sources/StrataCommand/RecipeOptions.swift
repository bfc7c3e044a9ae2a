import ArgumentParser
import StrataLab

/// A setting as it was typed.
struct GivenSetting: Sendable {
  let key: RecipeKey
  let text: String
}

extension Option where Value == GivenSetting? {
  /// The option of a setting: its name and its help come from the table of settings.
  ///
  /// The text is read later, with the recipe's file, so that both give the same errors; for this
  /// the next word is taken even when it begins with a dash, as a negative number does.
  init(_ key: RecipeKey) {
    let setting = key.setting
    self.init(
      name: .customLong(key.rawValue), parsing: .unconditional,
      help: ArgumentHelp(
        "\(setting.help) (default: \(setting.defaultText))", valueName: setting.valueName),
      transform: { GivenSetting(key: key, text: $0) })
  }
}

extension Flag where Value == Bool? {
  /// The pair of flags of a setting that is true or false.
  init(_ key: RecipeKey) {
    let setting = key.setting
    let standard = (setting.defaultText == "true" ? "--" : "--no-") + key.rawValue
    self.init(
      name: .customLong(key.rawValue), inversion: .prefixedNo,
      help: "\(setting.help) (default: \(standard))")
  }
}

/// The options that are settings of a recipe, all but where its run goes: one a row of the table of
/// settings.
///
/// ArgumentParser looks for options in a type's mirror and decodes them by the names they have there.
struct RecipeOptions: ParsableArguments, CustomReflectable {
  /// What was typed, in the order of the table.
  private(set) var given: [(key: RecipeKey, text: String)] = []

  private static let keys = RecipeKey.allCases.filter { ![.checkpointEvery, .output].contains($0) }

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    given = try Self.keys.compactMap { key in
      let name = Name(stringValue: key.rawValue)
      guard key.setting.isFlag else {
        return try container.decode(Option<GivenSetting?>.self, forKey: name).wrappedValue
          .map { (key, $0.text) }
      }
      return try container.decode(Flag<Bool?>.self, forKey: name).wrappedValue
        .map { (key, "\($0)") }
    }
  }

  var customMirror: Mirror {
    Mirror(
      self,
      children: Self.keys.map { key in
        let isFlag = key.setting.isFlag
        return ("_\(key.rawValue)", isFlag ? Flag(key) : Option(key) as Any)
      })
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
