/// The mean and standard deviation of every input over the training images.
///
/// x = (pixel / 255 − mean) / deviation, input by input; the statistics come from the training
/// part alone and travel inside the model file.
public struct Standardization: Sendable, Hashable {
  /// The mean of each input, in units of pixel / 255.
  public let mean: [Float]
  /// The standard deviation of each input, in units of pixel / 255; positive.
  public let deviation: [Float]

  /// Creates a standardization.
  ///
  /// - Precondition: as many means as deviations.
  public init(mean: [Float], deviation: [Float]) {
    precondition(mean.count == deviation.count)
    self.mean = mean
    self.deviation = deviation
  }

  /// The inputs of one image: x = (pixel / 255 − mean) / deviation.
  ///
  /// - Precondition: as many pixels as means.
  public func inputs(of pixels: [UInt8]) -> [Float] {
    precondition(pixels.count == mean.count)
    return pixels.indices.map { (Float(pixels[$0]) / 255 - mean[$0]) / deviation[$0] }
  }
}
