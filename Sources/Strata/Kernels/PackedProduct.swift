internal import CStrataKernels

/// Where a thread lays out parts of two factors so that the innermost loop reads them in sequence.
///
/// In a wide matrix the rows of a panel lie on as many pages, more than the processor finds
/// quickly. A copy costs little where each element is used by many rows of the product, as in a
/// weight gradient, whose rows are units.
struct PackingScratch {
  /// A block of the right factor, panel by panel.
  fileprivate let panels: UnsafeMutablePointer<Float>
  /// A tile of the left factor, depth by depth.
  fileprivate let tile: UnsafeMutablePointer<Float>

  /// Takes memory for `count` numbers.
  init(_ base: UnsafeMutablePointer<Float>) {
    panels = base
    tile = base + KernelSet.blockElements
  }

  /// The numbers that fit every block and tile.
  static let count = KernelSet.blockElements + KernelSet.depthBlock * lineWidth

  /// Whether a weight gradient is large enough: below, a copy costs what it saves.
  static func pays(units: Int, inputs: Int) -> Bool {
    units >= leastRows && inputs >= 256
  }

  /// The fewest units of such a layer.
  static let leastRows = 64
}

extension KernelSet {
  /// C ← β C + α A B with both factors laid out anew, block by block; A is the transpose of a
  /// matrix of rows.
  func accumulatePacked(
    _ a: StridedFactor, _ b: MatrixView, into c: MatrixView, _ alpha: Float, _ beta: Float,
    _ scratch: PackingScratch
  ) -> Float {
    precondition(a.rowStride == 1, "A is the transpose of a matrix of rows")
    let panel = table.pointee.outer_columns
    let blockColumns = max(1, KernelSet.blockElements / (b.rows * panel)) * panel
    var check: Float = 0
    for start in stride(from: 0, to: c.columns, by: blockColumns) {
      let columns = start..<min(start + blockColumns, c.columns)
      table.pointee.pack(
        b.rows, columns.count, b.base + start, b.stride, panel, scratch.panels)
      check += accumulatePanels(
        a, depth: b.rows, into: c.columns(columns), alpha, beta, scratch)
    }
    return check
  }

  /// The rows of C one tile after the other, each across all panels.
  private func accumulatePanels(
    _ a: StridedFactor, depth: Int, into c: MatrixView, _ alpha: Float, _ beta: Float,
    _ scratch: PackingScratch
  ) -> Float {
    let panel = table.pointee.outer_columns
    let tileRows = evenTile(a.rows, largest: table.pointee.outer_rows)
    var check: Float = 0
    for row in stride(from: 0, to: a.rows, by: tileRows) {
      let rows = min(tileRows, a.rows - row)
      let tile = packedTile(a, row: row, rows: rows, depth: depth, scratch)
      let next = c.rows(min(row + tileRows, a.rows)..<min(row + 2 * tileRows, a.rows))
      for column in stride(from: 0, to: c.columns, by: panel) {
        let width = min(panel, c.columns - column)
        prefetch(next.columns(column..<column + width))
        check += table.pointee.outer(
          rows, width, depth, tile.base, tile.rowStride, tile.depthStride,
          scratch.panels + column * depth, width, c.base + row * c.stride + column, c.stride,
          alpha, beta)
      }
    }
    return check
  }

  /// Some rows of A, depth by depth.
  private func packedTile(
    _ a: StridedFactor, row: Int, rows: Int, depth: Int, _ scratch: PackingScratch
  ) -> StridedFactor {
    table.pointee.pack(depth, rows, a.base + row, a.depthStride, rows, scratch.tile)
    return StridedFactor(base: scratch.tile, rowStride: 1, depthStride: rows, rows: rows)
  }
}
