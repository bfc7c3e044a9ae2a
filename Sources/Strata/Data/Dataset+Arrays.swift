extension Dataset {
  /// A table of rows of `Float`s or bytes, which are copied.
  ///
  /// - Parameters:
  ///   - rows: The numbers of each row, shape [n, d].
  ///   - labels: The class of each row, counted from 0, shape [n].
  ///   - columnNames: The names of the columns; by default 0, 1, …, d − 1.
  ///   - classNames: The names of the classes; by default 0, 1, …, up to the greatest label.
  ///   - name: The name of the data set.
  /// - Throws: `DataError` when there is no row, the rows differ in length, a number is not finite, or
  ///   the counts or the labels do not fit.
  public init<Number: RowElement>(
    rows: [[Number]], labels: [Int], columnNames: [String]? = nil, classNames: [String]? = nil,
    name: String = "table"
  ) throws {
    let columns = rows.first?.count ?? 0
    if let wrong = rows.firstIndex(where: { $0.count != columns }) {
      throw DataError(
        .malformed, path: name, expected: "rows of \(columns) numbers, like the first",
        found: "\(rows[wrong].count) in row \(wrong), counted from 0")
    }
    try self.init(
      values: rows.flatMap { $0 }, columns: columns, labels: labels, columnNames: columnNames,
      classNames: classNames, name: name)
  }

  /// A table of rows that lie one after the other in an array or a buffer, which is copied.
  ///
  /// - Parameters:
  ///   - values: The numbers, row by row, shape [n, d].
  ///   - columns: The numbers of a row, d.
  ///   - labels: The class of each row, counted from 0, shape [n].
  ///   - columnNames: The names of the columns; by default 0, 1, …, d − 1.
  ///   - classNames: The names of the classes; by default 0, 1, …, up to the greatest label.
  ///   - name: The name of the data set.
  /// - Throws: `DataError` when there is no row, the values are no whole rows, a number is not finite,
  ///   or the counts or the labels do not fit.
  public init<Number: RowElement>(
    values: some Collection<Number>, columns: Int, labels: [Int], columnNames: [String]? = nil,
    classNames: [String]? = nil, name: String = "table"
  ) throws {
    try self.init(
      values, columnNames.map(Features.columns) ?? .numberedColumns(columns), columns: columns,
      labels: labels, classNames: classNames, name: name)
  }

  /// Images that lie one after the other in an array or a buffer, which is copied.
  ///
  /// - Parameters:
  ///   - images: The pixels, image by image, plane by plane: bytes, or floats in units of byte / 255.
  ///   - shape: The shape of every image.
  ///   - labels: The class of each image, counted from 0, shape [n].
  ///   - classNames: The names of the classes; by default 0, 1, …, up to the greatest label.
  ///   - name: The name of the data set.
  /// - Throws: `DataError` when there is no image, the pixels are no whole images, a number is not
  ///   finite, or the counts or the labels do not fit.
  public init<Number: RowElement>(
    images: some Collection<Number>, shape: ImageShape, labels: [Int],
    classNames: [String]? = nil, name: String = "images"
  ) throws {
    try self.init(
      images, .image(shape), columns: shape.checkedCount ?? 0, labels: labels,
      classNames: classNames, name: name)
  }

  private init<Number: RowElement>(
    _ values: some Collection<Number>, _ features: Features, columns: Int, labels: [Int],
    classNames: [String]?, name: String
  ) throws {
    let limit = Architecture.maximumClasses
    if let row = labels.firstIndex(where: { !(0..<limit).contains($0) }) {
      throw DataError(
        .malformed, path: name, expected: "labels from 0 to \(limit - 1)",
        found: "label \(labels[row]) of row \(row), counted from 0")
    }
    let classes = (labels.max() ?? 0) + 1
    do {
      try self.init(
        name: name, features: features, classNames: classNames ?? (0..<classes).map(String.init),
        rows: DataRows(copying: values, columns: columns), labels: labels.map(UInt16.init))
    } catch let error as DataError {
      throw DataError(error.kind, path: name, expected: error.expected, found: error.found)
    }
  }
}
