extension Standardization {
  /// Measures the mean and the population standard deviation of every input of `dataset`.
  ///
  /// mean = (1/n) Σ p / 255 and deviation = √((1/n) Σ p² − ((1/n) Σ p)²) / 255. The sums are whole
  /// numbers and exact, so the difference loses nothing. An input that never varies gets the
  /// deviation 1, which makes it 0 everywhere.
  ///
  /// - Precondition: `dataset` is not empty.
  public init(measuring dataset: Dataset, kernels: KernelSet = .best) {
    let moments = ByteMoments(of: dataset.pixels, kernels: kernels)
    let count = Double(dataset.count)
    var means: [Float] = []
    var deviations: [Float] = []
    for (sum, square) in zip(moments.sums, moments.squares) {
      // n Σp² − (Σp)² in whole numbers; each product can pass 2⁶⁴ from 1.7·10⁷ rows of bytes on.
      let spread = Double(
        UInt128(dataset.count) * UInt128(square) - UInt128(sum) * UInt128(sum))
      means.append(Float(Double(sum) / count / 255))
      deviations.append(spread == 0 ? 1 : Float(spread.squareRoot() / count / 255))
    }
    self.init(mean: means, deviation: deviations)
  }
}

/// Σ p and Σ p² of every column of bytes.
private struct ByteMoments {
  var sums: [UInt64]
  var squares: [UInt64]

  /// Rows whose squares surely fit 32 bits: 255² · 65,536 < 2³².
  private static let blockRows = 65_536

  init(of pixels: PixelRows, kernels: KernelSet) {
    sums = Array(repeating: 0, count: pixels.rowLength)
    squares = sums
    for segment in pixels.segments {
      for start in stride(from: 0, to: segment.count, by: Self.blockRows) {
        add(segment, rows: start..<min(start + Self.blockRows, segment.count), kernels: kernels)
      }
    }
  }

  private mutating func add(
    _ segment: PixelRows.Segment, rows: Range<Int>, kernels: KernelSet
  ) {
    var blockSums = [UInt32](repeating: 0, count: sums.count)
    var blockSquares = blockSums
    let bytes = segment.source.bytes.bindMemory(to: UInt8.self)
    guard let base = bytes.baseAddress else { return }
    for row in rows {
      kernels.addMoments(
        of: base + segment.firstOffset + row * segment.stride, count: sums.count,
        sums: &blockSums, squares: &blockSquares)
    }
    for column in sums.indices {
      sums[column] += UInt64(blockSums[column])
      squares[column] += UInt64(blockSquares[column])
    }
  }
}
