internal import CStrataKernels

/// In which pieces the first layer's products take the inputs of a batch.
struct InputTiles {
  /// Rows on the way forward: few where the weights of a block of depth stay in the second-level
  /// cache, so that the rows themselves stay in the first; many where weights are turned, rounded or
  /// too large for that, so that they are read seldom.
  let forwardRows: Int
  /// Inputs on the way forward.
  let forwardColumns: Int
  /// Rows of a piece of the weight gradient.
  let gradientRows: Int
  /// Inputs of a piece of the weight gradient: the pixels of a cache line, or enough to be worth
  /// packing.
  let gradientColumns: Int

  /// Chooses the pieces for batches of up to `capacity` rows.
  ///
  /// - Parameter rounds: Whether the pieces are rounded.
  init(_ architecture: Architecture, capacity: Int, rounds: Bool, kernels: KernelSet) {
    let inputs = paddedWidth(architecture.inputs)
    let units = architecture.width(of: 1)
    let rows = min(capacity, PairScratch.rows)
    let isNarrow = KernelSet.prefersTransposedWeights(inputs: architecture.inputs, units: units)
    let rounds = rounds && !isNarrow
    forwardRows =
      isNarrow || rounds ? rows : kernels.tileRows(depth: inputs, units: units, all: rows)
    forwardColumns = min(inputs, KernelSet.largestDepth)
    gradientRows = rows
    gradientColumns = min(inputs, units < PackingScratch.leastRows ? 64 : PairScratch.columns)
  }

  /// Numbers of the largest piece that is not rounded.
  var largest: Int {
    max(
      forwardRows * paddedStride(forwardColumns), gradientRows * paddedStride(gradientColumns))
  }
}
