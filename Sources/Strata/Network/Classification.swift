/// The prediction of a model for one row.
public struct Classification: Sendable, Hashable, Codable {
  /// The most probable class, counted from 0; the first where several are equally probable.
  public let label: Int
  /// The name of that class.
  public let className: String
  /// The probability of every class, shape [K].
  public let probabilities: [Float]

  /// The probability of the most probable class.
  public var probability: Float { probabilities[label] }
}

extension Model {
  /// Classifies one row.
  ///
  /// Checks the whole model each time; for many calls, make a ``Classifier`` once.
  ///
  /// - Parameters:
  ///   - row: As many numbers as the model has inputs: the bytes of an image plane by plane, or the
  ///     floats of a row.
  ///   - kernels: The instruction set that computes.
  /// - Throws: `DataError` when there are more or fewer numbers, one is not finite, or the parts of the
  ///   model do not belong together.
  public func classify<Number: RowElement>(
    _ row: [Number], kernels: KernelSet = .best
  ) throws -> Classification {
    try Classifier(self, capacity: 1, threads: 1, kernels: kernels).classify(row)
  }

  /// Classifies several rows, in order.
  ///
  /// - Parameters:
  ///   - rows: The numbers of each row, as for one.
  ///   - kernels: The instruction set that computes.
  /// - Throws: `DataError` when a row has more or fewer numbers, one is not finite, or the parts of the
  ///   model do not belong together.
  public func classify<Number: RowElement>(
    _ rows: [[Number]], kernels: KernelSet = .best
  ) throws -> [Classification] {
    let capacity = min(max(1, rows.count), InferenceCore.blockRows)
    return try Classifier(self, capacity: capacity, threads: 1, kernels: kernels).classify(rows)
  }
}
