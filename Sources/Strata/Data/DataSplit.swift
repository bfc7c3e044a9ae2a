/// The training files of a data set and its test files.
public struct DatasetPair: Sendable {
  /// The rows to train on, from which the validation part is taken.
  public let training: Dataset
  /// The rows that only the final result is measured on.
  public let test: Dataset

  /// Creates a pair.
  public init(training: Dataset, test: Dataset) {
    self.training = training
    self.test = test
  }
}

/// What a run learns from, watches and is judged by.
public struct DataSplit: Sendable {
  /// The rows whose gradient is followed.
  public let training: Dataset
  /// The rows that progress is measured on; `nil` when none are held back.
  public let validation: Dataset?
  /// The rows that the final accuracy is measured on; `nil` when there are none.
  public let test: Dataset?

  /// Puts the parts together.
  ///
  /// - Throws: `DataError` when a part has other features or classes than the training part.
  public init(training: Dataset, validation: Dataset? = nil, test: Dataset? = nil) throws {
    self.training = training
    self.validation = validation
    self.test = test
    for part in [training, validation, test].compactMap({ $0 }) {
      func require(_ condition: Bool, _ expected: String, _ found: String) throws {
        guard !condition else { return }
        throw DataError(.malformed, path: part.name, expected: expected, found: found)
      }
      try require(
        part.features == training.features,
        "the features of the training part, \(training.features)", "others, \(part.features)")
      try require(
        training.classNames.starts(with: part.classNames), "the classes of the training part",
        "others")
    }
  }

  /// Takes the first `train` rows and the last `validation` rows of the training files.
  ///
  /// `train` is `nil` for all that are not held back.
  ///
  /// - Throws: `ConfigurationError` when a part is empty or the two overlap.
  public init(_ pair: DatasetPair, train: Int? = nil, validation: Int) throws {
    try self.init(pair.training, train: train, validation: validation, test: pair.test)
  }

  /// Takes the first `train` rows and the last `validation` rows of a data set.
  ///
  /// `train` is `nil` for all that are not held back.
  ///
  /// - Throws: `ConfigurationError` when a part is empty or the two overlap, `DataError` when the test
  ///   part has other features or classes.
  public init(
    _ dataset: Dataset, train: Int? = nil, validation: Int = 0, test: Dataset? = nil
  ) throws {
    let available = dataset.count
    guard validation >= 0, validation < available else {
      throw ConfigurationError(
        setting: "validation", expected: "0 to \(available - 1) \(dataset.rowsName)",
        found: "\(validation)")
    }
    let train = train ?? (available - validation)
    guard train >= 1, train <= available - validation else {
      throw ConfigurationError(
        setting: "train",
        expected: "1 to \(available - validation) \(dataset.rowsName), since \(dataset.name) has "
          + "\(available) and \(validation) of them are held out for validation",
        found: "\(train)", hint: "lower train or validation")
    }
    try self.init(
      training: dataset.subset(0..<train),
      validation: validation == 0 ? nil : dataset.subset((available - validation)..<available),
      test: test)
  }

  /// The test part, which some other name asks for.
  ///
  /// - Throws: `ConfigurationError` when there is none.
  func requireTest(for setting: String) throws -> Dataset {
    guard let test else {
      throw ConfigurationError(
        setting: setting, expected: "data with a test part", found: "none",
        hint: "give the DataSplit a test part")
    }
    return test
  }
}
