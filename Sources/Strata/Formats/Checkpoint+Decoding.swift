extension Checkpoint {
  /// Reads a checkpoint from the bytes of its file; `path` is for messages.
  ///
  /// - Throws: `DataError` when the bytes are not a whole and sound checkpoint.
  public init(safetensors bytes: some Collection<UInt8>, path: String) throws {
    try self.init(Safetensors(bytes: bytes, path: path))
  }

  /// Makes a checkpoint of an open file, whose shapes are all checked before memory is taken.
  package init(_ file: Safetensors) throws {
    let metadata = FileMetadata(file)
    try metadata.requireFormat(Self.format, version: Self.formatVersion, kind: "checkpoint")
    guard file.hasDigests else {
      throw metadata.malformed("digests in the metadata", found: "none")
    }
    try file.requireMemory()
    try metadata.requireGenerators(Self.generators)
    let architecture = try metadata.architecture()
    let plan = TensorPlan(architecture)
    let vectors = try file.optimizerVectors()
    let optimizer = (0..<vectors).flatMap { index in
      plan.parameters.map {
        TensorPlan.Entry(name: Self.optimizerPrefix(index) + $0.name, shape: $0.shape)
      }
    }
    let entries = plan.parameters + plan.statistics + plan.inputs + optimizer
    for entry in entries { try file.require(entry) }
    try file.forbidTensors(besides: entries.map(\.name) + Self.ownTensors)

    var network = Network(zeros: architecture)
    try network.readParameters(of: file)
    try network.readStatistics(of: file)
    network.statistics.batches = try metadata.count("statistics_batches")
    let standardization = try Standardization(file)
    try network.requireSound(with: standardization, path: file.path)
    self.init(
      network: network,
      optimizerState: try (0..<vectors).map {
        try network.layout.vector(of: file, prefix: Self.optimizerPrefix($0))
      },
      standardization: standardization,
      settings: TrainingSettings(json: try metadata.json("settings")),
      step: try metadata.count("step"), samples: try metadata.count("samples"),
      order: try file.order(), history: try file.history(),
      trainSeconds: try metadata.seconds("train_seconds"),
      evaluationSeconds: try metadata.seconds("evaluation_seconds"),
      origin: try metadata.origin(), warnings: try metadata.warnings())
  }

  /// Checks that a whole file that calls itself a checkpoint is of this version of the format.
  ///
  /// - Throws: `DataError` when another version wrote it.
  package static func requireKnownVersion(of file: Safetensors) throws {
    let metadata = FileMetadata(file)
    guard metadata.isFormat(format), file.hasDigests else { return }
    try metadata.requireVersion(formatVersion)
    try metadata.requireGenerators(generators)
  }

  private static let ownTensors = ["order", "history.steps", "history.values"]
}

extension FileMetadata {
  /// Checks that the random numbers of a run are drawn as they are here.
  fileprivate func requireGenerators(_ known: String) throws {
    let generators = try text("random_generators")
    guard generators == known else {
      throw malformed(
        "random numbers of \(known)", found: generators,
        hint: "use the version of strata that wrote it")
    }
  }

  /// The warnings; none in a file that says nothing of them.
  fileprivate func warnings() throws -> [TrainingWarning] {
    guard (try? text("warnings")) != nil else { return [] }
    guard case .array(let values) = try json("warnings") else {
      throw malformed("a list of warnings in the metadata", found: "another value")
    }
    return try values.map { value in
      guard let warning = TrainingWarning(value) else {
        throw malformed("a warning with sign, step and finding", found: value.text)
      }
      return warning
    }
  }

  fileprivate func origin() throws -> Checkpoint.Origin {
    Checkpoint.Origin(
      recipe: try text("recipe"), dataName: try text("data"), dataDigest: try text("data_sha256"),
      kernel: try text("kernel"), version: try text("version"),
      totalSeconds: try seconds("total_seconds"), peakMemory: try count("peak_memory_bytes"))
  }
}

extension ParameterLayout {
  /// A vector that is laid out like the parameters, from a file that has been checked to have it.
  fileprivate func vector(of file: Safetensors, prefix: String) throws -> FloatVector {
    var vector = FloatVector(count: count)
    for tensor in tensors {
      vector.setValues(try file.finiteFloats(prefix + tensor.name), in: tensor.slice)
    }
    return vector
  }
}

extension Safetensors {
  /// The vectors of an optimizer that the file names.
  fileprivate func optimizerVectors() throws -> Int {
    let greatest = Optimizer.Rule.allCases.map { Optimizer($0).stateVectors }.max() ?? 0
    return (0...greatest).last { index in
      index == 0
        || tensors.contains { $0.name.hasPrefix(Checkpoint.optimizerPrefix(index - 1)) }
    } ?? 0
  }

  /// The numbers of a one-dimensional tensor of whole numbers, none of them negative.
  fileprivate func wholeNumbers(_ name: String) throws -> [Int] {
    guard let tensor = self[name], tensor.shape.count == 1 else {
      throw DataError(
        .malformed, path: path, expected: "tensor \(name) of one dimension",
        found: self[name].map { "shape \($0.shape)" } ?? "no tensor of this name")
    }
    let numbers = try integers(of: tensor)
    guard let wrong = numbers.first(where: { $0 < 0 }) else { return numbers.map(Int.init) }
    throw DataError(
      .malformed, path: path, expected: "numbers from 0 on in tensor \(name)", found: "\(wrong)")
  }

  fileprivate func order() throws -> [UInt32] {
    try wholeNumbers("order").map { number in
      guard let row = UInt32(exactly: number) else {
        throw DataError(
          .malformed, path: path, expected: "numbers up to \(UInt32.max) in tensor order",
          found: "\(number)")
      }
      return row
    }
  }

  /// The evaluations; before the first step, the cost of a network may be infinite.
  fileprivate func history() throws -> [HistoryPoint] {
    let steps = try wholeNumbers("history.steps")
    guard let tensor = self["history.values"], tensor.shape.count == 2,
      tensor.shape[0] == steps.count
    else {
      throw DataError(
        .malformed, path: path, expected: "tensor history.values of \(steps.count) rows",
        found: self["history.values"].map { "shape \($0.shape)" } ?? "no tensor of this name")
    }
    let values = try doubles(of: tensor)
    let columns = tensor.shape[1]
    return try steps.enumerated().map { index, step in
      let row = values[index * columns..<(index + 1) * columns]
      guard let point = HistoryPoint(step: step, numbers: row) else {
        throw DataError(
          .malformed, path: path, expected: "5 or 8 numbers in a row of history.values",
          found: "\(Array(row))")
      }
      return point
    }
  }
}
