/// Where a thread lays out parts of two factors so that the innermost loop reads them in sequence.
///
/// In a wide matrix the rows of a panel lie on as many pages, more than the processor finds
/// quickly. A copy costs little where each element is used by many rows of the product.
struct PackingScratch {
  /// A block of a factor, panel by panel.
  let panels: UnsafeMutablePointer<Float>
  /// A few tiles of the left factor, one after the other, each depth by depth; or the sums of a
  /// transposed product.
  let tiles: UnsafeMutablePointer<Float>

  /// Takes memory for `count` numbers.
  init(_ base: UnsafeMutablePointer<Float>) {
    panels = base
    tiles = base + KernelSet.blockElements
  }

  /// The numbers that fit every block and tile.
  static let count = KernelSet.blockElements + max(tilesCount, sumsCount)
  private static let tilesCount = tileCount * KernelSet.depthBlock * lineWidth
  private static let sumsCount = transposedUnits * paddedStride(transposedRows)

  /// Tiles that are laid out together: their columns fill whole cache lines of many rows, and each
  /// row lies on a page of its own.
  static let tileCount = 8

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
  static func transposingPays(rows: Int, inputs: Int, units: Int) -> Bool {
    inputs * units >= 8 * KernelSet.blockElements && 10 * paddedWidth(rows) <= 11 * rows
  }

  /// The most rows of A that a transposed product takes together: with the largest depth, the panels.
  static let transposedRows = KernelSet.blockElements / KernelSet.largestDepth
  /// The most units that it takes together: whole tiles whose sums fit.
  static let transposedUnits = 192
}
