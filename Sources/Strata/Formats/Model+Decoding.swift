extension Model {
  /// Reads a model from the bytes of a model file; `path` is for messages.
  ///
  /// - Throws: `DataError` when the bytes are not a whole and sound model.
  public init(safetensors bytes: some Collection<UInt8>, path: String) throws {
    try self.init(Safetensors(bytes: bytes, path: path))
  }

  /// Makes a model of an open file, whose shapes are all checked before memory is taken.
  package init(_ file: Safetensors) throws {
    let metadata = FileMetadata(file)
    try metadata.requireFormat(Self.format, version: Self.formatVersion, kind: "model")
    try file.requireMemory()
    let architecture = try metadata.architecture()
    let plan = TensorPlan(architecture)
    let entries = plan.parameters + plan.statistics + plan.inputs
    for entry in entries { try file.require(entry) }
    try file.forbidTensors(besides: entries.map(\.name))

    var network = Network(zeros: architecture)
    try network.readParameters(of: file)
    try network.readStatistics(of: file)
    network.statistics.batches = try metadata.count("statistics_batches")
    self.init(
      network: network,
      standardization: try Standardization(file),
      classNames: try metadata.classNames(), features: try metadata.features(),
      dataName: try metadata.text("data"), dataDigest: try metadata.text("data_sha256"),
      configuration: try metadata.text("configuration"), kernel: try metadata.text("kernel"),
      version: try metadata.text("version"))
    try validate(path: file.path)
  }
}

extension Safetensors {
  /// Rejects unknown tensors.
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

  /// Takes μ_av and v_av from a file that has been checked to have them.
  mutating func readStatistics(of file: Safetensors) throws {
    for (index, slice) in statistics.layers.enumerated() {
      statistics.means.setValues(
        try file.finiteFloats(TensorPlan.runningMean(index)), in: slice)
      statistics.variances.setValues(
        try file.finiteFloats(TensorPlan.runningVariance(index)), in: slice)
    }
  }
}

extension FileMetadata {
  fileprivate func classNames() throws -> [String] { try names("class_names") }

  private func names(_ key: String) throws -> [String] {
    let names = (try json(key).elements ?? [.null]).map(\.string)
    guard names.allSatisfy({ $0 != nil }) else {
      throw malformed("an array of strings as \(key)", found: "something else")
    }
    return names.compactMap { $0 }
  }

  /// The columns of a table, or else the shape of images.
  fileprivate func features() throws -> Features {
    if has("columns") { return .columns(try names("columns")) }
    let sizes = (try json("shape").elements ?? []).compactMap(\.integer)
    guard sizes.count == 3 else {
      throw malformed("channels, height and width as shape", found: try text("shape"))
    }
    return .image(ImageShape(channels: sizes[0], height: sizes[1], width: sizes[2]))
  }
}
