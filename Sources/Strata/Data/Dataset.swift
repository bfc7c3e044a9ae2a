/// Labelled images: rows of bytes, a label for each, and what the labels mean.
public struct Dataset: Sendable {
  /// The data set's name, for example `cifar10`.
  public let name: String
  /// The shape of every image.
  public let shape: ImageShape
  /// The classes, in the order of their labels.
  public let classNames: [String]
  /// The pixels, one row an image.
  public let pixels: PixelRows
  /// The label of each row.
  public let labels: [UInt8]

  /// The number of images.
  public var count: Int { labels.count }

  /// Creates a data set.
  ///
  /// - Precondition: as many labels as rows, rows as long as the shape says, labels in range.
  public init(
    name: String, shape: ImageShape, classNames: [String], pixels: PixelRows, labels: [UInt8]
  ) {
    precondition(pixels.count == labels.count && pixels.rowLength == shape.count)
    precondition(labels.allSatisfy { $0 < classNames.count })
    self.name = name
    self.shape = shape
    self.classNames = classNames
    self.pixels = pixels
    self.labels = labels
  }

  /// The images of a range of rows; nothing is copied but the labels.
  public func subset(_ range: Range<Int>) -> Dataset {
    Dataset(
      name: name, shape: shape, classNames: classNames, pixels: pixels.subset(range),
      labels: Array(labels[range]))
  }
}

/// The training files of a data set and its test files.
public struct DatasetPair: Sendable {
  /// The images to train on, from which the validation part is taken.
  public let training: Dataset
  /// The images that only the final result is measured on.
  public let test: Dataset

  /// Creates a pair.
  public init(training: Dataset, test: Dataset) {
    self.training = training
    self.test = test
  }
}

/// What a run learns from, watches and is judged by.
public struct DataSplit: Sendable {
  /// The images whose gradient is followed.
  public let training: Dataset
  /// The images that progress is measured on; `nil` when none are held back.
  public let validation: Dataset?
  /// The images that the final accuracy is measured on.
  public let test: Dataset

  /// Takes the first `train` images and the last `validation` images of the training files.
  ///
  /// `train` is `nil` for all that are not held back.
  ///
  /// - Throws: `ConfigurationError` when a part is empty or the two overlap.
  public init(_ pair: DatasetPair, train: Int? = nil, validation: Int) throws {
    let available = pair.training.count
    guard validation >= 0, validation < available else {
      throw ConfigurationError(
        setting: "validation", expected: "0 to \(available - 1) images", found: "\(validation)")
    }
    let train = train ?? (available - validation)
    guard train >= 1, train <= available - validation else {
      throw ConfigurationError(
        setting: "train",
        expected: "1 to \(available - validation) images, since \(pair.training.name) has "
          + "\(available) and \(validation) of them are held out for validation",
        found: "\(train)", hint: "lower train or validation")
    }
    training = pair.training.subset(0..<train)
    self.validation =
      validation == 0 ? nil : pair.training.subset((available - validation)..<available)
    test = pair.test
  }
}
