internal import CStrataKernels

/// The inputs of a batch: bytes, standardized some rows and columns at a time just before a product
/// reads them.
///
/// Bytes take a quarter of the room that numbers take in the caches. Where it is asked for, numbers
/// are kept from the way forward to the weight gradient; elsewhere they are made again.
final class BatchInputs {
  /// The rows of the batch.
  private(set) var rows = 0
  /// The labels of the rows, shape [n].
  let labels: UnsafeMutablePointer<Int32>
  /// Where the bytes of each row begin, shape [n + a tile].
  private let pixels: PixelPointers
  /// Where those of the rows of the batch thereafter begin, shape [n].
  private let nextPixels: PixelPointers
  /// How bytes become numbers; `nil` when numbers were given.
  private var scaling: InputScaling.View?
  /// The numbers that were given, shape [n, d].
  private var given: (block: FlatBlock, view: MatrixView)?
  /// The numbers of the batch where they are kept, shape [n, d].
  private let kept: MatrixView?
  private let capacity, columns: Int
  /// Each thread's memory for numbers that are not kept.
  private let scratch: UnsafeMutablePointer<Float>
  private let scratchCount: Int
  private let block: FlatBlock
  /// Rows that the processor fetches ahead.
  private let lookahead: Int

  /// Allocates the memory for up to `capacity` rows of `inputs` numbers.
  ///
  /// - Parameters:
  ///   - keeps: Whether numbers are kept; then no two threads may ask for the same ones.
  ///   - scratchCount: The most numbers, rows padded, that a thread asks for at a time.
  init(
    capacity: Int, inputs: Int, threads: Int, keeps: Bool, scratchCount: Int, kernels: KernelSet
  ) {
    self.capacity = capacity
    columns = inputs
    self.scratchCount = keeps ? 0 : scratchCount
    let keptCount = keeps ? capacity * paddedStride(inputs) : 0
    block = FlatBlock(count: keptCount + threads * self.scratchCount)
    kept = keeps ? MatrixView(block.base, rows: capacity, columns: inputs) : nil
    scratch = block.base + keptCount
    lookahead = kernels.transposedTileRows
    labels = .allocate(capacity: capacity)
    pixels = .allocate(capacity: capacity + lookahead)
    nextPixels = .allocate(capacity: capacity)
  }

  deinit {
    labels.deallocate()
    pixels.deallocate()
    nextPixels.deallocate()
  }

  /// Bytes that this memory takes.
  static func byteCount(
    capacity: Int, inputs: Int, threads: Int, keeps: Bool, scratchCount: Int
  ) -> Int {
    let numbers = keeps ? capacity * paddedStride(inputs) : threads * scratchCount
    return numbers * MemoryLayout<Float>.size
      + capacity * (MemoryLayout<Int32>.size + 2 * MemoryLayout<UnsafePointer<UInt8>?>.size)
  }

  /// Chooses the rows, of a source that outlives their use.
  ///
  /// - Parameter next: The rows of the batch thereafter; may be empty.
  func choose(_ chosen: ArraySlice<Int32>, next: ArraySlice<Int32>, of source: BatchSource) {
    precondition(chosen.count <= capacity && next.count <= capacity, "more rows than planned")
    scaling = source.scaling.view
    rows = chosen.count
    for (index, row) in chosen.enumerated() {
      pixels[index] = source.pixels(Int(row))
      labels[index] = source.label(Int(row))
    }
    lookAhead()
    for (index, row) in next.prefix(rows).enumerated() {
      nextPixels[index] = source.pixels(Int(row))
    }
    for index in min(next.count, rows)..<rows { nextPixels[index] = pixels[index] }
  }

  /// Changes some images of the batch; `lookAhead` has to follow when all are changed.
  func augment(_ rows: Range<Int>, by augmenter: BatchAugmenter) {
    augmenter.change(rows, of: pixels)
  }

  /// Has the first row's pixels fetched ahead beyond the last rows.
  func lookAhead() {
    for index in 0..<lookahead { pixels[rows + index] = pixels[0] }
  }

  /// Takes standardized numbers instead.
  ///
  /// - Parameter values: Shape [n, d], row by row.
  func take(_ values: [Float], labels labelsOfRows: [UInt8]) {
    precondition(values.count == labelsOfRows.count * columns, "rows of d inputs are needed")
    precondition(labelsOfRows.count <= capacity, "more rows than planned")
    scaling = nil
    rows = labelsOfRows.count
    let block = FlatBlock(count: rows * paddedStride(columns))
    let view = MatrixView(block.base, rows: rows, columns: columns)
    given = (block, view)
    for row in 0..<rows {
      labels[row] = Int32(labelsOfRows[row])
      (view.base + row * view.stride).update(
        from: Array(values[row * columns..<(row + 1) * columns]), count: columns)
    }
  }

  /// Some columns of some rows as a factor on the way forward, valid until the thread asks again; 0
  /// beyond the last input.
  func neighbours(
    rows: Range<Int>, columns: Range<Int>, _ factors: Factors, thread: Int
  ) -> MatrixView {
    guard let scaling else { return factors.neighbours(numbers(rows, columns), .left) }
    let pairs = factors.neighbours(rows: rows.count, columns: columns.count, .left)
    let target = pairs ?? memory(rows, columns, thread: thread)
    scaling.write(
      pairs == nil ? .numbers : .neighbours, rows: rows.count, pixels + rows.lowerBound,
      next: pixels + rows.lowerBound + lookahead, columns: columns, to: target,
      kernels: factors.kernels)
    return target
  }

  /// The same as a factor of the weight gradient; the processor begins to fetch the same part of the
  /// batch thereafter.
  ///
  /// Where numbers are kept, they have been asked for on the way forward.
  func stacked(
    rows: Range<Int>, columns: Range<Int>, _ factors: Factors, thread: Int
  ) -> MatrixView {
    guard let scaling else { return factors.stacked(numbers(rows, columns), .right) }
    let next = nextPixels + rows.lowerBound
    if let kept {
      for line in columns.clamped(to: 0..<scaling.count).split(into: 64) {
        strata_prefetch(rows.count, next, line.lowerBound)
      }
      return kept.rows(rows).columns(columns)
    }
    let pairs = factors.stacked(rows: rows.count, columns: columns.count, .right)
    let target = pairs ?? memory(rows, columns, thread: thread)
    scaling.write(
      pairs == nil ? .numbers : .stacked, rows: rows.count, pixels + rows.lowerBound, next: next,
      columns: columns, to: target, kernels: factors.kernels)
    return target
  }

  /// Numbers that were given.
  private func numbers(_ rows: Range<Int>, _ columns: Range<Int>) -> MatrixView {
    guard let given else { preconditionFailure("no inputs were chosen") }
    return given.view.rows(rows).columns(columns)
  }

  /// Where numbers go.
  private func memory(_ rows: Range<Int>, _ columns: Range<Int>, thread: Int) -> MatrixView {
    kept?.rows(rows).columns(columns)
      ?? MatrixView(
        scratch + thread * scratchCount, rows: rows.count, columns: columns.count)
  }
}
