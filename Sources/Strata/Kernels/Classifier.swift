/// A model that is ready to classify images, with the memory that this takes.
///
/// A classifier writes into its memory while it works, so it is not `Sendable`: the compiler lets
/// one task at a time have it. Make one for each task that classifies.
public final class Classifier {
  private let classNames: [String]
  private let shape: ImageShape
  private let scaling: InputScaling
  private let core: InferenceCore
  private let kernels: KernelSet

  /// Checks the model and allocates the memory for a pass.
  ///
  /// - Parameters:
  ///   - model: The model; later changes to the caller's copy have no effect.
  ///   - kernels: The instruction set that computes.
  /// - Throws: `DataError` when parts of the model do not belong together or a number is not finite.
  public convenience init(_ model: Model, kernels: KernelSet = .best) throws {
    try self.init(model, capacity: Self.defaultCapacity, kernels: kernels)
  }

  /// Images that are taken through the network together: enough to reuse the weights in the cache.
  private static let defaultCapacity = 16

  init(_ model: Model, capacity: Int, kernels: KernelSet) throws {
    try model.validate(path: "model")
    classNames = model.classNames
    shape = model.shape
    scaling = InputScaling(model.standardization)
    core = InferenceCore(model.network, capacity: capacity, kernels: kernels)
    self.kernels = kernels
  }

  /// Classifies one image.
  ///
  /// - Parameter pixels: The bytes of the image, plane by plane, as many as the model has inputs.
  /// - Throws: `DataError` when the number of pixels is another.
  public func classify(_ pixels: [UInt8]) throws -> Classification {
    try check(pixels, name: "image")
    fetch(pixels, row: 0)
    return results(rows: 1)[0]
  }

  /// Classifies several images, in order.
  ///
  /// - Parameter images: The bytes of each image, as for one.
  /// - Throws: `DataError` when the number of pixels of one is another; nothing is classified then.
  public func classify(_ images: [[UInt8]]) throws -> [Classification] {
    for (index, image) in images.enumerated() { try check(image, name: "image \(index)") }
    var classifications: [Classification] = []
    classifications.reserveCapacity(images.count)
    for start in stride(from: 0, to: images.count, by: core.capacity) {
      let block = images[start..<min(start + core.capacity, images.count)]
      for (row, image) in block.enumerated() { fetch(image, row: row) }
      classifications += results(rows: block.count)
    }
    return classifications
  }

  private func check(_ pixels: [UInt8], name: String) throws {
    guard pixels.count == scaling.count else {
      throw DataError(
        .malformed, path: name,
        expected: "\(scaling.count) pixels (\(shape.channels) × \(shape.height) × \(shape.width))",
        found: "\(pixels.count)")
    }
  }

  private func fetch(_ pixels: [UInt8], row: Int) {
    pixels.withUnsafeBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      scaling.write(
        base, next: base, columns: 0..<pixels.count,
        to: core.input.base + row * core.input.stride, kernels: kernels)
    }
  }

  private func results(rows: Int) -> [Classification] {
    let view = core.computeLogits(rows: rows)
    core.applySoftmax(to: view)
    return (0..<rows).map { row in
      let values = view.base + row * view.stride
      let label = largestIndex(values, count: classNames.count)
      return Classification(
        label: label, className: classNames[label],
        probabilities: Array(UnsafeBufferPointer(start: values, count: classNames.count)))
    }
  }
}
