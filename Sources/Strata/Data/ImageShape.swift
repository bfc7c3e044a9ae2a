/// The shape of the images of a data set; a row holds its planes one after the other.
public struct ImageShape: Sendable, Hashable, Codable {
  /// Colour planes: 1 for grey, 3 for red, green, blue.
  public let channels: Int
  /// Rows of pixels.
  public let height: Int
  /// Columns of pixels.
  public let width: Int

  /// Creates a shape.
  public init(channels: Int, height: Int, width: Int) {
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// Pixels of all planes: the inputs of a network, d.
  public var count: Int { channels * height * width }
}
