/// The inputs of a batch: rows of the data, standardized some rows and columns at a time just before
/// a product reads them.
///
/// Bytes take a quarter of the room that numbers take in the caches. Where it is asked for, numbers
/// are kept from the way forward to the weight gradient; elsewhere they are made again.
final class BatchInputs {
  /// The rows of the batch.
  private(set) var rows = 0
  /// The labels of the rows, shape [n].
  let labels: UnsafeMutablePointer<Int32>
  /// Where each row begins, shape [n + a tile].
  private let addresses: RowAddresses
  /// Where the rows of the batch thereafter begin, shape [n].
  private let nextAddresses: RowAddresses
  /// How rows become numbers; `nil` before rows are chosen.
  private var scaling: InputScaling.View?
  /// Where they are.
  private var source: BatchSource?
  /// The numbers of the batch where they are kept, shape [n, d].
  private let kept: MatrixView?
  private let capacity: Int
  /// Each thread's memory for numbers that are not kept.
  private let scratch: UnsafeMutablePointer<Float>
  private let scratchCount: Int
  /// Rows that the processor fetches ahead.
  private let lookahead: Int

  /// Lays out the memory for up to `capacity` rows of `inputs` numbers.
  ///
  /// - Parameters:
  ///   - keeps: Whether numbers are kept; then no two threads may ask for the same ones.
  ///   - scratchCount: The most numbers, rows padded, that a thread asks for at a time.
  init(
    capacity: Int, inputs: Int, threads: Int, keeps: Bool, scratchCount: Int, kernels: KernelSet,
    in arena: inout Arena
  ) {
    self.capacity = capacity
    self.scratchCount = keeps ? 0 : scratchCount
    lookahead = kernels.transposedTileRows
    kept = keeps ? arena.matrix(rows: capacity, columns: inputs) : nil
    scratch = arena.take(threads * self.scratchCount)
    labels = arena.take(capacity, of: Int32.self)
    addresses = arena.take(capacity + lookahead, of: UnsafeRawPointer?.self)
    nextAddresses = arena.take(capacity, of: UnsafeRawPointer?.self)
  }

  /// Chooses the rows of a source.
  ///
  /// - Parameter next: The rows of the batch thereafter; may be empty.
  func choose(_ chosen: ArraySlice<Int32>, next: ArraySlice<Int32>, of source: BatchSource) {
    precondition(chosen.count <= capacity && next.count <= capacity, "more rows than planned")
    if self.source !== source { self.source = source }
    scaling = source.scaling.view
    rows = chosen.count
    for (index, row) in chosen.enumerated() {
      addresses[index] = source.address(Int(row))
      labels[index] = source.label(Int(row))
    }
    lookAhead()
    for (index, row) in next.prefix(rows).enumerated() {
      nextAddresses[index] = source.address(Int(row))
    }
    for index in min(next.count, rows)..<rows {
      nextAddresses[index] = addresses[index]
    }
  }

  /// Changes some images of the batch; `lookAhead` has to follow when all are changed.
  func augment(_ rows: Range<Int>, by augmenter: BatchAugmenter) {
    augmenter.change(rows, of: addresses)
  }

  /// Has the first row fetched ahead beyond the last rows.
  func lookAhead() {
    for index in 0..<lookahead { addresses[rows + index] = addresses[0] }
  }

  /// Some columns of some rows as a factor on the way forward, valid until the thread asks again; 0
  /// beyond the last input.
  func neighbours(
    rows: Range<Int>, columns: Range<Int>, _ factors: Factors, thread: Int
  ) -> MatrixView {
    let pairs = factors.neighbours(rows: rows.count, columns: columns.count, .left)
    let target = pairs ?? memory(rows, columns, thread: thread)
    chosenScaling.write(
      pairs == nil ? .numbers : .neighbours, rows: rows.count, addresses + rows.lowerBound,
      next: addresses + rows.lowerBound + lookahead, columns: columns, to: target,
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
    let next = nextAddresses + rows.lowerBound
    if let kept {
      chosenScaling.prefetch(columns: columns, rows: rows.count, next)
      return kept.rows(rows).columns(columns)
    }
    let pairs = factors.stacked(rows: rows.count, columns: columns.count, .right)
    let target = pairs ?? memory(rows, columns, thread: thread)
    chosenScaling.write(
      pairs == nil ? .numbers : .stacked, rows: rows.count, addresses + rows.lowerBound, next: next,
      columns: columns, to: target, kernels: factors.kernels)
    return target
  }

  private var chosenScaling: InputScaling.View {
    guard let scaling else { preconditionFailure("no inputs were chosen") }
    return scaling
  }

  /// Where numbers go.
  private func memory(_ rows: Range<Int>, _ columns: Range<Int>, thread: Int) -> MatrixView {
    kept?.rows(rows).columns(columns)
      ?? MatrixView(
        scratch + thread * scratchCount, rows: rows.count, columns: columns.count)
  }
}
