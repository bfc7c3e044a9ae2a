/// How a thread hands the factors of a layer's products to the innermost loops: as they are, or
/// rounded to bfloat16.
///
/// Two rounded numbers that a product sums one after the other make a pair, which lies in the place
/// of one `Float`: a factor of depth d becomes one of depth d/2, and all that cuts products into
/// tiles works on either. Pieces are rounded just before a product reads them.
struct Factors {
  /// The loops that multiply the factors.
  let kernels: KernelSet
  /// This thread's memory for packing, where a layer needs it.
  let packing: PackingScratch?
  /// The same where A Bᵀ is computed by way of B Aᵀ.
  private let transposing: PackingScratch?
  private let scratch: PairScratch?

  /// Factors as they are.
  ///
  /// - Parameter transposes: Whether A Bᵀ is computed by way of B Aᵀ.
  init(_ kernels: KernelSet, packing: PackingScratch?, transposes: Bool) {
    self.kernels = kernels
    self.packing = packing
    transposing = transposes ? packing : nil
    scratch = nil
  }

  /// Rounded factors.
  ///
  /// - Parameters:
  ///   - pairs: The loops that multiply pairs.
  ///   - scratch: Where this thread keeps a piece of either factor.
  init(pairs: KernelSet, scratch: PairScratch, packing: PackingScratch?) {
    kernels = pairs
    self.scratch = scratch
    self.packing = packing
    transposing = nil
  }

  /// Whether factors are rounded.
  var areRounded: Bool { scratch != nil }

  /// The most of `rows` rows that a piece may have.
  func pieceRows(of rows: Int) -> Int { areRounded ? PairScratch.rows : rows }

  /// The most of `columns` columns that a right factor of stacked pairs may have.
  func pieceColumns(of columns: Int) -> Int { areRounded ? PairScratch.columns : columns }

  /// Which of a product's two factors.
  enum Side {
    case left, right
  }

  /// Pairs of neighbours in a row: (x[i,2j], x[i,2j+1]), for sums along rows.
  func neighbours(_ x: MatrixView, _ side: Side) -> MatrixView {
    guard let scratch else { return x }
    return kernels.neighbours(x, in: scratch[side])
  }

  /// Where such pairs go; `nil` where factors stay as they are.
  func neighbours(rows: Int, columns: Int, _ side: Side) -> MatrixView? {
    scratch.map { MatrixView($0[side], rows: rows, columns: columns / 2) }
  }

  /// Pairs of neighbours in a column: (x[2i,j], x[2i+1,j]), for sums along columns.
  func stacked(_ x: MatrixView, _ side: Side) -> MatrixView {
    guard let pairs = stacked(rows: x.rows, columns: x.columns, side) else { return x }
    kernels.pairRows(x, into: pairs)
    return pairs
  }

  /// Where such pairs go; `nil` where factors stay as they are.
  func stacked(rows: Int, columns: Int, _ side: Side) -> MatrixView? {
    scratch.map { MatrixView($0[side], rows: (rows + 1) / 2, columns: columns) }
  }

  /// C = A Bᵀ, or C ← C + A Bᵀ.
  ///
  /// - Parameters:
  ///   - a: A left factor of neighbours, at most `KernelSet.largestDepth` deep.
  ///   - b: Numbers, shape [m, d].
  func gemm(
    _ a: MatrixView, transposed b: MatrixView, into c: MatrixView, accumulating: Bool
  ) {
    guard areRounded else {
      return kernels.gemm(
        a, transposed: b, into: c, accumulating: accumulating, transposing: transposing)
    }
    let blockRows = max(1, PairScratch.rightCount / paddedStride(a.columns) / lineWidth) * lineWidth
    for block in (0..<b.rows).split(into: blockRows) {
      kernels.gemm(
        a, transposed: neighbours(b.rows(block), .right), into: c.columns(block),
        accumulating: accumulating)
    }
  }

  /// C = A Bᵀ of numbers, shapes [n, d] and [m, d].
  func gemm(_ a: MatrixView, transposed b: MatrixView, into c: MatrixView) {
    guard areRounded else {
      return kernels.gemm(a, transposed: b, into: c, transposing: transposing)
    }
    for tile in (0..<a.rows).split(into: PairScratch.rows) {
      for block in kernels.depthBlocks(of: 0..<a.columns) {
        gemm(
          neighbours(a.rows(tile).columns(block), .left), transposed: b.columns(block),
          into: c.rows(tile),
          accumulating: block.lowerBound > 0)
      }
    }
  }

  /// C = A B of numbers, shapes [n, m] and [m, d].
  func gemm(_ a: MatrixView, _ b: MatrixView, into c: MatrixView) {
    guard areRounded else { return kernels.gemm(a, b, into: c) }
    for tile in (0..<a.rows).split(into: PairScratch.rows) {
      for depth in (0..<b.rows).split(into: PairScratch.rows) {
        let wholeLines = depth.lowerBound..<paddedWidth(depth.upperBound)
        let left = neighbours(a.rows(tile).columns(wholeLines), .left)
        for panel in (0..<b.columns).split(into: PairScratch.columns) {
          kernels.gemm(
            left, stacked(b.rows(depth).columns(panel), .right),
            into: c.rows(tile).columns(panel), accumulating: depth.lowerBound > 0)
        }
      }
    }
  }
}

extension KernelSet {
  /// Rounds a matrix to pairs of neighbours in its rows, which lie at `target`.
  func neighbours(_ x: MatrixView, in target: UnsafeMutablePointer<Float>) -> MatrixView {
    let pairs = MatrixView(target, rows: x.rows, columns: x.columns / 2)
    pairNeighbours(x, into: pairs)
    return pairs
  }
}

/// Where a thread keeps a piece of each factor, as pairs.
struct PairScratch {
  private let left, right: UnsafeMutablePointer<Float>

  /// The most rows of numbers in a piece.
  static let rows = KernelSet.depthBlock
  /// The most columns of numbers in a right factor of stacked pairs.
  static let columns = 1024

  /// Takes memory for `count(width:)` pairs.
  init(_ base: UnsafeMutablePointer<Float>) {
    right = base
    left = base + Self.rightCount
  }

  /// The pairs that fit both factors, where no left factor is wider than `width`.
  static func count(width: Int) -> Int {
    let columns = max(KernelSet.largestDepth, paddedWidth(width)) / 2
    return rightCount + rows * paddedStride(columns + lineWidth)
  }

  /// The pairs of a right factor.
  static let rightCount = rows / 2 * (columns + lineWidth)

  fileprivate subscript(side: Factors.Side) -> UnsafeMutablePointer<Float> {
    side == .left ? left : right
  }
}
