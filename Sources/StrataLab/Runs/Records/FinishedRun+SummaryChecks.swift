import Strata

/// What a number of a `summary.json` can be.
private enum SummaryNumber {
  /// 0 to 1.
  case fraction
  /// 0 or more.
  case amount
  /// A whole number from here on.
  case count(from: Int)
  /// A whole number below 2⁶⁴.
  case seed

  var expected: String {
    switch self {
    case .fraction: "a fraction from 0 to 1"
    case .amount: "a finite number, 0 or more"
    case .count(let least): "a whole number from \(least)"
    case .seed: "a whole number from 0"
    }
  }

  func holds(_ value: JSONValue) -> Bool {
    switch self {
    case .fraction: value.real(Double.self).map((0...1).contains) ?? false
    case .amount: value.real(Double.self).map { $0 >= 0 } ?? false
    case .count(let least): value.integer.map { $0 >= least } ?? false
    case .seed: UInt64(value.text) != nil
    }
  }
}

/// A number of a `summary.json`.
private struct SummaryRule {
  let key: String
  let number: SummaryNumber
  /// Whether it may be missing or `null`, as without a validation part.
  let isOptional: Bool

  init(_ key: String, _ number: SummaryNumber, isOptional: Bool = false) {
    self.key = key
    self.number = number
    self.isOptional = isOptional
  }

  func accepts(_ value: JSONValue?) -> Bool {
    guard let value, value != .null else { return isOptional }
    return number.holds(value)
  }
}

private let summaryRules =
  ["test", "train", "validation"].flatMap { part in
    let isOptional = part == "validation"
    return [
      SummaryRule("\(part)_accuracy", .fraction, isOptional: isOptional),
      SummaryRule("\(part)_loss", .amount, isOptional: isOptional),
      SummaryRule("\(part)_cost", .amount, isOptional: true),
    ]
  }
  + [
    SummaryRule("steps", .count(from: 0)), SummaryRule("parameters", .count(from: 1)),
    SummaryRule("seed", .seed), SummaryRule("epochs", .amount, isOptional: true),
    SummaryRule("threads", .count(from: 1), isOptional: true),
    SummaryRule("train_seconds", .amount, isOptional: true),
    SummaryRule("evaluation_seconds", .amount, isOptional: true),
    SummaryRule("total_seconds", .amount, isOptional: true),
    SummaryRule("samples_per_second", .amount, isOptional: true),
    SummaryRule("peak_memory_bytes", .count(from: 0), isOptional: true),
  ]

extension FinishedRun {
  /// Reads a `summary.json`.
  ///
  /// - Throws: `DataError` when it is none, or a number in it cannot be.
  static func readSummary(_ path: String) throws -> JSONValue {
    let summary = try JSONFile.read(path, "the summary of a run", hint: "train it again")
    for rule in summaryRules where !rule.accepts(summary[rule.key]) {
      throw DataError(
        .malformed, path: path, expected: "\(rule.number.expected) as \(rule.key)",
        found: summary[rule.key].map(shortText) ?? "none", hint: "train it again")
    }
    return summary
  }

  /// Checks that summary, recipe, history and model are of one run.
  ///
  /// - Throws: `DataError` that names the file and what in it differs.
  func checkAgreement() throws {
    let summaryPath = Strata.path(path, RunFolder.summaryName)
    func check(_ key: String, is expected: String, of source: String) throws {
      guard summary[key] != .string(expected), summary[key]?.text != expected else { return }
      throw DataError(
        .malformed, path: summaryPath, expected: "\(expected) as \(key), as in \(source)",
        found: summary[key].map(shortText) ?? "none", hint: "train it again")
    }
    guard let last = history.last else {
      throw DataError(
        .malformed, path: Strata.path(path, RunFolder.metricsName), expected: "a row at least",
        found: "none", hint: "train it again")
    }
    try check("data_sha256", is: model.dataDigest, of: RunFolder.modelName)
    try check(
      "parameters", is: "\(model.network.layout.parameterCount)", of: RunFolder.modelName)
    try check("seed", is: "\(recipe.seed)", of: RunFolder.recipeName)
    try check("steps", is: "\(last.step)", of: RunFolder.metricsName)
    let learned = try? Recipe(configurationOf: model)
    guard learned?.json == recipe.json, recipe.hidden == model.network.architecture.hidden else {
      throw DataError(
        .malformed, path: Strata.path(path, RunFolder.modelName),
        expected: "a model of the settings in \(RunFolder.recipeName)",
        found: "one of \(difference(from: learned))", hint: "train it again")
    }
  }

  /// The first setting in which the recipe inside the model differs.
  private func difference(from learned: Recipe?) -> String {
    guard let learned else { return "others" }
    let key = RecipeKey.allCases.first { key in
      ![.output, .threads, .checkpointEvery].contains(key)
        && learned.value(of: key) != recipe.value(of: key)
    }
    return key.map { "another \($0.rawValue)" } ?? "other layers"
  }
}

extension Recipe {
  /// The recipe inside a model file.
  fileprivate init(configurationOf model: Model) throws {
    self.init()
    try apply(yaml: model.configuration, name: "its configuration")
  }
}

/// A value of a damaged file, for a sentence.
private func shortText(_ value: JSONValue) -> String {
  clipped(printableLine(value.text), columns: 40)
}
