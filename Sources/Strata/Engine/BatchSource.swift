/// The rows that batches are made of, and how they become standardized numbers.
final class BatchSource {
  private let rows: DataRows
  private let labels: [UInt16]
  private let addresses: UnsafeMutableBufferPointer<UnsafeRawPointer>
  /// How the numbers of a row become inputs.
  let scaling: InputScaling

  private init(_ rows: DataRows, labels: [UInt16], _ scaling: InputScaling) {
    precondition(scaling.view.count == rows.columns, "as many means as columns")
    self.rows = rows
    self.labels = labels
    self.scaling = scaling
    addresses = .allocate(capacity: rows.count)
    rows.forEachAddress { addresses.initializeElement(at: $0, to: $1) }
  }

  /// The rows of a data set.
  convenience init(_ dataset: Dataset, standardization: Standardization) {
    self.init(
      dataset.rows, labels: dataset.labels,
      InputScaling(standardization, of: dataset.rows.element))
  }

  /// Standardized inputs, shape [n, columns], row by row.
  convenience init(inputs: [Float], columns: Int, labels: [UInt16]) {
    let segment = DataRows.Segment(
      source: ByteBlock(copying: inputs), firstOffset: 0,
      stride: columns * MemoryLayout<Float>.size, count: labels.count)
    self.init(
      DataRows(unchecked: [segment], of: .float, columns: columns), labels: labels,
      InputScaling(identityOf: columns))
  }

  deinit { addresses.deallocate() }

  /// The number of rows.
  var count: Int { rows.count }

  /// The label of a row.
  func label(_ row: Int) -> Int32 { Int32(labels[row]) }

  /// Where a row begins.
  func address(_ row: Int) -> UnsafeRawPointer { addresses[row] }
}
