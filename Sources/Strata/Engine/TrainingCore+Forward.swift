/// The way forward: from pixels to logits.
extension TrainingCore {
  /// Whether the first layer is summed in two halves of its inputs.
  var sumsInputHalves: Bool { buffers.partials.count > 1 }

  /// Computes a share of the first layer's products, one half of the inputs at a time:
  /// P_h = X_h W_hᵀ.
  func projectInputHalves(thread: Int, of sharers: Int) {
    let halves = buffers.partials.count
    let weight = weight(0)
    // As many pieces for every thread.
    let rowParts = sharers.isMultiple(of: halves) ? sharers / halves : sharers
    for item in stride(from: thread, to: halves * rowParts, by: sharers) {
      let half = item % halves
      project(
        rows: part(item / halves, of: rowParts, in: rows, unit: kernels.transposedTileRows),
        columns: part(half, of: halves, in: weight.columns, unit: lineWidth), by: weight,
        into: buffers.partials[half], thread: thread)
    }
  }

  /// A few rows and a block of their inputs at a time, which the product then finds in the
  /// first-level cache.
  private func project(
    rows: Range<Int>, columns: Range<Int>, by weight: MatrixView, into products: MatrixView,
    thread: Int
  ) {
    let factors = factors(of: 0, thread: thread)
    for tile in rows.split(into: buffers.inputTiles.forwardRows) {
      for block in kernels.depthBlocks(of: columns) {
        factors.gemm(
          inputs.neighbours(rows: tile, columns: block, factors, thread: thread),
          transposed: weight.columns(block), into: products.rows(tile),
          accumulating: block.lowerBound > columns.lowerBound)
      }
    }
  }

  /// Computes a share of a layer's units, one operation after the other.
  func forward(layer: Int, thread: Int, of sharers: Int) {
    let buffers = buffers.layers[layer]
    let columns = part(thread, of: sharers, in: buffers.output.columns, unit: lineWidth)
    guard !columns.isEmpty else { return }
    for index in buffers.operations.indices {
      guard let operation = buffers.operations[index] else { return }
      let result = buffers.values[index].withRows(rows).columns(columns)
      let input = buffers.values[max(0, index - 1)].withRows(rows).columns(columns)
      switch operation {
      case .linear:
        multiply(layer: layer, columns: columns, into: result, thread: thread)
        addBias(layer: layer, columns: columns, into: result)
      case .normalization:
        normalize(
          input, layer: layer, columns: columns, rectifies: buffers.isRectified(after: index),
          into: result)
      case .activation(.relu) where buffers.isNormalized(before: index): break
      case .activation(let activation): kernels.activate(activation, input, into: result)
      case .dropout: drop(result, layer: layer, columns: columns)
      }
    }
  }

  /// y ← m ⊙ y with the mask of the layer and step; nothing without dropout.
  func drop(_ y: MatrixView, layer: Int, columns: Range<Int>) {
    guard let dropout else { return }
    kernels.drop(y, from: columns.lowerBound, layer: layer, dropout)
  }

  /// s ← W x for some of the units.
  private func multiply(
    layer: Int, columns: Range<Int>, into products: MatrixView, thread: Int
  ) {
    if layer == 0 && sumsInputHalves { return }
    let weight = weight(layer)
    let units = weight.rows(columns.clamped(to: 0..<weight.rows))
    let transposedWeight = buffers.layers[layer].transposedWeight
    guard transposedWeight.rows > 0 else {
      if layer == 0 {
        project(
          rows: 0..<rows, columns: 0..<weight.columns, by: units, into: products, thread: thread)
      } else {
        factors(of: layer, thread: thread)
          .gemm(output(of: layer - 1), transposed: units, into: products)
      }
      return
    }
    let transposed = transposedWeight.columns(columns)
    kernels.transpose(
      units, columns: transposed.rows, into: transposed.base, stride: transposed.stride)
    guard layer == 0 else {
      return kernels.gemm(output(of: layer - 1), transposed, into: products)
    }
    let factors = factors(of: layer, thread: thread)
    for tile in (0..<rows).split(into: buffers.inputTiles.forwardRows) {
      kernels.gemm(
        inputs.neighbours(rows: tile, columns: 0..<weight.columns, factors, thread: thread),
        transposed, into: products.rows(tile))
    }
  }

  /// s ← s + b, where s of the first layer may be in two halves.
  private func addBias(layer: Int, columns: Range<Int>, into s: MatrixView) {
    let bias = parameters + layout.layers[layer].bias.offset + columns.lowerBound
    guard layer == 0 && sumsInputHalves else {
      return kernels.addBias(bias, toSumOf: 1, s.base, distance: 0, into: s)
    }
    let partials = buffers.partials
    kernels.addBias(
      bias, toSumOf: partials.count, partials[0].base + columns.lowerBound,
      distance: partials[1].base - partials[0].base, into: s)
  }

  /// γ (x − μ)/√(v + ε) + β with the statistics of the batch.
  private func normalize(
    _ x: MatrixView, layer: Int, columns: Range<Int>, rectifies: Bool, into y: MatrixView
  ) {
    guard let scale = layout.layers[layer].scale, let shift = layout.layers[layer].shift else {
      return
    }
    let first = columns.lowerBound
    let moments = buffers.layers[layer].moments.from(first)
    kernels.columnMoments(of: x, mean: moments.mean, variance: moments.variance)
    kernels.normalize(
      x, moments, scale: parameters + scale.offset + first,
      shift: parameters + shift.offset + first, rectifies: rectifies, into: y)
  }
}
