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
  ///   - turning: Memory of the calling thread where B Aᵀ is computed and turned instead.
  func multiplyTransposed(
    _ a: MatrixView, _ b: MatrixView, into c: MatrixView, accumulating: Bool = false,
    turning: PackingScratch? = nil
  ) {
    for depth in depthBlocks(of: 0..<a.columns) {
      let accumulating = accumulating || depth.lowerBound > 0
      let (a, b) = (a.columns(depth), b.columns(depth))
      if let turning {
        multiplyTurned(a, b, into: c, accumulating: accumulating, turning)
      } else {
        multiplyBlock(a, b, into: c, accumulating: accumulating)
      }
    }
  }

  private func multiplyBlock(
    _ a: MatrixView, _ b: MatrixView, into c: MatrixView, accumulating: Bool
  ) {
    let tileRows = evenTile(a.rows, largest: table.pointee.dot_rows)
    let blockRows = max(1, Self.blockElements / a.columns)
    for block in stride(from: 0, to: b.rows, by: blockRows) {
      let columns = min(blockRows, b.rows - block)
      for row in stride(from: 0, to: a.rows, by: tileRows) {
        table.pointee.dot(
          min(tileRows, a.rows - row), columns, a.columns, a.base + row * a.stride, a.stride,
          b.base + block * b.stride, b.stride, c.base + row * c.stride + block, c.stride,
          accumulating ? 1 : 0)
      }
    }
  }

  /// Begins to fetch a part of a matrix.
  func prefetch(_ view: MatrixView) {
    strata_prefetch_rows(view.rows, view.columns, view.base, view.stride)
  }

  /// The depths that `multiplyTransposed` sums by themselves.
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
    return weights <= Self.blockElements ? table.pointee.dot_rows : max(1, all)
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

  /// B = Aᵀ.
  func transpose(_ a: MatrixView, columns: Int, into b: MatrixView) {
    table.pointee.transpose(a.rows, columns, a.base, a.stride, b.base, b.stride, 0)
  }

  /// C = A B: c[i,j] = Σ_k a[i,k] b[k,j], or C ← C + A B.
  ///
  /// - Parameters:
  ///   - a: Shape [n, m], of which the first `b.rows` columns count.
  ///   - b: Shape [m, d].
  ///   - c: Shape [n, d].
  func multiply(
    _ a: MatrixView, _ b: MatrixView, into c: MatrixView, accumulating: Bool = false
  ) {
    _ = accumulate(
      StridedFactor(base: a.base, rowStride: a.stride, depthStride: 1, rows: a.rows), b, into: c,
      alpha: 1, beta: accumulating ? 1 : 0, scratch: nil)
  }

  /// C ← β C + α Aᵀ B: c[i,j] = β c[i,j] + α Σ_k a[k,i] b[k,j].
  ///
  /// - Parameters:
  ///   - a: Shape [n, m], of which the first `c.rows` columns count.
  ///   - b: Shape [n, d].
  ///   - c: Shape [m, d].
  ///   - scratch: Memory of the calling thread, where the product may be worth packing.
  /// - Returns: 0 when every element of C is finite, NaN otherwise.
  func multiplyTransposing(
    _ a: MatrixView, _ b: MatrixView, into c: MatrixView, alpha: Float, beta: Float,
    scratch: PackingScratch?
  ) -> Float {
    accumulate(
      StridedFactor(base: a.base, rowStride: 1, depthStride: a.stride, rows: c.rows), b, into: c,
      alpha: alpha, beta: beta, scratch: scratch)
  }

  /// Rows of B per block: a panel of B of this depth stays in the first-level cache.
  static let depthBlock = 256

  /// The order in which an element is summed does not depend on how B is read.
  private func accumulate(
    _ a: StridedFactor, _ b: MatrixView, into c: MatrixView, alpha: Float, beta: Float,
    scratch: PackingScratch?
  ) -> Float {
    let packing = PackingScratch.pays(units: c.rows, inputs: c.columns) ? scratch : nil
    let prefetches = b.rows * c.columns >= Self.leastPrefetched
    var check: Float = 0
    for depth in stride(from: 0, to: b.rows, by: Self.depthBlock) {
      let block = depth..<min(depth + Self.depthBlock, b.rows)
      let beta = depth == 0 ? beta : 1
      if let packing {
        check += accumulatePacked(a.depth(block), b.rows(block), into: c, alpha, beta, packing)
      } else {
        check += accumulateBlock(
          a.depth(block), b.rows(block), into: c, alpha, beta, prefetches: prefetches)
      }
    }
    return check
  }

  /// Elements of B from which on the processor does not have them at hand: 2 MiB.
  private static let leastPrefetched = 524_288

  private func accumulateBlock(
    _ a: StridedFactor, _ b: MatrixView, into c: MatrixView, _ alpha: Float, _ beta: Float,
    prefetches: Bool
  ) -> Float {
    let tileRows = evenTile(a.rows, largest: table.pointee.outer_rows)
    let tileColumns = table.pointee.outer_columns
    var check: Float = 0
    for column in stride(from: 0, to: c.columns, by: tileColumns) {
      for row in stride(from: 0, to: a.rows, by: tileRows) {
        if prefetches {
          let tiles = (a.rows + tileRows - 1) / tileRows
          let share = part(row / tileRows, of: tiles, in: b.rows)
          let next = min(column + tileColumns, c.columns)..<min(column + 2 * tileColumns, c.columns)
          prefetch(b.rows(share).columns(next))
        }
        check += table.pointee.outer(
          min(tileRows, a.rows - row), min(tileColumns, c.columns - column), b.rows,
          a.base + row * a.rowStride, a.rowStride, a.depthStride, b.base + column, b.stride,
          c.base + row * c.stride + column, c.stride, alpha, beta)
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

/// The left factor of a product whose elements lie at any distance: a(i,k) =
/// base[i rowStride + k depthStride].
struct StridedFactor {
  let base: UnsafeMutablePointer<Float>
  let rowStride, depthStride: Int
  let rows: Int

  /// Some of the depth.
  func depth(_ range: Range<Int>) -> StridedFactor {
    StridedFactor(
      base: base + range.lowerBound * depthStride, rowStride: rowStride, depthStride: depthStride,
      rows: rows)
  }
}
