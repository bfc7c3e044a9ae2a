extension KernelSet {
  /// C ← β C + α A B with both factors laid out anew, block by block; A is the transpose of a
  /// matrix of rows.
  func gemmPacked(
    _ a: StridedFactor, _ b: MatrixView, into c: MatrixView, _ alpha: Float, _ beta: Float,
    _ scratch: PackingScratch
  ) -> Float {
    precondition(a.rowStride == 1, "A is the transpose of a matrix of rows")
    let panel = tileColumns
    let blockColumns = max(1, KernelSet.blockElements / (b.rows * panel)) * panel
    var check: Float = 0
    for start in stride(from: 0, to: c.columns, by: blockColumns) {
      let columns = start..<min(start + blockColumns, c.columns)
      pack(
        rows: b.rows, columns: columns.count, b.base + start, stride: b.stride, width: panel,
        into: scratch.panels)
      check += gemmPanels(
        a, depth: b.rows, into: c.columns(columns), alpha, beta, scratch)
    }
    return check
  }

  /// The rows of C a few tiles after the other, each across all panels.
  private func gemmPanels(
    _ a: StridedFactor, depth: Int, into c: MatrixView, _ alpha: Float, _ beta: Float,
    _ scratch: PackingScratch
  ) -> Float {
    let tileRows = evenTile(a.rows, largest: self.tileRows)
    var check: Float = 0
    for group in (0..<a.rows).split(into: PackingScratch.tileCount * tileRows) {
      pack(
        rows: depth, columns: group.count, a.base + group.lowerBound, stride: a.depthStride,
        width: tileRows, into: scratch.tiles)
      for rows in group.split(into: tileRows) {
        let tile = StridedFactor(
          base: scratch.tiles + (rows.lowerBound - group.lowerBound) * depth, rowStride: 1,
          depthStride: rows.count, rows: rows.count)
        let next = rows.upperBound..<min(rows.upperBound + tileRows, a.rows)
        check += gemmPanel(
          tile, depth: depth, into: c.rows(rows), next: c.rows(next), alpha, beta, scratch)
      }
    }
    return check
  }

  /// One tile of rows across all panels, while the rows thereafter are fetched.
  private func gemmPanel(
    _ tile: StridedFactor, depth: Int, into c: MatrixView, next: MatrixView, _ alpha: Float,
    _ beta: Float, _ scratch: PackingScratch
  ) -> Float {
    var check: Float = 0
    for columns in (0..<c.columns).split(into: tileColumns) {
      prefetch(next.columns(columns))
      let panel = MatrixView(
        packed: scratch.panels + columns.lowerBound * depth, rows: depth, columns: columns.count)
      check += gemmTile(tile, panel, into: c.columns(columns), alpha: alpha, beta: beta)
    }
    return check
  }
}
