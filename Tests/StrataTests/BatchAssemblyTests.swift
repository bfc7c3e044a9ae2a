import Testing

@testable import Strata

/// The way from bytes to the first layer's products, in the sizes that take different ways.
@Suite struct BatchAssemblyTests {
  @Test(
    "bytes become p · factor + offset, in any number of rows and columns",
    arguments: KernelSet.available.map(\.name))
  func standardize(kernel: String) throws {
    let kernels = try KernelSet(named: kernel)
    let count = 264
    var stream = RandomStream(seed: 3, for: .samples)
    let standardization = Standardization(
      mean: (0..<count).map { _ in Float(stream.uniform()) },
      deviation: (0..<count).map { _ in Float(0.1 + stream.uniform()) })
    let scaling = InputScaling(standardization)
    let bytes = (0..<11 * count).map { _ in UInt8(stream.integer(below: 256)) }
    for (rows, columns) in [(1, 0..<16), (4, 0..<64), (5, 64..<144), (6, 0..<264), (11, 192..<272)]
    {
      let block = FlatBlock(count: rows * paddedStride(columns.count))
      let target = MatrixView(block.base, rows: rows, columns: columns.count)
      write(bytes, rowLength: count, scaling, columns: columns, to: target, kernels)
      for row in 0..<rows {
        for column in columns {
          let actual = target.base[row * target.stride + column - columns.lowerBound]
          guard column < count else {
            #expect(actual == 0, "beyond the last input")
            continue
          }
          let pixel = Double(bytes[row * count + column]) / 255
          let expected =
            (pixel - Double(standardization.mean[column]))
            / Double(standardization.deviation[column])
          #expect(abs(Double(actual) - expected) < 1e-5, "row \(row), column \(column)")
        }
      }
    }
  }

  private func write(
    _ bytes: [UInt8], rowLength: Int, _ scaling: InputScaling, columns: Range<Int>,
    to target: MatrixView, _ kernels: KernelSet
  ) {
    bytes.withUnsafeBufferPointer { bytes in
      let pixels = PixelPointers.allocate(capacity: target.rows)
      defer { pixels.deallocate() }
      for row in 0..<target.rows { pixels[row] = bytes.baseAddress.map { $0 + row * rowLength } }
      scaling.view.write(
        rows: target.rows, pixels, next: pixels, columns: columns, to: target, kernels: kernels)
    }
  }

  /// Sides of grey images and first widths: halves of the inputs, more blocks of depth than one,
  /// weights that leave the second-level cache, and none of these.
  private static let sizes = [(20, 9), (33, 40), (46, 30), (33, 200), (40, 300)]

  @Test(
    "evaluations of large images are the reference's", arguments: KernelSet.available.map(\.name))
  func evaluation(kernel: String) throws {
    for (side, width) in Self.sizes {
      let dataset = ToyData.dataset(count: 107, side: side)
      let model = try SampleModel.model(dataset.shape, hidden: [width], classes: 4, .before)
      let logits = SampleModel.referenceLogits(
        model, (0..<dataset.count).map { dataset.pixels[$0] })
      let evaluation = Evaluator(threads: 2, kernels: try KernelSet(named: kernel)).evaluate(
        model.network, standardization: model.standardization, on: dataset, lambda: 0)
      expectClose(
        [evaluation.metrics.loss], [crossEntropy(logits, labels: dataset.labels)],
        relative: 1e-4, absolute: 1e-6)
    }
  }

  /// A few rows, and more than are standardized together.
  private static let batches: [[Int32]] = [
    [7, 3, 59, 0, 12, 12, 41, 30, 5, 8, 9], (0..<300).map { $0 * 7 % 60 },
  ]

  @Test(
    "a step from bytes is the step from the same numbers",
    arguments: KernelSet.available.map(\.name), batches)
  func step(kernel: String, rows: [Int32]) throws {
    let kernels = try KernelSet(named: kernel)
    for (side, width) in Self.sizes {
      let dataset = ToyData.dataset(count: 60, side: side)
      let standardization = Standardization(measuring: dataset, kernels: kernels)
      let architecture = try Architecture(
        inputs: dataset.shape.count, hidden: [width, 12], classes: 4, batchNormalization: .before)
      var stream = RandomStream(seed: 1, for: .weights)
      let network = Network(architecture, initialization: .he, using: &stream)
      let engine = TrainingEngine(
        architecture, capacity: rows.count, pool: ThreadPool(count: 2), kernels: kernels)
      var fromBytes = network
      let source = BatchSource(dataset, standardization: standardization)
      engine.core.inputs.choose(rows[...], next: rows[2..<5], of: source)
      _ = engine.step(&fromBytes, goal: .descend(rate: 0.1, lambda: 0.01))
      var fromNumbers = network
      engine.core.inputs.take(
        inputs(of: dataset, rows, standardization), labels: rows.map { dataset.labels[Int($0)] })
      _ = engine.step(&fromNumbers, goal: .descend(rate: 0.1, lambda: 0.01))
      expectClose(
        Array(fromBytes.parameters.elements), Array(fromNumbers.parameters.elements),
        relative: 1e-3, absolute: 2e-4)
      withExtendedLifetime(source) {}
    }
  }

  private func inputs(
    of dataset: Dataset, _ rows: [Int32], _ standardization: Standardization
  ) -> [Float] {
    rows.flatMap { row in
      dataset.pixels[Int(row)].enumerated().map { column, pixel in
        Float(
          (Double(pixel) / 255 - Double(standardization.mean[column]))
            / Double(standardization.deviation[column]))
      }
    }
  }
}
