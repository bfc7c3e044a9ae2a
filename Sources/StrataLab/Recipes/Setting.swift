import Strata

/// One row of the table of settings: what the option parser, the help page, the recipe reader and
/// the recipe writer need to know.
package struct Setting: Sendable {
  /// The value's name on the help page.
  package let valueName: String
  /// What it is, a sentence.
  package let help: String
  /// The default, as the help page prints it.
  package let defaultText: String
  /// What is accepted, as it follows "expected".
  let expected: String
  /// Reads a text into the recipe; `false` when it is not a value.
  let assign: @Sendable (inout Recipe, String) -> Bool
  /// The value in a recipe; `nil` while it is open.
  let value: @Sendable (Recipe) -> SettingValue?

  /// A setting whose default is a value.
  init<Value: Sendable>(
    _ path: any WritableKeyPath<Recipe, Value> & Sendable, _ form: ValueForm<Value>,
    _ valueName: String, _ help: String
  ) {
    self.valueName = valueName
    self.help = help
    expected = form.expected
    defaultText = form.render(Recipe()[keyPath: path]).option.replacing(".0e", with: "e")
    assign = { recipe, text in
      guard let value = form.parse(text) else { return false }
      recipe[keyPath: path] = value
      return true
    }
    value = { form.render($0[keyPath: path]) }
  }

  /// A setting that stays open until the data or the machine is known.
  init<Value: Sendable>(
    _ path: any WritableKeyPath<Recipe, Value?> & Sendable, _ form: ValueForm<Value>,
    _ valueName: String, _ help: String, otherwise: String
  ) {
    self.valueName = valueName
    self.help = help
    expected = form.expected
    defaultText = otherwise
    assign = { recipe, text in
      guard let value = form.parse(text) else { return false }
      recipe[keyPath: path] = value
      return true
    }
    value = { $0[keyPath: path].map(form.render) }
  }
}

extension Recipe {
  /// Sets one setting from its text.
  ///
  /// - Throws: `ConfigurationError` when the text is no value of the setting.
  package mutating func set(_ key: RecipeKey, to text: String) throws {
    guard key.setting.assign(&self, text) else {
      throw ConfigurationError(
        setting: key.rawValue, expected: key.setting.expected,
        found: text.isEmpty ? "nothing" : text.debugDescription)
    }
  }

  /// The value of a setting; `nil` while it is open.
  package func value(of key: RecipeKey) -> SettingValue? {
    key.setting.value(self)
  }
}
