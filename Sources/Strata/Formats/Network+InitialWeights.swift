extension Network {
  /// Starts from the weights of a safetensors file instead of random ones.
  ///
  /// `layers.i.linear.weight` and `.bias` must be there; γ is 1 and β 0 where `layers.i.norm.*` is
  /// not. Running statistics start afresh, and a model's input standardization is not used.
  ///
  /// - Throws: `DataError` for a missing tensor, another shape, a number that is not finite, or a
  ///   tensor that this architecture does not have.
  public init(initialWeights path: String, architecture: Architecture) throws {
    try self.init(initialWeights: Safetensors(contentsOfFile: path), architecture: architecture)
  }

  /// Starts from the weights of an open safetensors file.
  package init(initialWeights file: Safetensors, architecture: Architecture) throws {
    try file.requireMemory()
    let plan = TensorPlan(architecture)
    for entry in plan.parameters where file[entry.name] != nil || !Self.isOptional(entry.name) {
      try file.require(entry)
    }
    try file.forbidTensors(besides: plan.parameters.map(\.name), isIgnored: Self.isIgnored)
    self.init(zeros: architecture)
    try readParameters(of: file)
  }

  private static func isOptional(_ name: String) -> Bool {
    name.hasSuffix(ParameterKind.scale.tensorName) || name.hasSuffix(ParameterKind.shift.tensorName)
  }

  /// Whether a tensor is ignored: statistics start again, and the training data standardizes the inputs.
  private static func isIgnored(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if parts.first == "input" { return true }
    return parts.count == 4 && parts[0] == "layers" && Int(parts[1]) != nil && parts[2] == "norm"
      && ["running_mean", "running_var", "num_batches_tracked"].contains(parts[3])
  }
}
