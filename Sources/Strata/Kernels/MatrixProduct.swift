internal import CStrataKernels

/// The matrix products of a network, cut into tiles for the innermost loops.
extension KernelSet {
  /// C = A Bᵀ: c[i,j] = Σ_k a[i,k] b[j,k], or C ← C + A Bᵀ.
  ///
  /// The depth is cut into the blocks of `depthBlocks(of:)`, whose sums are added in order.
  ///
  /// - Parameters:
  ///   - a: Shape [n, d].
  ///   - b: Shape [m, d].
  ///   - c: Shape [n, m].
  func multiplyTransposed(
    _ a: MatrixView, _ b: MatrixView, into c: MatrixView, accumulating: Bool = false
  ) {
    for depth in depthBlocks(of: 0..<a.columns) {
      multiplyBlock(
        a.columns(depth), b.columns(depth), into: c,
        accumulating: accumulating || depth.lowerBound > 0)
    }
  }

  private func multiplyBlock(
    _ a: MatrixView, _ b: MatrixView, into c: MatrixView, accumulating: Bool
  ) {
    let tileRows = evenTile(a.rows, largest: table.pointee.dot_rows)
    let tileColumns = evenTile(b.rows, largest: table.pointee.dot_columns)
    let blockColumns = max(1, Self.blockElements / (a.columns * tileColumns)) * tileColumns
    for block in stride(from: 0, to: b.rows, by: blockColumns) {
      let blockEnd = min(block + blockColumns, b.rows)
      for row in stride(from: 0, to: a.rows, by: tileRows) {
        for column in stride(from: block, to: blockEnd, by: tileColumns) {
          table.pointee.dot(
            min(tileRows, a.rows - row), min(tileColumns, blockEnd - column), a.columns,
            a.base + row * a.stride, a.stride, b.base + column * b.stride, b.stride,
            c.base + row * c.stride + column, c.stride, accumulating ? 1 : 0)
        }
      }
    }
  }

  /// The depths that `multiplyTransposed` sums by themselves: the rows of a tile, from both sides,
  /// stay in the first-level cache.
  func depthBlocks(of depth: Range<Int>) -> some Sequence<Range<Int>> {
    let count = max(1, (depth.count + Self.largestDepth - 1) / Self.largestDepth)
    return (0..<count).lazy.map { index in
      let block = part(index, of: count, in: depth.count, unit: lineWidth)
      return depth.lowerBound + block.lowerBound..<depth.lowerBound + block.upperBound
    }
  }

  /// The longest of these blocks.
  static let largestDepth = 1024

  /// Elements of B that stay in the second-level cache while the rows of A pass: 512 KiB.
  static let blockElements = 131_072

  /// C ← β C + α A B: c[i,j] = β c[i,j] + α Σ_k a[i,k] b[k,j].
  ///
  /// - Parameters:
  ///   - a: Shape [n, m], of which the first `b.rows` columns count.
  ///   - b: Shape [m, d].
  ///   - c: Shape [n, d].
  func multiply(_ a: MatrixView, _ b: MatrixView, into c: MatrixView) {
    _ = accumulate(
      a.base, rowStride: a.stride, depthStride: 1, rows: a.rows, b, into: c, alpha: 1, beta: 0)
  }

  /// C ← β C + α Aᵀ B: c[i,j] = β c[i,j] + α Σ_k a[k,i] b[k,j].
  ///
  /// - Parameters:
  ///   - a: Shape [n, m], of which the first `c.rows` columns count.
  ///   - b: Shape [n, d].
  ///   - c: Shape [m, d].
  /// - Returns: 0 when every element of C is finite, NaN otherwise.
  func multiplyTransposing(
    _ a: MatrixView, _ b: MatrixView, into c: MatrixView, alpha: Float, beta: Float
  ) -> Float {
    accumulate(
      a.base, rowStride: 1, depthStride: a.stride, rows: c.rows, b, into: c, alpha: alpha,
      beta: beta)
  }

  /// Rows of B per block: a panel of B of this depth stays in the first-level cache.
  private static let depthBlock = 256

  private func accumulate(
    _ a: UnsafeMutablePointer<Float>, rowStride: Int, depthStride: Int, rows: Int,
    _ b: MatrixView, into c: MatrixView, alpha: Float, beta: Float
  ) -> Float {
    let tileRows = evenTile(rows, largest: table.pointee.outer_rows)
    let tileColumns = table.pointee.outer_columns
    var check: Float = 0
    for depth in stride(from: 0, to: b.rows, by: Self.depthBlock) {
      let depthCount = min(Self.depthBlock, b.rows - depth)
      for column in stride(from: 0, to: c.columns, by: tileColumns) {
        for row in stride(from: 0, to: rows, by: tileRows) {
          check += table.pointee.outer(
            min(tileRows, rows - row), min(tileColumns, c.columns - column), depthCount,
            a + row * rowStride + depth * depthStride, rowStride, depthStride,
            b.base + depth * b.stride + column, b.stride,
            c.base + row * c.stride + column, c.stride, alpha, depth == 0 ? beta : 1)
        }
      }
    }
    return check
  }

  /// The tile that cuts `count` into the fewest, nearly equal pieces of at most `largest`.
  private func evenTile(_ count: Int, largest: Int) -> Int {
    let pieces = max(1, (count + largest - 1) / largest)
    return max(1, (count + pieces - 1) / pieces)
  }
}
