extension TrainingConfiguration {
  /// The network's shape for a data set.
  ///
  /// - Throws: `ConfigurationError` for widths, depth, ε or α outside their range.
  public func architecture(for dataset: Dataset) throws -> Architecture {
    try Architecture(
      inputs: dataset.features.count, hidden: hidden, classes: dataset.classNames.count,
      batchNormalization: batchNormalization, activation: activation,
      normalizationEpsilon: Float(normalizationEpsilon), statisticsDecay: Float(statisticsDecay))
  }

  /// Checks every setting against its range.
  ///
  /// - Throws: `ConfigurationError` for the first that is wrong.
  public func validate() throws {
    for setting in TrainingSetting.table { try setting.check(self) }
    try schedule.checkOrder()
  }

  /// Checks every setting against its range and against the data.
  ///
  /// - Throws: `ConfigurationError` for the first that is wrong.
  public func validate(for dataset: Dataset) throws {
    try validate()
    _ = try architecture(for: dataset)
    try require(batchSize <= dataset.count, "batch-size", batchSize) {
      "1 to \(dataset.count), the number of training \(dataset.rowsName)"
    }
    try validateLastBatch(for: dataset)
    try require(dropout == 0 || !hidden.isEmpty, "dropout", dropout) {
      "0 for a network without hidden layers, since it leaves out what they give"
    }
    try augmentation.validate(for: dataset)
  }

  /// Checks that no batch has a single image, which has no deviation.
  private func validateLastBatch(for dataset: Dataset) throws {
    let lastBatch = dataset.count % batchSize
    if batchNormalization != .none && !hidden.isEmpty && (lastBatch == 1 || batchSize == 1) {
      throw ConfigurationError(
        setting: "batch-size",
        expected: "batches of at least two \(dataset.rowsName), since batch normalization"
          + " divides by a batch's deviation",
        found: batchSize == 1
          ? "1"
          : "\(batchSize), which leaves a last batch of 1 of \(dataset.count) \(dataset.rowsName)",
        hint: "choose another batch-size or train")
    }
  }

  func augmenter(for dataset: Dataset) -> BatchAugmenter? {
    guard augmentation != .none, let shape = dataset.features.imageShape else { return nil }
    return BatchAugmenter(augmentation, shape: shape, seed: seed, capacity: batchSize)
  }

  private func require(
    _ condition: Bool, _ setting: String, _ found: some CustomStringConvertible,
    expected: () -> String
  ) throws {
    guard !condition else { return }
    throw ConfigurationError(setting: setting, expected: expected(), found: "\(found)")
  }
}
