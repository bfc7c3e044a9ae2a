import Strata

/// One row of the table of settings: what the option parser, the help page, the recipe reader and
/// the recipe writer need to know.
package struct Setting: Sendable {
  /// Its name.
  let key: RecipeKey
  /// The value's name on the help page.
  package let valueName: String
  /// What it is, a sentence.
  package let help: String
  /// The default, as the help page prints it.
  package let defaultText: String
  /// What is accepted, as it follows "expected".
  let expected: String
  /// Whether it is true or false.
  package let isFlag: Bool
  /// Whether a recipe may hold the value as a list.
  let isList: Bool
  /// Reads a text into the recipe; `false` when it is not a value.
  let assign: @Sendable (inout Recipe, String) -> Bool
  /// The value in a recipe; `nil` while it is open.
  let value: @Sendable (Recipe) -> SettingValue?

  /// A setting whose default is a value.
  init<Value: Sendable>(
    _ key: RecipeKey, _ path: any WritableKeyPath<Recipe, Value> & Sendable,
    _ form: ValueForm<Value>, _ valueName: String, _ help: String
  ) {
    self.init(
      key, valueName, help, form,
      otherwise: form.render(Recipe()[keyPath: path]).option.replacing(".0e", with: "e"),
      assign: { $0[keyPath: path] = $1 }, value: { form.render($0[keyPath: path]) })
  }

  /// A setting that stays open until the data or the machine is known.
  init<Value: Sendable>(
    _ key: RecipeKey, _ path: any WritableKeyPath<Recipe, Value?> & Sendable,
    _ form: ValueForm<Value>, _ valueName: String, _ help: String, otherwise: String
  ) {
    self.init(
      key, valueName, help, form, otherwise: otherwise,
      assign: { $0[keyPath: path] = $1 }, value: { $0[keyPath: path].map(form.render) })
  }

  /// The range is that of the library, where the trainer is told the value.
  private init<Value: Sendable>(
    _ key: RecipeKey, _ valueName: String, _ help: String, _ form: ValueForm<Value>,
    otherwise: String, assign: @escaping @Sendable (inout Recipe, Value) -> Void,
    value: @escaping @Sendable (Recipe) -> SettingValue?
  ) {
    let row = TrainingSetting.named(key.rawValue)
    self.key = key
    self.valueName = valueName
    self.help = help
    defaultText = otherwise
    expected = form.expected ?? row?.expected ?? ""
    isFlag = Value.self == Bool.self
    isList = form.isList
    self.assign = { recipe, text in
      guard let value = form.parse(text) else { return false }
      var changed = recipe
      assign(&changed, value)
      guard row?.accepts(changed.training) ?? true else { return false }
      recipe = changed
      return true
    }
    self.value = value
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
