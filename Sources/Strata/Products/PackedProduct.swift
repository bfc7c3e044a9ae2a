internal import CStrataKernels

/// Where a thread lays out parts of two factors so that the innermost loop reads them in sequence.
///
/// In a wide matrix the rows of a panel lie on as many pages, more than the processor finds
/// quickly. A copy costs little where each element is used by many rows of the product.
struct PackingScratch {
  /// A block of a factor, panel by panel.
  let panels: UnsafeMutablePointer<Float>
  /// A few tiles of the left factor, one after the other, each depth by depth; or the sums of a
  /// turned product.
  let tiles: UnsafeMutablePointer<Float>

  /// Takes memory for `count` numbers.
  init(_ base: UnsafeMutablePointer<Float>) {
    panels = base
    tiles = base + KernelSet.blockElements
  }

  /// The numbers that fit every block and tile.
  static let count = KernelSet.blockElements + max(tilesCount, sumsCount)
  private static let tilesCount = tileCount * KernelSet.depthBlock * lineWidth
  private static let sumsCount = turnedUnits * paddedStride(turnedRows)

  /// Tiles that are laid out together: their columns fill whole cache lines of many rows, and each
  /// row lies on a page of its own.
  fileprivate static let tileCount = 8

  /// Whether a weight gradient is large enough: below, a copy costs what it saves.
  static func pays(units: Int, inputs: Int) -> Bool {
    units >= leastRows && inputs >= 256
  }

  /// The fewest units of such a layer.
  static let leastRows = 64

  /// Whether A Bᵀ is faster by way of B Aᵀ.
  ///
  /// It is where the second-level cache is too small for B, and the rows of A fill their panels but
  /// for a tenth. Asked of a whole layer and batch, so that every share is summed alike.
  static func turningPays(rows: Int, inputs: Int, units: Int) -> Bool {
    inputs * units >= 8 * KernelSet.blockElements && 10 * paddedWidth(rows) <= 11 * rows
  }

  /// The most rows of A that a turned product takes together: with the largest depth, the panels.
  static let turnedRows = KernelSet.blockElements / KernelSet.largestDepth
  /// The most units that it takes together: whole tiles whose sums fit.
  static let turnedUnits = 192
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

  /// The rows of C a few tiles after the other, each across all panels.
  private func accumulatePanels(
    _ a: StridedFactor, depth: Int, into c: MatrixView, _ alpha: Float, _ beta: Float,
    _ scratch: PackingScratch
  ) -> Float {
    let tileRows = evenTile(a.rows, largest: table.pointee.outer_rows)
    var check: Float = 0
    for group in (0..<a.rows).split(into: PackingScratch.tileCount * tileRows) {
      table.pointee.pack(
        depth, group.count, a.base + group.lowerBound, a.depthStride, tileRows, scratch.tiles)
      for rows in group.split(into: tileRows) {
        let tile = StridedFactor(
          base: scratch.tiles + (rows.lowerBound - group.lowerBound) * depth, rowStride: 1,
          depthStride: rows.count, rows: rows.count)
        let next = rows.upperBound..<min(rows.upperBound + tileRows, a.rows)
        check += accumulateTile(
          tile, depth: depth, into: c.rows(rows), next: c.rows(next), alpha, beta, scratch)
      }
    }
    return check
  }

  /// One tile of rows across all panels, while the rows thereafter are fetched.
  private func accumulateTile(
    _ tile: StridedFactor, depth: Int, into c: MatrixView, next: MatrixView, _ alpha: Float,
    _ beta: Float, _ scratch: PackingScratch
  ) -> Float {
    var check: Float = 0
    for columns in (0..<c.columns).split(into: table.pointee.outer_columns) {
      prefetch(next.columns(columns))
      check += table.pointee.outer(
        tile.rows, columns.count, depth, tile.base, tile.rowStride, tile.depthStride,
        scratch.panels + columns.lowerBound * depth, columns.count, c.base + columns.lowerBound,
        c.stride, alpha, beta)
    }
    return check
  }
}
