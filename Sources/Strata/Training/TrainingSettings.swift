/// The settings of a run by their names, in a form that two runs can be compared in.
public struct TrainingSettings: Sendable, Hashable {
  /// The names and values as one line of JSON.
  public var text: String { json.text }

  let json: JSONValue

  /// Names the settings of a configuration.
  public init(_ configuration: TrainingConfiguration) {
    json = .object(
      configuration.networkMembers + configuration.descentMembers + configuration.batchMembers)
  }

  init(json: JSONValue) { self.json = json }

  /// Checks that a run with these settings may go on with others: only when they are the same.
  ///
  /// - Throws: `ConfigurationError` with the first setting that differs.
  func requireSame(as other: TrainingSettings) throws {
    let names = [json, other.json].flatMap { $0.members?.map(\.name) ?? [] }
    for name in names where self[name] != other[name] {
      throw ConfigurationError(
        setting: name, expected: "\(self[name]?.text ?? "none"), with which the run was begun",
        found: other[name]?.text ?? "none", hint: "restore the setting or train anew")
    }
  }

  /// The value of a setting; of one that older files lack, the value that was the only one then.
  private subscript(name: String) -> JSONValue? {
    json[name] ?? (name == "normalization-epsilon" ? .real(1e-5) : nil)
  }
}

extension TrainingConfiguration {
  fileprivate var networkMembers: [JSONValue.Member] {
    [
      .init("hidden", .array(hidden.map(JSONValue.integer))),
      .init("batch-norm", .string(batchNormalization.rawValue)),
      .init("normalization-epsilon", .real(normalizationEpsilon)),
      .init("statistics-decay", .real(statisticsDecay)),
      .init("init", initialization.json),
      .init("precision", .string(precision.rawValue)),
    ]
  }

  fileprivate var descentMembers: [JSONValue.Member] {
    [
      .init("optimizer", .string(optimizer.rule.rawValue)),
      .init("schedule", schedule.json),
      .init("update-steps", .integer(updateSteps)),
      .init("lambda", .real(lambda)),
      .init("dropout", .real(dropout)),
    ]
  }

  fileprivate var batchMembers: [JSONValue.Member] {
    [
      .init("batch-size", .integer(batchSize)),
      .init("augment", augmentation.json),
      .init("shuffle", .boolean(shuffles)),
      .init("seed", .number("\(seed)")),
      .init("evaluate-every", .integer(evaluateEvery)),
    ]
  }
}

extension Initialization {
  fileprivate var json: JSONValue {
    switch self {
    case .he: .string("he")
    case .xavier: .string("xavier")
    case .fixed(let deviation): .real(deviation)
    }
  }
}

extension Schedule {
  fileprivate var json: JSONValue {
    func object(_ name: String, _ numbers: (String, JSONValue)...) -> JSONValue {
      .object([.init("name", .string(name))] + numbers.map { .init($0.0, $0.1) })
    }
    return switch self {
    case .constant(let rate): object("constant", ("eta", .real(rate)))
    case .cyclical(let minimum, let maximum, let stepSize, let decay):
      object(
        "cyclical", ("eta-min", .real(minimum)), ("eta-max", .real(maximum)),
        ("step-size", .integer(stepSize)), ("cycle-decay", .real(decay)))
    case .cosine(let minimum, let maximum, let steps):
      object(
        "cosine", ("eta-min", .real(minimum)), ("eta-max", .real(maximum)),
        ("steps", .integer(steps)))
    case .oneCycle(let minimum, let maximum, let steps):
      object(
        "one-cycle", ("eta-min", .real(minimum)), ("eta-max", .real(maximum)),
        ("steps", .integer(steps)))
    }
  }
}

extension Augmentation {
  fileprivate var json: JSONValue {
    .object([
      .init("flip", .boolean(flips)), .init("shift", .integer(shift)),
      .init("rotate", .real(rotation)), .init("brightness", .real(brightness)),
      .init("contrast", .real(contrast)),
    ])
  }
}
