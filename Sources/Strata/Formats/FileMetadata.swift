/// The text of a safetensors file of ours.
struct FileMetadata {
  /// The file, for messages.
  let path: String
  private let values: [String: String]

  init(_ file: Safetensors) {
    path = file.path
    values = file.metadata
  }

  /// Checks that the file is of a format and version.
  ///
  /// - Parameter kind: The name of the kind of file, for messages.
  func requireFormat(_ format: String, version: String, kind: String) throws {
    guard isFormat(format) else {
      throw malformed(
        "a \(kind) (format: \(format))", found: values["format"] ?? "no format in its metadata")
    }
    try requireVersion(version)
    guard values["running_variance"] == "population" else {
      throw malformed(
        "running_variance: population (divided by n)", found: values["running_variance"] ?? "none")
    }
  }

  func isFormat(_ format: String) -> Bool { values["format"] == format }

  func requireVersion(_ version: String) throws {
    guard values["format_version"] == version else {
      throw malformed(
        "format_version \(version)", found: values["format_version"] ?? "none",
        hint: "use the version of strata that wrote it")
    }
  }

  func has(_ key: String) -> Bool { values[key] != nil }

  func text(_ key: String) throws -> String {
    guard let text = values[key] else { throw malformed("\(key) in the metadata", found: "none") }
    return text
  }

  func json(_ key: String) throws -> JSONValue {
    let text = try text(key)
    do {
      return try JSONValue(parsing: text)
    } catch {
      throw malformed(
        "\(error.expected) at byte \(error.offset) of \(key)", found: "something else")
    }
  }

  /// A whole number that is not negative.
  func count(_ key: String) throws -> Int {
    guard let count = Int(try text(key)), count >= 0 else {
      throw malformed("a count as \(key)", found: try text(key))
    }
    return count
  }

  /// A finite number that is not negative.
  func seconds(_ key: String) throws -> Double {
    guard let number = Double(try text(key)), number.isFinite, number >= 0 else {
      throw malformed("seconds as \(key)", found: try text(key))
    }
    return number
  }

  func architecture() throws -> Architecture {
    let json = try json("architecture")
    let hidden = (json["hidden"]?.elements ?? [.null]).map(\.integer)
    guard let inputs = json["inputs"]?.integer, let classes = json["classes"]?.integer,
      hidden.allSatisfy({ $0 != nil }),
      let placement = json["batch_norm"]?.string.flatMap(BatchNormalizationPlacement.init),
      let epsilon = json["normalization_epsilon"]?.real(Float.self),
      let decay = json["statistics_decay"]?.real(Float.self),
      // Older files name no activation: they know one.
      let activation = Activation(rawValue: json["activation"].map { $0.string ?? "" } ?? "relu")
    else {
      throw malformed(
        "inputs, hidden, classes, batch_norm, activation, normalization_epsilon and "
          + "statistics_decay as architecture", found: json.text)
    }
    do {
      return try Architecture(
        inputs: inputs, hidden: hidden.compactMap { $0 }, classes: classes,
        batchNormalization: placement, activation: activation, normalizationEpsilon: epsilon,
        statisticsDecay: decay)
    } catch let error as ConfigurationError {
      throw malformed(
        "an architecture with \(error.expected) as \(error.setting)", found: error.found)
    }
  }

  func malformed(_ expected: String, found: String, hint: String = "") -> DataError {
    DataError(.malformed, path: path, expected: expected, found: found, hint: hint)
  }
}
