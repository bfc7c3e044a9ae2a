/// The memory that one thread needs at test time.
struct InferenceBuffers {
  /// Where each row that the next pass starts from begins, shape [capacity + lookahead].
  let addresses: RowAddresses
  /// The labels of the rows, shape [n].
  let labels: UnsafeMutablePointer<Int32>
  /// Rows that the processor fetches ahead.
  let lookahead: Int
  /// A few rows of a block of inputs, standardized.
  let tile: MatrixView
  /// Memory for some rows of a block of a layer's inputs, rounded.
  let rounded: UnsafeMutablePointer<Float>
  /// The result of each layer.
  let outputs: [MatrixView]
  /// What the softmax says of each row.
  let outcome: RowOutcome

  /// Lays out the memory for up to `capacity` rows.
  init(
    _ architecture: Architecture, capacity: Int, isRounded: Bool, kernels: KernelSet,
    in arena: inout Arena
  ) {
    lookahead = kernels.transposedTileRows
    addresses = arena.take(capacity + lookahead, of: UnsafeRawPointer?.self)
    labels = arena.take(capacity, of: Int32.self)
    tile = arena.matrix(
      rows: min(
        capacity,
        kernels.tileRows(
          depth: architecture.inputs, units: architecture.width(of: 1), all: capacity)),
      columns: min(paddedWidth(architecture.inputs), KernelSet.largestDepth))
    rounded = arena.take(isRounded ? capacity * paddedStride(KernelSet.largestDepth / 2) : 0)
    outputs = (1...architecture.depth).map {
      arena.matrix(rows: capacity, columns: architecture.width(of: $0))
    }
    outcome = RowOutcome(capacity: capacity, in: &arena)
  }
}
