internal import CStrataKernels

/// The inputs of a batch: bytes, standardized some rows and columns at a time just before a product
/// reads them.
///
/// A batch is never stored as numbers. Its bytes take a quarter of the room in the caches, and to
/// standardize them twice, for the way forward and for the weight gradient, costs less than to
/// store them once.
final class BatchInputs {
  /// The rows of the batch.
  private(set) var rows = 0
  /// The labels of the rows, shape [n].
  let labels: UnsafeMutablePointer<Int32>
  private let kernels: KernelSet
  /// Where the bytes of each row begin, shape [n + a tile].
  private let pixels: PixelPointers
  /// Where those of the rows of the batch thereafter begin, shape [n].
  private let nextPixels: PixelPointers
  /// How bytes become numbers; `nil` when numbers were given.
  private var scaling: InputScaling.View?
  private var numbers: Numbers?
  /// Each thread's memory for standardized numbers.
  private let scratch: FlatBlock
  private let scratchCount: Int
  /// Rows that the processor fetches ahead.
  private let lookahead: Int

  /// Numbers that were given instead of bytes.
  private struct Numbers {
    let block: FlatBlock
    let view: MatrixView
  }

  /// Rows that will be wanted after those at hand.
  enum Next {
    /// The rows below, in the same columns.
    case tile
    /// The rows of the batch thereafter.
    case batch
  }

  /// Allocates the memory for up to `capacity` rows, of which each thread asks for at most
  /// `scratchCount` numbers at a time, their rows padded.
  init(capacity: Int, threads: Int, scratchCount: Int, kernels: KernelSet) {
    self.kernels = kernels
    self.scratchCount = scratchCount
    lookahead = kernels.table.pointee.dot_rows
    labels = .allocate(capacity: capacity)
    pixels = .allocate(capacity: capacity + lookahead)
    nextPixels = .allocate(capacity: capacity)
    scratch = FlatBlock(count: threads * scratchCount)
  }

  deinit {
    labels.deallocate()
    pixels.deallocate()
    nextPixels.deallocate()
  }

  /// Chooses the rows, of a source that outlives their use.
  ///
  /// - Parameter next: The rows of the batch thereafter; may be empty.
  func choose(_ chosen: ArraySlice<Int32>, next: ArraySlice<Int32>, of source: BatchSource) {
    scaling = source.scaling.view
    rows = chosen.count
    for (index, row) in chosen.enumerated() {
      pixels[index] = source.pixels(Int(row))
      labels[index] = source.label(Int(row))
    }
    for index in 0..<lookahead { pixels[rows + index] = pixels[0] }
    for (index, row) in next.prefix(rows).enumerated() {
      nextPixels[index] = source.pixels(Int(row))
    }
    for index in min(next.count, rows)..<rows { nextPixels[index] = pixels[index] }
  }

  /// Takes standardized numbers instead.
  ///
  /// - Parameter values: Shape [n, d], row by row.
  func take(_ values: [Float], labels given: [UInt8]) {
    let columns = values.count / given.count
    precondition(values.count == given.count * columns)
    scaling = nil
    rows = given.count
    let block = FlatBlock(count: rows * paddedStride(columns))
    let view = MatrixView(block.base, rows: rows, columns: columns)
    numbers = Numbers(block: block, view: view)
    for row in 0..<rows {
      labels[row] = Int32(given[row])
      (view.base + row * view.stride).update(
        from: Array(values[row * columns..<(row + 1) * columns]), count: columns)
    }
  }

  /// Some columns of some rows as numbers, valid until the thread asks again; the columns beyond
  /// the last input are 0.
  func standardized(
    rows: Range<Int>, columns: Range<Int>, next: Next, thread: Int
  ) -> MatrixView {
    guard let scaling else { return numbers.unsafelyUnwrapped.view.rows(rows).columns(columns) }
    let target = MatrixView(
      scratch.base + thread * scratchCount, rows: rows.count, columns: columns.count)
    let following =
      switch next {
      case .tile: pixels + rows.lowerBound + lookahead
      case .batch: nextPixels + rows.lowerBound
      }
    scaling.write(
      pixels + rows.lowerBound, next: following, columns: columns, to: target, kernels: kernels)
    return target
  }
}
