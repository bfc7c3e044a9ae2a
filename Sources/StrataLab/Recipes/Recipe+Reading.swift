import Strata
import Yams

extension Recipe {
  /// The longest recipe that is read, in bytes.
  package static let maximumSize = 1 << 20

  /// Applies the recipe in a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - replaced: What options will replace, so that the file may hold what only its own choice of
  ///     it uses.
  /// - Throws: `DataError` when the file cannot be read, `ConfigurationError` with line and column
  ///   when it is not a recipe.
  package mutating func apply(
    contentsOfFile path: String, replaced: Set<RecipeKey> = []
  ) throws {
    guard FileStatus(path: path) != .folder else {
      throw DataError(
        .notFound, path: path, expected: "a recipe file", found: "a folder",
        hint: "the recipe of a run is \(Strata.path(path, RunFolder.recipeName))")
    }
    let data = try readStart(of: path, limit: Self.maximumSize + 1, expected: "a recipe file")
    guard data.count <= Self.maximumSize else {
      throw ConfigurationError(
        setting: path, expected: "a recipe of at most \(Self.maximumSize) bytes",
        found: "a longer file")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw ConfigurationError(
        setting: path, expected: "a recipe in UTF-8", found: "other bytes")
    }
    try apply(yaml: text, name: path, replaced: replaced)
  }

  /// Applies a recipe in YAML, or in JSON, which is YAML too.
  ///
  /// - Parameters:
  ///   - yaml: The text.
  ///   - name: What the text is called in errors.
  ///   - replaced: What options will replace.
  /// - Throws: `ConfigurationError` with line and column.
  package mutating func apply(
    yaml: String, name: String, replaced: Set<RecipeKey> = []
  ) throws {
    let entries = try RecipeText(name: name, yaml: yaml).entries()
    var places: [(key: RecipeKey, place: String)] = []
    for entry in entries {
      guard let key = RecipeKey(rawValue: entry.key.text) else {
        let names = RecipeKey.allCases.map(\.rawValue)
        let nearest = nearestName(to: entry.key.text, among: names)
        throw ConfigurationError(
          setting: entry.key.place, expected: "the name of a setting",
          found: entry.key.text.debugDescription,
          hint: nearest.map { "the nearest name is \($0)" } ?? "")
      }
      places.append((key, entry.key.place))
      do {
        try set(key, to: entry.value.text)
      } catch let error as ConfigurationError {
        throw ConfigurationError(
          setting: "\(entry.value.place): \(error.setting)", expected: error.expected,
          found: error.found, hint: error.hint)
      }
    }
    for (key, place) in places where !replaced.contains(where: { $0 == key.use?.key }) {
      try checkUse(of: key, setting: "\(place): \(key.rawValue)")
    }
  }
}

/// A recipe's text, taken apart without giving any word a type.
private struct RecipeText {
  /// What the text is called in errors.
  let name: String
  let yaml: String

  /// A word and where it stands.
  struct Word {
    let text: String
    let place: String
  }

  /// The keys and values in order; the parts of a list are joined by commas.
  func entries() throws -> [(key: Word, value: Word)] {
    try rejectAnchors()
    guard let root = try compose(), root.scalar?.string != "" else { return [] }
    guard case .mapping(let mapping) = root else {
      throw unexpected(root, expected: "settings, such as \"hidden: 50,50\"")
    }
    return try mapping.map { keyNode, valueNode in
      guard case .scalar(let key) = keyNode else {
        throw unexpected(keyNode, expected: "the name of a setting")
      }
      return (Word(text: key.string, place: place(key.mark)), try value(valueNode, of: key.string))
    }
  }

  private func value(_ node: Node, of key: String) throws -> Word {
    switch node {
    case .scalar(let scalar):
      return Word(text: scalar.string, place: place(scalar.mark))
    case .sequence(let sequence) where RecipeKey(rawValue: key)?.setting.isList ?? false:
      let parts = try sequence.map { part in
        guard case .scalar(let scalar) = part else {
          throw unexpected(
            part, expected: key == RecipeKey.hidden.rawValue ? "a width" : "a single word")
        }
        return scalar.string
      }
      let text = parts.isEmpty ? "none" : parts.joined(separator: ",")
      return Word(text: text, place: place(sequence.mark))
    default:
      throw unexpected(node, expected: "one value for \(key)")
    }
  }

  private func compose() throws -> Node? {
    do {
      return try Yams.compose(yaml: yaml)
    } catch let error as YamlError {
      throw described(error)
    }
  }

  private func described(_ error: YamlError) -> ConfigurationError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ConfigurationError(setting: place(mark), expected: "YAML", found: "text where \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      ConfigurationError(
        setting: secondPlace(of: keys.first ?? "") ?? place(context.mark),
        expected: "every setting once",
        found: (keys.first ?? "").debugDescription + " twice")
    case .reader(let problem, let offset, _, _):
      ConfigurationError(
        setting: name, expected: "YAML",
        found: "a character that it forbids" + (offset.map { " at offset \($0)" } ?? "")
          + " (\(problem))")
    default:
      ConfigurationError(setting: name, expected: "YAML", found: "text that cannot be read")
    }
  }

  /// Where the second line stands that starts with a key; `nil` where keys share a line.
  private func secondPlace(of key: String) -> String? {
    var isSecond = false
    for (index, line) in yaml.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let word = line.drop { " \t\"'{,".contains($0) }
      guard word.hasPrefix(key), let next = word.dropFirst(key.count).first,
        " \t\"':".contains(next)
      else { continue }
      let column = line.count - word.count + 1
      if isSecond { return "\(name), line \(index + 1), column \(column)" }
      isSecond = true
    }
    return nil
  }

  private func unexpected(_ node: Node, expected: String) -> ConfigurationError {
    let found =
      switch node {
      case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "a single word"
      case .sequence: "a list"
      case .mapping: "a group of settings"
      case .alias: "an alias"
      }
    return ConfigurationError(setting: place(node.mark), expected: expected, found: found)
  }

  /// Rejects what begins like an anchor or an alias before the parser sees it: a few nested ones
  /// describe a text of any length.
  private func rejectAnchors() throws {
    var line = 1
    var column = 1
    var previous: Unicode.Scalar = "\n"
    var scalars = Substring.UnicodeScalarView(yaml.unicodeScalars)
    while let scalar = scalars.popFirst() {
      let startsWord = previous.properties.isWhitespace || "[{,:?-\u{FEFF}".contains(previous)
      let isFollowed = scalars.first.map { !$0.properties.isWhitespace } ?? false
      if startsWord, isFollowed, scalar == "&" || scalar == "*" {
        throw ConfigurationError(
          setting: "\(name), line \(line), column \(column)", expected: "plain values",
          found: "an anchor or alias (\(scalar)), which recipes do not have")
      }
      (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
      previous = scalar
    }
  }

  private func place(_ mark: Mark?) -> String {
    mark.map { "\(name), line \($0.line), column \($0.column)" } ?? name
  }
}

extension String {
  fileprivate func contains(_ scalar: Unicode.Scalar) -> Bool {
    unicodeScalars.contains(scalar)
  }
}
