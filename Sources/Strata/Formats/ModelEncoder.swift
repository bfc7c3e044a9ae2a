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
    return try Safetensors.encodeWithDigests(tensors, metadata: metadata)
  }

  private var tensors: [NamedTensor] {
    let inputs = network.architecture.inputs
    var tensors = network.layout.tensors.map { tensor in
      let slice = tensor.slice
      return NamedTensor(
        tensor.name, shape: tensor.kind == .weight ? [slice.rows, slice.columns] : [slice.columns],
        .floats(network.parameters.values(in: slice)))
    }
    for (index, slice) in network.statistics.layers.enumerated() {
      let means = network.statistics.means.values(in: slice)
      let variances = network.statistics.variances.values(in: slice)
      tensors.append(
        NamedTensor(TensorPlan.runningMean(index), shape: [slice.columns], .floats(means)))
      tensors.append(
        NamedTensor(TensorPlan.runningVariance(index), shape: [slice.columns], .floats(variances)))
    }
    tensors.append(NamedTensor("input.mean", shape: [inputs], .floats(standardization.mean)))
    tensors.append(NamedTensor("input.std", shape: [inputs], .floats(standardization.deviation)))
    return tensors
  }

  private var metadata: [String: String] {
    let architecture = network.architecture
    let sizes = [shape.channels, shape.height, shape.width]
    return [
      "format": Self.format,
      "format_version": Self.formatVersion,
      "version": version,
      "architecture": architecture.json.text,
      "configuration": configuration,
      "class_names": JSONValue.array(classNames.map(JSONValue.string)).text,
      "shape": JSONValue.array(sizes.map(JSONValue.integer)).text,
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

extension Architecture {
  /// The architecture as it stands in a model file.
  package var json: JSONValue {
    .object([
      JSONValue.Member("inputs", .integer(inputs)),
      JSONValue.Member("hidden", .array(hidden.map(JSONValue.integer))),
      JSONValue.Member("classes", .integer(classes)),
      JSONValue.Member("batch_norm", .string(batchNormalization.rawValue)),
      JSONValue.Member("normalization_epsilon", .real(normalizationEpsilon)),
      JSONValue.Member("statistics_decay", .real(statisticsDecay)),
    ])
  }
}
