/// The left factor of a product whose elements lie at any distance: a(i,k) =
/// base[i rowStride + k depthStride].
struct StridedFactor {
  let base: UnsafeMutablePointer<Float>
  let rowStride, depthStride: Int
  let rows: Int

  /// Elements at given distances.
  init(base: UnsafeMutablePointer<Float>, rowStride: Int, depthStride: Int, rows: Int) {
    self.base = base
    self.rowStride = rowStride
    self.depthStride = depthStride
    self.rows = rows
  }

  /// A matrix as it lies.
  init(_ matrix: MatrixView) {
    self.init(base: matrix.base, rowStride: matrix.stride, depthStride: 1, rows: matrix.rows)
  }

  /// The transpose of the first `columns` columns of a matrix.
  init(transposing matrix: MatrixView, columns: Int) {
    self.init(base: matrix.base, rowStride: 1, depthStride: matrix.stride, rows: columns)
  }

  /// Some of the rows.
  func rows(_ range: Range<Int>) -> StridedFactor {
    StridedFactor(
      base: base + range.lowerBound * rowStride, rowStride: rowStride, depthStride: depthStride,
      rows: range.count)
  }

  /// Some of the depth.
  func depth(_ range: Range<Int>) -> StridedFactor {
    StridedFactor(
      base: base + range.lowerBound * depthStride, rowStride: rowStride, depthStride: depthStride,
      rows: rows)
  }
}
