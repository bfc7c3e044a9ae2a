@testable import Strata

/// Small data sets of noise around a pattern for each class.
enum ToyData {
  /// `count` images of `side` × `side` grey pixels in `classes` classes.
  static func dataset(
    count: Int, side: Int = 6, classes: Int = 4, noise: Double = 40, seed: UInt64 = 1
  ) -> Dataset {
    let shape = ImageShape(channels: 1, height: side, width: side)
    var patternStream = RandomStream(seed: 99, for: .samples)
    let patterns = (0..<classes).map { _ in
      (0..<shape.count).map { _ in 60 + 140 * patternStream.uniform() }
    }
    var stream = RandomStream(seed: seed, for: .samples)
    let labels = (0..<count).map { _ in UInt16(stream.integer(below: classes)) }
    let bytes = labels.flatMap { label in
      patterns[Int(label)].map { UInt8(max(0, min(255, $0 + noise * stream.normal()))) }
    }
    let segment = DataRows.Segment(
      source: ByteBlock(bytes), firstOffset: 0, stride: shape.count, count: count)
    return Dataset(
      unchecked: DataRows(unchecked: [segment], of: .byte, columns: shape.count), labels: labels,
      name: "toy", features: .image(shape), classNames: (0..<classes).map { "class \($0)" })
  }

  /// Training and validation images of one kind, and test images of the same kind.
  static func split(
    train: Int = 200, validation: Int = 50, side: Int = 6, noise: Double = 40
  ) throws -> DataSplit {
    let pair = DatasetPair(
      training: dataset(count: train + validation, side: side, noise: noise, seed: 1),
      test: dataset(count: 100, side: side, noise: noise, seed: 2))
    return try DataSplit(pair, train: train, validation: validation)
  }

  /// A configuration that a test changes where it must.
  static func configuration(
    hidden: [Int] = [16, 12], batchNormalization: BatchNormalizationPlacement = .before,
    steps: Int = 60, batchSize: Int = 20
  ) -> TrainingConfiguration {
    TrainingConfiguration(
      hidden: hidden, batchNormalization: batchNormalization, schedule: .constant(0.05),
      updateSteps: steps, batchSize: batchSize, lambda: 0.001, seed: 1, evaluateEvery: 20)
  }
}
