import Strata

/// Images that mean nothing: random bytes in memory.
///
/// `@unchecked Sendable`: nobody writes there after it was made.
final class RandomImages: ByteSource, @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer

  init(count: Int) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 64)
    var state: UInt64 = 1
    for index in 0..<count {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      buffer[index] = UInt8(truncatingIfNeeded: state >> 56)
    }
    bytes = UnsafeRawBufferPointer(buffer)
  }

  deinit { bytes.deallocate() }
}

/// A training run on images of CIFAR-10's size.
struct Workload {
  var hidden: [Int]
  var inputs = ImageShape(channels: 3, height: 32, width: 32)
  var normalization = BatchNormalizationPlacement.before
  var batchSize: Int
  /// Update steps of an epoch, each with a whole batch.
  var steps = 200

  /// Training images.
  var images: Int { steps * batchSize }

  /// Multiplications and additions of a step's matrix products.
  var operations: Double {
    let widths = [inputs.count] + hidden + [10]
    let products = zip(widths, widths.dropFirst()).map { Double($0 * $1) }
    let total = products.reduce(0, +)
    return 2 * Double(batchSize) * (3 * total - products[0])
  }

  /// The data; the same bytes serve for training and test.
  func data() throws -> DataSplit {
    let source = RandomImages(count: images * inputs.count)
    let rows = try DataRows(
      of: .byte, columns: inputs.count,
      segments: [.init(source: source, firstOffset: 0, stride: inputs.count, count: images)])
    let training = try Dataset(
      name: "random", features: .image(inputs), classNames: (0..<10).map { "class \($0)" },
      rows: rows, labels: (0..<images).map { UInt16($0 % 10) })
    return try DataSplit(
      DatasetPair(training: training, test: training.subset(0..<1)), validation: 0)
  }

  /// Seconds of one of `steps` update steps.
  func secondsPerStep(
    steps: Int, data: DataSplit, threads: Int, kernels: KernelSet, precision: Precision = .float32
  ) throws -> Double {
    let configuration = TrainingConfiguration(
      hidden: hidden, batchNormalization: normalization, precision: precision,
      schedule: .constant(1e-4), updateSteps: steps, batchSize: batchSize, lambda: 0.005, seed: 1,
      evaluateEvery: steps)
    let trainer = try Trainer(configuration, data: data, threads: threads, kernels: kernels)
    var time = 0.0
    try trainer.run { event in
      if case .progress(let progress) = event { time = progress.trainSeconds }
    }
    return time / Double(steps)
  }
}
