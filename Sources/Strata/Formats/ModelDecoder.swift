extension Model {
  /// Reads a model file.
  ///
  /// - Throws: `DataError` when there is no such file or it is not a whole and sound model.
  public init(contentsOfFile path: String) throws {
    try self.init(Safetensors(contentsOfFile: path))
  }

  /// Reads a model from the bytes of a model file; `path` is for messages.
  ///
  /// - Throws: `DataError` when the bytes are not a whole and sound model.
  public init(safetensors bytes: some Collection<UInt8>, path: String) throws {
    try self.init(Safetensors(bytes: bytes, path: path))
  }

  /// Makes a model of an open file, whose shapes are all checked before memory is taken.
  package init(_ file: Safetensors) throws {
    let metadata = ModelMetadata(file)
    try metadata.requireFormat()
    let architecture = try metadata.architecture()
    let plan = TensorPlan(architecture)
    let inputs = ["input.mean", "input.std"].map {
      TensorPlan.Entry(name: $0, shape: [architecture.inputs])
    }
    let entries = plan.parameters + plan.statistics + inputs
    for entry in entries { try file.require(entry) }
    try file.forbidTensors(besides: entries.map(\.name))

    var network = Network(zeros: architecture)
    try network.readParameters(of: file)
    for (index, slice) in network.statistics.layers.enumerated() {
      network.statistics.means.setValues(
        try file.finiteFloats(TensorPlan.runningMean(index)), in: slice)
      network.statistics.variances.setValues(
        try file.finiteFloats(TensorPlan.runningVariance(index)), in: slice)
    }
    network.statistics.batches = try metadata.batches()
    self.init(
      network: network,
      standardization: Standardization(
        mean: try file.finiteFloats("input.mean"), deviation: try file.finiteFloats("input.std")),
      classNames: try metadata.classNames(), shape: try metadata.shape(),
      dataName: try metadata.text("data"), dataDigest: try metadata.text("data_sha256"),
      configuration: try metadata.text("configuration"), kernel: try metadata.text("kernel"),
      version: try metadata.text("version"))
    try validate(path: file.path)
  }
}

extension Safetensors {
  /// Refuses tensors that nobody would read.
  func forbidTensors(besides names: [String], isIgnored: (String) -> Bool = { _ in false }) throws {
    let known = Set(names)
    for tensor in tensors where !known.contains(tensor.name) && !isIgnored(tensor.name) {
      throw DataError(
        .malformed, path: path, expected: "only tensors of this architecture",
        found: "tensor \(tensor.name)",
        hint: nearestName(to: tensor.name, among: names).map { "the nearest name is \($0)" } ?? "")
    }
  }
}

extension Network {
  /// Takes W, b, γ and β from a file that has been checked to have them.
  mutating func readParameters(of file: Safetensors) throws {
    for tensor in layout.tensors where file[tensor.name] != nil {
      parameters.setValues(try file.finiteFloats(tensor.name), in: tensor.slice)
    }
  }
}

/// The text of a model file.
private struct ModelMetadata {
  private let path: String
  private let values: [String: String]

  init(_ file: Safetensors) {
    path = file.path
    values = file.metadata
  }

  func requireFormat() throws {
    guard values["format"] == Model.format else {
      throw malformed(
        "a model (format: \(Model.format))", found: values["format"] ?? "no format in its metadata")
    }
    guard values["format_version"] == Model.formatVersion else {
      throw malformed(
        "format_version \(Model.formatVersion)", found: values["format_version"] ?? "none",
        hint: "use the version of strata that wrote it")
    }
    guard values["running_variance"] == "population" else {
      throw malformed(
        "running_variance: population (divided by n)", found: values["running_variance"] ?? "none")
    }
  }

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

  func classNames() throws -> [String] {
    let names = (try json("class_names").elements ?? [.null]).map(\.string)
    guard names.allSatisfy({ $0 != nil }) else {
      throw malformed("an array of strings as class_names", found: "something else")
    }
    return names.compactMap { $0 }
  }

  func shape() throws -> ImageShape {
    let sizes = (try json("shape").elements ?? []).compactMap(\.integer)
    guard sizes.count == 3 else {
      throw malformed("channels, height and width as shape", found: try text("shape"))
    }
    return ImageShape(channels: sizes[0], height: sizes[1], width: sizes[2])
  }

  func batches() throws -> Int {
    guard let batches = Int(try text("statistics_batches")), batches >= 0 else {
      throw malformed("a count as statistics_batches", found: try text("statistics_batches"))
    }
    return batches
  }

  func architecture() throws -> Architecture {
    let json = try json("architecture")
    let hidden = (json["hidden"]?.elements ?? [.null]).map(\.integer)
    guard let inputs = json["inputs"]?.integer, let classes = json["classes"]?.integer,
      hidden.allSatisfy({ $0 != nil }),
      let placement = json["batch_norm"]?.string.flatMap(BatchNormalizationPlacement.init),
      let epsilon = json["normalization_epsilon"]?.real(Float.self),
      let decay = json["statistics_decay"]?.real(Float.self)
    else {
      throw malformed(
        "inputs, hidden, classes, batch_norm, normalization_epsilon and statistics_decay as "
          + "architecture", found: json.text)
    }
    do {
      return try Architecture(
        inputs: inputs, hidden: hidden.compactMap { $0 }, classes: classes,
        batchNormalization: placement, normalizationEpsilon: epsilon, statisticsDecay: decay)
    } catch let error as ConfigurationError {
      throw malformed(
        "an architecture with \(error.expected) as \(error.setting)", found: error.found)
    }
  }

  private func malformed(_ expected: String, found: String, hint: String = "") -> DataError {
    DataError(.malformed, path: path, expected: expected, found: found, hint: hint)
  }
}
