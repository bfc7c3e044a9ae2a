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
  ///   - transposing: Memory of the calling thread where B Aᵀ is computed and transposed instead.
  func gemm(
    _ a: MatrixView, transposed b: MatrixView, into c: MatrixView, accumulating: Bool = false,
    transposing scratch: PackingScratch? = nil
  ) {
    let tileRows = evenTile(a.rows, largest: transposedTileRows)
    for depth in depthBlocks(of: 0..<a.columns) {
      let accumulating = accumulating || depth.lowerBound > 0
      let (a, b) = (a.columns(depth), b.columns(depth))
      if let scratch {
        gemmTransposed(a, b, into: c, accumulating: accumulating, scratch)
        continue
      }
      for block in (0..<b.rows).split(into: max(1, Self.blockElements / a.columns)) {
        for rows in (0..<a.rows).split(into: tileRows) {
          gemmTile(
            a.rows(rows), transposed: b.rows(block),
            into: c.base + rows.lowerBound * c.stride + block.lowerBound, stride: c.stride,
            accumulating: accumulating)
        }
      }
    }
  }

  /// The depths that A Bᵀ sums by themselves.
  ///
  /// The rows of a tile, from both sides, stay in the first-level cache. Each block but the last is
  /// whole cache lines of pairs.
  func depthBlocks(of depth: Range<Int>) -> some Sequence<Range<Int>> {
    let count = max(1, (depth.count + Self.largestDepth - 1) / Self.largestDepth)
    return (0..<count).lazy.map { index in
      let block = part(index, of: count, in: depth.count, unit: 2 * lineWidth)
      return depth.lowerBound + block.lowerBound..<depth.lowerBound + block.upperBound
    }
  }

  /// Rows that are standardized and multiplied together: few where the weights of a block of depth
  /// stay in the second-level cache, so that the rows themselves stay in the first; else all.
  func tileRows(depth: Int, units: Int, all: Int) -> Int {
    let weights = min(depth, Self.largestDepth) * units
    return weights <= Self.blockElements ? transposedTileRows : max(1, all)
  }

  /// The longest of these blocks.
  static let largestDepth = 1024

  /// Elements of a factor that stay in the second-level cache while the other passes: 512 KiB.
  static let blockElements = 131_072

  /// Whether X Wᵀ is faster by way of Wᵀ, for a layer with few inputs and few units: summing the
  /// lanes of short products costs more than the transposition.
  static func prefersTransposedWeights(inputs: Int, units: Int) -> Bool {
    inputs <= 256 && units <= 256
  }

  /// C = A B: c[i,j] = Σ_k a[i,k] b[k,j], or C ← C + A B.
  ///
  /// - Parameters:
  ///   - a: Shape [n, m], of which the first `b.rows` columns count.
  ///   - b: Shape [m, d].
  ///   - c: Shape [n, d].
  func gemm(_ a: MatrixView, _ b: MatrixView, into c: MatrixView, accumulating: Bool = false) {
    _ = gemm(
      StridedFactor(a), b, into: c, alpha: 1, beta: accumulating ? 1 : 0, scratch: nil)
  }

  /// C ← β C + α A B: c[i,j] = β c[i,j] + α Σ_k a(i,k) b[k,j].
  ///
  /// The order in which an element is summed does not depend on how B is read.
  ///
  /// - Parameters:
  ///   - a: Shape [n, m].
  ///   - b: Shape [m, d].
  ///   - c: Shape [n, d].
  ///   - scratch: Memory of the calling thread, where the product may be worth packing.
  /// - Returns: 0 when every element of C is finite, NaN otherwise.
  func gemm(
    _ a: StridedFactor, _ b: MatrixView, into c: MatrixView, alpha: Float, beta: Float,
    scratch: PackingScratch?
  ) -> Float {
    let packing = PackingScratch.pays(units: c.rows, inputs: c.columns) ? scratch : nil
    let prefetches = b.rows * c.columns >= Self.leastPrefetched
    var check: Float = 0
    for depth in (0..<b.rows).split(into: Self.depthBlock) {
      let beta = depth.lowerBound == 0 ? beta : 1
      let (a, b) = (a.depth(depth), b.rows(depth))
      if let packing {
        check += gemmPacked(a, b, into: c, alpha, beta, packing)
      } else {
        check += gemmTiles(a, b, into: c, alpha, beta, prefetches: prefetches)
      }
    }
    return check
  }

  /// Rows of B per block: a panel of B of this depth stays in the first-level cache.
  static let depthBlock = 256

  /// Elements of B from which on the processor does not have them at hand: 2 MiB.
  private static let leastPrefetched = 524_288

  /// One block of depth, tile by tile; the next panel of B is fetched meanwhile.
  private func gemmTiles(
    _ a: StridedFactor, _ b: MatrixView, into c: MatrixView, _ alpha: Float, _ beta: Float,
    prefetches: Bool
  ) -> Float {
    let tileRows = evenTile(a.rows, largest: tileRows)
    let tiles = (a.rows + tileRows - 1) / tileRows
    var check: Float = 0
    for columns in (0..<c.columns).split(into: tileColumns) {
      let next = columns.upperBound..<min(columns.upperBound + tileColumns, c.columns)
      for rows in (0..<a.rows).split(into: tileRows) {
        if prefetches {
          let share = part(rows.lowerBound / tileRows, of: tiles, in: b.rows)
          prefetch(b.rows(share).columns(next))
        }
        check += gemmTile(
          a.rows(rows), b.columns(columns), into: c.rows(rows).columns(columns), alpha: alpha,
          beta: beta)
      }
    }
    return check
  }

  /// The tile that cuts `count` into the fewest, nearly equal pieces of at most `largest`.
  func evenTile(_ count: Int, largest: Int) -> Int {
    let pieces = max(1, (count + largest - 1) / largest)
    return max(1, (count + pieces - 1) / pieces)
  }
}
