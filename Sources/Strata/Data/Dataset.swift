/// Labelled rows of bytes or floats, at least one, and what the inputs and the labels mean.
public struct Dataset: Sendable {
  /// The data set's name, for example `cifar10`.
  public let name: String
  /// What the inputs of a row are.
  public let features: Features
  /// The classes, in the order of their labels.
  public let classNames: [String]
  /// The inputs, one row an example.
  public let rows: DataRows
  /// The label of each row.
  public let labels: [UInt16]

  /// The number of rows.
  public var count: Int { labels.count }

  /// What messages call the rows.
  var rowsName: String { features.imageShape == nil ? "rows" : "images" }

  /// Creates a data set; nothing is copied.
  ///
  /// - Throws: `DataError` when there is no row, there are not as many labels as rows or as many
  ///   features as columns, a label has no class, or there are more than
  ///   ``Architecture/maximumClasses`` of them.
  public init(
    name: String, features: Features, classNames: [String], rows: DataRows, labels: [UInt16]
  ) throws {
    func require(_ condition: Bool, _ expected: String, _ found: String) throws {
      if !condition { throw DataError(.malformed, path: name, expected: expected, found: found) }
    }
    try require(rows.count > 0, "at least one row", "none")
    try require(
      labels.count == rows.count, "\(rows.count) labels, one for each row", "\(labels.count)")
    try require(
      features.checkedCount == rows.columns, "features for rows of \(rows.columns) numbers",
      "\(features)")
    let limit = Architecture.maximumClasses
    try require(
      (1...limit).contains(classNames.count), "1 to \(limit) classes", "\(classNames.count)")
    let greatest = labels.max() ?? 0
    try require(
      greatest < classNames.count, "labels from 0 to \(classNames.count - 1)", "label \(greatest)")
    self.init(
      unchecked: rows, labels: labels, name: name, features: features, classNames: classNames)
  }

  init(
    unchecked rows: DataRows, labels: [UInt16], name: String, features: Features,
    classNames: [String]
  ) {
    self.name = name
    self.features = features
    self.classNames = classNames
    self.rows = rows
    self.labels = labels
  }

  /// The rows of a range; nothing is copied but the labels.
  ///
  /// - Precondition: the range lies in 0..<count and is not empty.
  public func subset(_ range: Range<Int>) -> Dataset {
    precondition(!range.isEmpty, "a data set has at least one row")
    return Dataset(
      unchecked: rows.subset(range), labels: Array(labels[range]), name: name, features: features,
      classNames: classNames)
  }

  /// The shape of images whose pixels can be changed.
  ///
  /// - Parameter setting: The setting that asks for changes.
  /// - Throws: `ConfigurationError` when the rows are no images of bytes.
  func shapeOfBytes(for setting: String) throws -> ImageShape {
    guard let shape = features.imageShape, rows.element == .byte else {
      throw ConfigurationError(
        setting: setting, expected: "images of bytes in \(name), which alone can be changed",
        found: rows.element == .byte ? "\(features)" : "\(features) of floats",
        hint: "remove \(setting)")
    }
    return shape
  }
}
