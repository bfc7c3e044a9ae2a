extension Model {
  package static let format = "strata-model"
  static let formatVersion = "1"

  /// The model as a safetensors file with the digests of its header and tensors.
  ///
  /// The same model gives the same bytes.
  ///
  /// - Throws: `DataError` when parts do not belong together or a number is not finite.
  public func safetensors() throws -> [UInt8] {
    try validate(path: "model")
    return try Safetensors.encodeWithDigests(
      network.namedTensors + standardization.namedTensors, metadata: metadata)
  }

  private var metadata: [String: String] {
    let architecture = network.architecture
    return [
      "format": Self.format,
      "format_version": Self.formatVersion,
      "version": version,
      "architecture": architecture.json.text,
      "configuration": configuration,
      "class_names": JSONValue.array(classNames.map(JSONValue.string)).text,
      features.key: features.json.text,
      "data": dataName,
      "data_sha256": dataDigest,
      "kernel": kernel,
      "batch_norm": architecture.batchNormalization.rawValue,
      "normalization_epsilon": String(architecture.normalizationEpsilon),
      "statistics_decay": String(architecture.statisticsDecay),
      "statistics_batches": String(network.statistics.batches),
      "running_variance": "population",
    ]
  }
}

extension Features {
  /// What the features are called in a model file.
  fileprivate var key: String { imageShape == nil ? "columns" : "shape" }

  fileprivate var json: JSONValue {
    switch self {
    case .image(let shape):
      .array([shape.channels, shape.height, shape.width].map(JSONValue.integer))
    case .columns(let names): .array(names.map(JSONValue.string))
    }
  }
}

extension Architecture {
  /// The architecture as it stands in a model file.
  package var json: JSONValue {
    .object([
      JSONValue.Member("inputs", .integer(inputs)),
      JSONValue.Member("hidden", .array(hidden.map(JSONValue.integer))),
      JSONValue.Member("classes", .integer(classes)),
      JSONValue.Member("batch_norm", .string(batchNormalization.rawValue)),
      JSONValue.Member("activation", .string(activation.rawValue)),
      JSONValue.Member("normalization_epsilon", .real(normalizationEpsilon)),
      JSONValue.Member("statistics_decay", .real(statisticsDecay)),
    ])
  }
}
