internal import CStrataKernels

extension KernelSet {
  /// Depth of the panels, which stay in the first-level cache beside a tile of the other factor.
  fileprivate static let panelDepth = 128

  /// C = A Bᵀ or C ← C + A Bᵀ, by way of Cᵀ = B Aᵀ.
  ///
  /// B, which is wide, is read once and as it lies; A becomes panels and the sums are turned back,
  /// both small beside B. That no lanes are summed and that a panel serves many rows of B from the
  /// first-level cache makes up for it.
  ///
  /// - Parameters:
  ///   - a: Shape [n, d], at most `largestDepth` deep.
  ///   - b: Shape [m, d].
  ///   - c: Shape [n, m].
  func multiplyTurned(
    _ a: MatrixView, _ b: MatrixView, into c: MatrixView, accumulating: Bool,
    _ scratch: PackingScratch
  ) {
    for rows in (0..<a.rows).split(into: PackingScratch.turnedRows) {
      let turned = TurnedRows(a.rows(rows), kernels: self, at: scratch.panels)
      for units in (0..<b.rows).split(into: PackingScratch.turnedUnits) {
        let sums = MatrixView(scratch.tiles, rows: units.count, columns: rows.count)
        multiply(b.rows(units), turned, into: sums)
        table.pointee.transpose(
          units.count, rows.count, sums.base, sums.stride,
          c.rows(rows).base + units.lowerBound, c.stride, accumulating ? 1 : 0)
      }
    }
  }

  /// Cᵀ = B Aᵀ for some rows of either.
  private func multiply(_ b: MatrixView, _ turned: TurnedRows, into sums: MatrixView) {
    let tileRows = evenTile(b.rows, largest: table.pointee.outer_rows)
    for depth in (0..<b.columns).split(into: Self.panelDepth) {
      for rows in (0..<b.rows).split(into: tileRows) {
        let next = rows.upperBound..<min(rows.upperBound + tileRows, b.rows)
        multiplyTile(
          b.rows(rows).columns(depth), turned, depth: depth, into: sums.rows(rows),
          next: b.rows(next).columns(depth))
      }
    }
  }

  /// A tile of B by all panels, while the next tile is fetched.
  private func multiplyTile(
    _ tile: MatrixView, _ turned: TurnedRows, depth: Range<Int>, into sums: MatrixView,
    next: MatrixView
  ) {
    let width = table.pointee.outer_columns
    let panels = (sums.columns + width - 1) / width
    for (index, columns) in (0..<sums.columns).split(into: width).enumerated() {
      prefetch(next.rows(part(index, of: panels, in: next.rows)))
      _ = table.pointee.outer(
        tile.rows, columns.count, depth.count, tile.base, tile.stride, 1,
        turned.panel(columns, depth: depth), columns.count, sums.base + columns.lowerBound,
        sums.stride, 1, depth.lowerBound > 0 ? 1 : 0)
    }
  }
}

/// The transpose of some rows, panel by panel: blocks of depth one after the other, in each the
/// panels one after the other.
private struct TurnedRows {
  private let base: UnsafeMutablePointer<Float>
  private let width: Int

  init(_ rows: MatrixView, kernels: KernelSet, at target: UnsafeMutablePointer<Float>) {
    base = target
    width = paddedWidth(rows.rows)
    for depth in (0..<rows.columns).split(into: KernelSet.panelDepth) {
      for columns in (0..<width).split(into: kernels.table.pointee.outer_columns) {
        let source = rows.rows(columns.clamped(to: 0..<rows.rows)).columns(depth)
        kernels.table.pointee.transpose(
          source.rows, source.columns, source.base, source.stride,
          panel(columns, depth: depth), columns.count, 0)
      }
    }
  }

  /// Shape [depth, columns], without padding.
  func panel(_ columns: Range<Int>, depth: Range<Int>) -> UnsafeMutablePointer<Float> {
    base + depth.lowerBound * width + columns.lowerBound * depth.count
  }
}
