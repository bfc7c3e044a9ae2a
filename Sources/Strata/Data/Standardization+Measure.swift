extension Standardization {
  /// Measures the mean and the population standard deviation of every column of `dataset`.
  ///
  /// A column that never varies gets the deviation 1, which makes it 0 everywhere.
  public init(measuring dataset: Dataset, kernels: KernelSet = .best) {
    switch dataset.rows.element {
    case .byte: self.init(ByteMoments(of: dataset.rows, kernels: kernels), rows: dataset.count)
    case .float: self.init(FloatMoments(of: dataset.rows))
    }
  }

  /// mean = (1/n) Σ p / 255 and deviation = √((1/n) Σ p² − ((1/n) Σ p)²) / 255.
  ///
  /// The sums are whole numbers and exact, so the difference loses nothing.
  private init(_ moments: ByteMoments, rows: Int) {
    let count = Double(rows)
    var means: [Float] = []
    var deviations: [Float] = []
    for (sum, square) in zip(moments.sums, moments.squares) {
      // n Σp² − (Σp)² in whole numbers; each product can pass 2⁶⁴ from 1.7·10⁷ rows of bytes on.
      let spread = Double(UInt128(rows) * UInt128(square) - UInt128(sum) * UInt128(sum))
      means.append(Float(Double(sum) / count / 255))
      deviations.append(spread == 0 ? 1 : Float(spread.squareRoot() / count / 255))
    }
    self.init(mean: means, deviation: deviations)
  }

  /// mean = (1/n) Σ x and deviation = √((1/n) Σ (x − mean)²).
  private init(_ moments: FloatMoments) {
    self.init(
      mean: moments.means.map(Float.init),
      deviation: moments.variances.map {
        let deviation = Float($0.squareRoot())
        return deviation > 0 ? deviation : 1
      })
  }
}

/// Mean and population variance of every column of floats, in `Double`.
///
/// Two passes, so that an offset that is large beside the deviation does no harm; the second takes
/// away what the rounding of the mean adds (Chan, Golub & LeVeque 1983, equation 1.7).
private struct FloatMoments {
  let means: [Double]
  let variances: [Double]

  init(of rows: DataRows) {
    let count = Double(rows.count)
    let sums = Self.sum(rows) { total, _, x in total + x }
    let means = sums.map { $0 / count }
    let errors = Self.sum(rows) { total, column, x in total + (x - means[column]) }
    let squares = Self.sum(rows) { total, column, x in
      total + (x - means[column]) * (x - means[column])
    }
    self.means = means
    variances = zip(squares, errors).map { max(0, ($0 - $1 * $1 / count) / count) }
  }

  /// Folds every column from 0 on.
  @inline(__always)
  private static func sum(
    _ rows: DataRows, _ next: (_ total: Double, _ column: Int, _ x: Double) -> Double
  ) -> [Double] {
    var totals = [Double](repeating: 0, count: rows.columns)
    rows.forEachAddress { _, address in
      let numbers = address.assumingMemoryBound(to: Float.self)
      for column in 0..<rows.columns {
        totals[column] = next(totals[column], column, Double(numbers[column]))
      }
    }
    return totals
  }
}

/// Σ p and Σ p² of every column of bytes.
private struct ByteMoments {
  var sums: [UInt64]
  var squares: [UInt64]

  /// Rows whose squares surely fit 32 bits: 255² · 65,536 < 2³².
  private static let blockRows = 65_536

  init(of rows: DataRows, kernels: KernelSet) {
    sums = Array(repeating: 0, count: rows.columns)
    squares = sums
    for segment in rows.segments {
      for start in stride(from: 0, to: segment.count, by: Self.blockRows) {
        add(segment, rows: start..<min(start + Self.blockRows, segment.count), kernels: kernels)
      }
    }
  }

  private mutating func add(
    _ segment: DataRows.Segment, rows: Range<Int>, kernels: KernelSet
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
