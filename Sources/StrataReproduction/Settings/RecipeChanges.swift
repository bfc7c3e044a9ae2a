import Strata
package import StrataLab

/// The settings of a recipe that differ from the defaults, as options.
package struct RecipeChanges: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// Keys and values, in the order of the help page.
  package let options: [Option]

  /// A key and its value.
  package struct Option: Sendable, Hashable {
    /// The setting.
    package let key: RecipeKey
    /// Its value.
    package let text: String
  }

  package init(dictionaryLiteral elements: (RecipeKey, String)...) {
    self.init(elements)
  }

  init(_ elements: [(RecipeKey, String)]) {
    let texts = Dictionary(elements, uniquingKeysWith: { $1 })
    options = RecipeKey.allCases.compactMap { key in
      texts[key].map { Option(key: key, text: $0) }
    }
  }

  /// These changes and others, which win.
  package func and(_ others: RecipeChanges) -> RecipeChanges {
    RecipeChanges((options + others.options).map { ($0.key, $0.text) })
  }

  /// The default recipe with these changes.
  ///
  /// - Throws: `ConfigurationError` when one cannot be.
  package func recipe() throws -> Recipe {
    var recipe = Recipe()
    try recipe.apply(options: options.map { ($0.key, $0.text) })
    return recipe
  }

  /// The command that trains with them on a data set.
  package func command(data: String) -> String {
    (["strata train --data \(shellWord(data))"] + words).joined(separator: " ")
  }

  /// The options as they are typed.
  var words: [String] {
    options.map { "--\($0.key.rawValue) \(shellWord($0.text))" }
  }
}
