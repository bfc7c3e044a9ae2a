/// One row of the table of a training's settings: what reads, writes, checks or compares settings
/// goes over the rows and names none.
package struct TrainingSetting: Sendable {
  /// The setting, in the words of the command's options.
  package let name: String
  /// What is accepted, as it follows "expected"; `nil` where each value of the type is.
  package let expected: String?
  /// What it takes for the setting to change anything; `nil` where it always does.
  package let use: Use?
  /// Whether a run that goes on must have the same value.
  let isCompared: Bool
  /// Checks the value.
  ///
  /// - Throws: `ConfigurationError`.
  let check: @Sendable (TrainingConfiguration) throws -> Void
  package let json: @Sendable (TrainingConfiguration) -> JSONValue
  let encode: @Sendable (TrainingConfiguration, inout KeyedEncodingContainer<Key>) throws -> Void
  let decode: @Sendable (inout TrainingConfiguration, KeyedDecodingContainer<Key>) throws -> Void

  /// The choices of another setting with which a setting changes something.
  package struct Use: Sendable {
    package let setting: String
    package let choices: [String]

    static func with(_ shapes: Schedule.Shape...) -> Use {
      Use(setting: "schedule", choices: shapes.map(\.rawValue))
    }
  }

  /// The name of a setting in a file.
  struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init<Value: Codable & SettingJSON & Sendable>(
    _ name: String, _ path: any WritableKeyPath<TrainingConfiguration, Value> & Sendable,
    _ range: SettingRange<Value>? = nil, use: Use? = nil, isCompared: Bool = true
  ) {
    self.init(
      name, path, expected: range?.expected, use: use, isCompared: isCompared,
      check: { try range?.require($0, as: name) })
  }

  /// A setting that may be left open.
  init<Value: Codable & SettingJSON & Sendable>(
    _ name: String, _ path: any WritableKeyPath<TrainingConfiguration, Value?> & Sendable,
    _ range: SettingRange<Value>, use: Use? = nil, isCompared: Bool = true
  ) {
    self.init(
      name, path, expected: range.expected, use: use, isCompared: isCompared,
      check: { value in try value.map { try range.require($0, as: name) } })
  }

  private init<Value: Codable & SettingJSON & Sendable>(
    _ name: String, _ path: any WritableKeyPath<TrainingConfiguration, Value> & Sendable,
    expected: String?, use: Use?, isCompared: Bool,
    check: @escaping @Sendable (Value) throws -> Void
  ) {
    self.name = name
    self.expected = expected
    self.use = use
    self.isCompared = isCompared
    self.check = { try check($0[keyPath: path]) }
    let key = Key(stringValue: name)
    json = { $0[keyPath: path].json }
    encode = { try $1.encode($0[keyPath: path], forKey: key) }
    decode = { configuration, container in
      guard let value = try container.decodeIfPresent(Value.self, forKey: key) else { return }
      configuration[keyPath: path] = value
    }
  }

  /// The row of a name; `nil` for a name that no setting has.
  package static func named(_ name: String) -> TrainingSetting? {
    table.first { $0.name == name }
  }

  /// Whether the value is in its range.
  package func accepts(_ configuration: TrainingConfiguration) -> Bool {
    (try? check(configuration)) != nil
  }

  /// Whether the setting changes anything beside the others of a configuration.
  func isUsed(in configuration: TrainingConfiguration) -> Bool {
    guard let use else { return true }
    let choice = Self.named(use.setting)?.json(configuration).string
    return use.choices.contains { $0 == choice }
  }
}

/// A configuration is an object whose keys are the names of the settings.
extension TrainingConfiguration: Codable {
  /// Reads an object; a key that it lacks, such as one of a later version, has its default.
  public init(from decoder: any Decoder) throws {
    self.init()
    let container = try decoder.container(keyedBy: TrainingSetting.Key.self)
    for setting in TrainingSetting.table { try setting.decode(&self, container) }
  }

  /// Writes every setting.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: TrainingSetting.Key.self)
    for setting in TrainingSetting.table { try setting.encode(self, &container) }
  }
}
