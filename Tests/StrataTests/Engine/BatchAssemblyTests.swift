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
    let scaling = InputScaling(standardization, of: .byte)
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
      let pixels = RowAddresses.allocate(capacity: target.rows)
      defer { pixels.deallocate() }
      for row in 0..<target.rows {
        pixels[row] = bytes.baseAddress.map { UnsafeRawPointer($0 + row * rowLength) }
      }
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
      let model = try SampleModel.model(dataset.features, hidden: [width], classes: 4, .before)
      let logits = SampleModel.referenceLogits(
        model, (0..<dataset.count).map { dataset.rows.bytes(of: $0) })
      let evaluation = try Evaluator(threads: 2, kernels: try KernelSet(named: kernel)).evaluate(
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
    for precision in Precision.allCases where kernels.supports(precision) {
      try step(rows, kernels, precision)
    }
  }

  private func step(_ rows: [Int32], _ kernels: KernelSet, _ precision: Precision) throws {
    for (side, width) in Self.sizes {
      let dataset = ToyData.dataset(count: 60, side: side)
      let standardization = Standardization(measuring: dataset, kernels: kernels)
      let architecture = try Architecture(
        inputs: dataset.features.count, hidden: [width, 12], classes: 4, batchNormalization: .before
      )
      var stream = RandomStream(seed: 1, for: .weights)
      let network = Network(architecture, initialization: .he, using: &stream)
      let engine = CPUTrainingEngine(
        network, capacity: rows.count, pool: ThreadPool(count: 2), kernels: kernels,
        precision: precision)
      let step = UpdateStep(rule: .descent(rate: 0.1), lambda: 0.01)
      let source = BatchSource(dataset, standardization: standardization)
      engine.take(Batch(rows: rows[...], next: rows[2..<5], epoch: 0, source: source))
      _ = try engine.computeGradient(step)
      let fromBytes = engine.network
      engine.network = network
      let given = BatchSource(
        inputs: inputs(of: dataset, rows, standardization), columns: dataset.rows.columns,
        labels: rows.map { dataset.labels[Int($0)] })
      engine.take(Batch(allOf: given))
      _ = try engine.computeGradient(step)
      let fromNumbers = engine.network
      let bytes = fromBytes.parameters.elements.map(Double.init)
      let numbers = fromNumbers.parameters.elements.map(Double.init)
      if precision == .float32 {
        expectClose(bytes, numbers, relative: 1e-3, absolute: 2e-4)
      } else {  // A number near the middle of two may be rounded either way.
        let difference = zip(bytes, numbers).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        #expect(difference < 1e-6 * numbers.reduce(0) { $0 + $1 * $1 })
      }
    }
  }

  private func inputs(
    of dataset: Dataset, _ rows: [Int32], _ standardization: Standardization
  ) -> [Float] {
    rows.flatMap { row in
      dataset.rows.bytes(of: Int(row)).enumerated().map { column, pixel in
        Float(
          (Double(pixel) / 255 - Double(standardization.mean[column]))
            / Double(standardization.deviation[column]))
      }
    }
  }
}

/// Pairs that are made from bytes in one pass.
@Suite(.enabled(if: KernelSet.best.supports(.bf16), "this processor lacks bfloat16 products"))
struct PairAssemblyTests {
  @Test("pairs made from bytes have the bits of numbers that are rounded", arguments: [1, 2, 5, 8])
  func bits(rows: Int) throws {
    let kernels = try #require(KernelSet.best.pairs)
    let dataset = ToyData.dataset(count: rows, side: 33)
    let standardization = Standardization(measuring: ToyData.dataset(count: 50, side: 33))
    let source = BatchSource(dataset, standardization: standardization)
    let pixels = RowAddresses.allocate(capacity: rows)
    defer { pixels.deallocate() }
    for row in 0..<rows { pixels[row] = source.address(row) }
    let memory = FlatBlock(count: PairScratch.count(width: 1))
    for columns in [0..<32, 64..<1024, 1024..<1104, 1072..<1104] {
      let block = FlatBlock(count: 2 * rows * paddedStride(columns.count))
      let numbers = MatrixView(block.base, rows: rows, columns: columns.count)
      let pairs = MatrixView(
        block.base + rows * numbers.stride, rows: rows, columns: columns.count)
      func write(_ form: InputScaling.Form, to target: MatrixView) {
        source.scaling.view.write(
          form, rows: rows, pixels, next: pixels, columns: columns, to: target, kernels: kernels)
      }
      write(.numbers, to: numbers)
      let factors = Factors(pairs: kernels, scratch: PairScratch(memory.base), packing: nil)
      let neighbours = factors.neighbours(numbers, .left)
      write(
        .neighbours,
        to: MatrixView(pairs.base, rows: rows, columns: columns.count / 2))
      expectSameBits(
        neighbours, MatrixView(pairs.base, rows: rows, columns: columns.count / 2))
      let stacked = factors.stacked(numbers, .left)
      write(.stacked, to: pairs.withRows(stacked.rows))
      expectSameBits(stacked, pairs.withRows(stacked.rows))
    }
    withExtendedLifetime(source) {}
  }

  private func expectSameBits(_ a: MatrixView, _ b: MatrixView) {
    let places = (0..<a.rows).flatMap { row in (0..<a.columns).map { (row, $0) } }
    let differing = places.filter { row, column in
      a.base[row * a.stride + column].bitPattern != b.base[row * b.stride + column].bitPattern
    }
    #expect(differing.isEmpty, "\(differing.count) of \(places.count)")
  }
}
