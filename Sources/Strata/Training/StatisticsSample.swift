/// Images on which the statistics of batch normalization are measured when training is over.
public struct StatisticsSample: Sendable, Hashable, Codable {
  /// Where the images are from.
  public enum Part: String, Sendable, Hashable, Codable {
    /// The training part: precise statistics.
    ///
    /// - SeeAlso: Wu & Johnson 2021, section 3, <https://arxiv.org/abs/2105.07576>.
    case training
    /// The test part, whose labels are not looked at: adaptive statistics.
    ///
    /// - SeeAlso: Li, Wang, Shi, Liu & Hou 2017, section 3, <https://arxiv.org/abs/1603.04779>.
    case test
  }

  /// Where the images are from.
  public let part: Part
  /// The number of images, drawn without repetition.
  public let count: Int
  /// Whether each image is mirrored with probability 1/2.
  public let flips: Bool

  /// Describes a sample.
  public init(_ part: Part, count: Int, flips: Bool = false) {
    self.part = part
    self.count = count
    self.flips = flips
  }

  /// Checks that there are enough rows, images where they are mirrored, and a network that has
  /// statistics.
  ///
  /// - Parameters:
  ///   - dataset: The part; `nil` when the data has none.
  ///   - setting: The setting that requested the sample.
  /// - Throws: `ConfigurationError`.
  package func validate(
    for architecture: Architecture, on dataset: Dataset?, setting: String
  ) throws {
    guard architecture.isNormalized else {
      throw ConfigurationError(
        setting: setting, expected: "no value for a network without batch normalization",
        found: "\(count)", hint: "remove \(setting)")
    }
    let available = dataset?.count ?? 0
    guard (2...max(2, available)).contains(count), available >= 2 else {
      throw ConfigurationError(
        setting: setting,
        expected: "2 to \(available), the number of \(dataset?.rowsName ?? "rows")",
        found: "\(count)")
    }
    if flips { _ = try dataset?.shapeOfBytes(for: setting) }
  }
}
