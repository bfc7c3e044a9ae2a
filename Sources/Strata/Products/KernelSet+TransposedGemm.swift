extension KernelSet {
  /// Depth of the panels, which stay in the first-level cache beside a tile of the other factor.
  fileprivate static let panelDepth = 128

  /// C = A Bᵀ or C ← C + A Bᵀ, by way of Cᵀ = B Aᵀ.
  ///
  /// B, which is wide, is read once and as it lies; A becomes panels and the sums are transposed back,
  /// both small beside B. That no lanes are summed and that a panel serves many rows of B from the
  /// first-level cache makes up for it.
  ///
  /// - Parameters:
  ///   - a: Shape [n, d], at most `largestDepth` deep.
  ///   - b: Shape [m, d].
  ///   - c: Shape [n, m].
  func gemmTransposed(
    _ a: MatrixView, _ b: MatrixView, into c: MatrixView, accumulating: Bool,
    _ scratch: PackingScratch
  ) {
    for rows in (0..<a.rows).split(into: PackingScratch.transposedRows) {
      let transposed = TransposedRows(a.rows(rows), kernels: self, at: scratch.panels)
      for units in (0..<b.rows).split(into: PackingScratch.transposedUnits) {
        let sums = MatrixView(scratch.tiles, rows: units.count, columns: rows.count)
        gemm(b.rows(units), transposed, into: sums)
        transpose(
          sums, columns: rows.count, into: c.rows(rows).base + units.lowerBound, stride: c.stride,
          accumulating: accumulating)
      }
    }
  }

  /// Cᵀ = B Aᵀ for some rows of either.
  private func gemm(_ b: MatrixView, _ transposed: TransposedRows, into sums: MatrixView) {
    let tileRows = evenTile(b.rows, largest: self.tileRows)
    for depth in (0..<b.columns).split(into: Self.panelDepth) {
      for rows in (0..<b.rows).split(into: tileRows) {
        let next = rows.upperBound..<min(rows.upperBound + tileRows, b.rows)
        gemmPanels(
          b.rows(rows).columns(depth), transposed, depth: depth, into: sums.rows(rows),
          next: b.rows(next).columns(depth))
      }
    }
  }

  /// A tile of B by all panels, while the next tile is fetched.
  private func gemmPanels(
    _ tile: MatrixView, _ transposed: TransposedRows, depth: Range<Int>, into sums: MatrixView,
    next: MatrixView
  ) {
    let width = tileColumns
    let panels = (sums.columns + width - 1) / width
    for (index, columns) in (0..<sums.columns).split(into: width).enumerated() {
      prefetch(next.rows(part(index, of: panels, in: next.rows)))
      _ = gemmTile(
        StridedFactor(tile), transposed.panel(columns, depth: depth), into: sums.columns(columns),
        alpha: 1, beta: depth.lowerBound > 0 ? 1 : 0)
    }
  }
}

/// The transpose of some rows, panel by panel: blocks of depth one after the other, in each the
/// panels one after the other.
private struct TransposedRows {
  private let base: UnsafeMutablePointer<Float>
  private let width: Int

  init(_ rows: MatrixView, kernels: KernelSet, at target: UnsafeMutablePointer<Float>) {
    base = target
    width = paddedWidth(rows.rows)
    for depth in (0..<rows.columns).split(into: KernelSet.panelDepth) {
      for columns in (0..<width).split(into: kernels.tileColumns) {
        let source = rows.rows(columns.clamped(to: 0..<rows.rows)).columns(depth)
        let panel = panel(columns, depth: depth)
        kernels.transpose(source, columns: source.columns, into: panel.base, stride: panel.stride)
      }
    }
  }

  /// Shape [depth, columns], without padding.
  func panel(_ columns: Range<Int>, depth: Range<Int>) -> MatrixView {
    MatrixView(
      packed: base + depth.lowerBound * width + columns.lowerBound * depth.count,
      rows: depth.count, columns: columns.count)
  }
}
