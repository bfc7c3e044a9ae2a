/// A model that is ready to classify images, with the memory and the threads that this takes.
///
/// A classifier writes into its memory while it works, so it is not `Sendable`: the compiler lets
/// one task at a time have it. Make one for each task that classifies.
public final class Classifier {
  private let classNames: [String]
  private let shape: ImageShape
  private let scaling: InputScaling
  private let pool: ThreadPool
  /// One for each thread.
  private let cores: [InferenceCore]

  /// Checks the model and allocates the memory for a pass.
  ///
  /// - Parameters:
  ///   - model: The model; later changes to the caller's copy have no effect.
  ///   - threads: Threads that share the images of a call; results do not depend on it.
  ///   - kernels: The instruction set that computes.
  ///   - precision: The numbers that products multiply.
  /// - Throws: `DataError` when parts of the model do not belong together or a number is not finite,
  ///   `ConfigurationError` when the kernels lack the precision.
  public convenience init(
    _ model: Model, threads: Int = 1, kernels: KernelSet = .best, precision: Precision = .float32
  ) throws {
    try self.init(
      model, capacity: InferenceCore.blockRows, threads: threads, kernels: kernels,
      precision: precision)
  }

  init(
    _ model: Model, capacity: Int, threads: Int, kernels: KernelSet,
    precision: Precision = .float32
  ) throws {
    try model.validate(path: "model")
    try kernels.check(precision)
    classNames = model.classNames
    shape = model.shape
    scaling = InputScaling(model.standardization)
    pool = ThreadPool(count: threads)
    let network = InferenceNetwork(model.network, kernels: kernels, precision: precision)
    cores = (0..<pool.count).map { _ in InferenceCore(network, capacity: capacity) }
  }

  /// Classifies one image.
  ///
  /// - Parameter pixels: The bytes of the image, plane by plane, as many as the model has inputs.
  /// - Throws: `DataError` when the number of pixels is another.
  public func classify(_ pixels: [UInt8]) throws -> Classification {
    try check(pixels, name: "image")
    let probabilities = probabilities(of: pixels, count: 1)
    return classification(probabilities[...])
  }

  /// Classifies several images, in order.
  ///
  /// - Parameter images: The bytes of each image, as for one.
  /// - Throws: `DataError` when the number of pixels of one is another; nothing is classified then.
  public func classify(_ images: [[UInt8]]) throws -> [Classification] {
    for (index, image) in images.enumerated() { try check(image, name: "image \(index)") }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(images.count * scaling.count)
    for image in images { pixels.append(contentsOf: image) }
    let probabilities = probabilities(of: pixels, count: images.count)
    let classes = classNames.count
    return images.indices.map {
      classification(probabilities[$0 * classes..<($0 + 1) * classes])
    }
  }

  /// The probability of every class for many images: the fastest way to classify them.
  ///
  /// - Parameter pixels: The bytes of the images one after the other, shape [n, d].
  /// - Returns: The probabilities, shape [n, K].
  /// - Throws: `DataError` when the bytes are not whole images.
  public func probabilities(of pixels: [UInt8]) throws -> [Float] {
    guard pixels.count.isMultiple(of: scaling.count) else {
      throw DataError(
        .malformed, path: "images", expected: "a multiple of \(pixelsOfAnImage)",
        found: "\(pixels.count)")
    }
    return probabilities(of: pixels, count: pixels.count / scaling.count)
  }

  private func check(_ pixels: [UInt8], name: String) throws {
    guard pixels.count == scaling.count else {
      throw DataError(
        .malformed, path: name, expected: pixelsOfAnImage, found: "\(pixels.count)")
    }
  }

  private var pixelsOfAnImage: String {
    "\(scaling.count) pixels (\(shape.channels) × \(shape.height) × \(shape.width))"
  }

  private func probabilities(of pixels: [UInt8], count: Int) -> [Float] {
    pixels.withUnsafeBufferPointer { pixels in
      [Float](unsafeUninitializedCapacity: count * classNames.count) { output, initialized in
        initialized = count * classNames.count
        guard let source = pixels.baseAddress, let target = output.baseAddress else { return }
        computeProbabilities(of: source, count: count, into: target)
      }
    }
  }

  private func computeProbabilities(
    of source: UnsafePointer<UInt8>, count: Int, into target: UnsafeMutablePointer<Float>
  ) {
    // Each thread has a core and rows of the target to itself.
    let cores = cores
    let scaling = scaling.view
    nonisolated(unsafe) let (source, target) = (source, target)
    withExtendedLifetime(self) {
      pool.run(blocksOf: cores[0].capacity, in: count) { thread, rows in
        cores[thread].computeProbabilities(of: source, rows: rows, scaling: scaling, into: target)
      }
    }
  }

  private func classification(_ probabilities: ArraySlice<Float>) -> Classification {
    let probabilities = Array(probabilities)
    var label = 0
    for index in probabilities.indices where probabilities[index] > probabilities[label] {
      label = index
    }
    return Classification(
      label: label, className: classNames[label], probabilities: probabilities)
  }
}
