/// The prediction of a model for one image.
public struct Classification: Sendable, Hashable {
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
  /// Classifies one image.
  ///
  /// Checks the whole model each time; for many calls, make a ``Classifier`` once.
  ///
  /// - Parameters:
  ///   - pixels: The bytes of the image, plane by plane, as many as `shape.count`.
  ///   - kernels: The instruction set that computes.
  /// - Throws: `DataError` when the number of pixels is another, or the parts of the model do not
  ///   belong together.
  public func classify(
    _ pixels: [UInt8], kernels: KernelSet = .best
  ) throws -> Classification {
    try Classifier(self, capacity: 1, threads: 1, kernels: kernels).classify(pixels)
  }

  /// Classifies several images.
  ///
  /// - Parameters:
  ///   - images: The bytes of each image, plane by plane, as many as `shape.count`.
  ///   - kernels: The instruction set that computes.
  /// - Throws: `DataError` when the number of pixels is another, or the parts of the model do not
  ///   belong together.
  public func classify(
    _ images: [[UInt8]], kernels: KernelSet = .best
  ) throws -> [Classification] {
    let capacity = min(max(1, images.count), InferenceCore.blockRows)
    return try Classifier(self, capacity: capacity, threads: 1, kernels: kernels).classify(images)
  }
}
