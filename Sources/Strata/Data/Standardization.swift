/// The mean and standard deviation of every input over the training rows.
///
/// An input is (x − mean) / deviation, column by column, where x is byte / 255 of rows of bytes and
/// the number itself of rows of floats. The statistics come from the training part alone and travel
/// inside the model file.
public struct Standardization: Sendable, Hashable {
  /// The mean of each column.
  public let mean: [Float]
  /// The standard deviation of each column; positive.
  public let deviation: [Float]

  /// Creates a standardization.
  ///
  /// - Precondition: as many means as deviations.
  public init(mean: [Float], deviation: [Float]) {
    precondition(mean.count == deviation.count)
    self.mean = mean
    self.deviation = deviation
  }

  /// The inputs of one row: (x − mean) / deviation.
  ///
  /// - Parameter row: The numbers of the row as ``DataRows/subscript(_:)`` gives them, shape [d].
  /// - Precondition: as many numbers as means.
  public func inputs(of row: [Float]) -> [Float] {
    precondition(row.count == mean.count)
    return row.indices.map { (row[$0] - mean[$0]) / deviation[$0] }
  }
}
