internal import CStrataKernels

/// The way forward: from pixels to probabilities.
extension TrainingCore {
  /// Whether the first layer is summed in two halves of its inputs.
  var sumsInputHalves: Bool { workspace.partials.count > 1 }

  /// Computes a share of the first layer's products, one half of the inputs at a time:
  /// P_h = X_h W_hᵀ.
  func projectInputHalves(thread: Int, of sharers: Int) {
    let halves = workspace.partials.count
    let weight = weight(0)
    // As many pieces for every thread.
    let rowParts = sharers.isMultiple(of: halves) ? sharers / halves : sharers
    for item in stride(from: thread, to: halves * rowParts, by: sharers) {
      let half = item % halves
      project(
        rows: part(item / halves, of: rowParts, in: rows, unit: kernels.table.pointee.dot_rows),
        columns: part(half, of: halves, in: weight.columns, unit: lineWidth), by: weight,
        into: workspace.partials[half], thread: thread)
    }
  }

  /// A few rows and a block of their inputs at a time, which the product then finds in the
  /// first-level cache.
  private func project(
    rows: Range<Int>, columns: Range<Int>, by weight: MatrixView, into products: MatrixView,
    thread: Int
  ) {
    let factors = factors(of: 0, thread: thread)
    for tile in rows.split(into: inputTiles.forwardRows) {
      for block in kernels.depthBlocks(of: columns) {
        factors.multiplyTransposed(
          inputs.neighbours(rows: tile, columns: block, factors, thread: thread),
          weight.columns(block), into: products.rows(tile),
          accumulating: block.lowerBound > columns.lowerBound)
      }
    }
  }

  /// Computes a share of a layer's units: s = W x + b, then normalization and ReLU.
  func forward(layer: Int, thread: Int, of sharers: Int) {
    let space = workspace.layers[layer]
    let columns = part(thread, of: sharers, in: space.linear.columns, unit: lineWidth)
    guard !columns.isEmpty else { return }
    if layer > 0 || !sumsInputHalves {
      multiply(layer: layer, columns: columns, thread: thread)
    }
    addBias(layer: layer, columns: columns)
    switch placement(layer) {
    case .none: if layer < architecture.depth - 1 { rectify(space.linear, columns: columns) }
    case .before: normalize(layer: layer, columns: columns, rectifies: true)
    case .after:
      rectify(space.linear, columns: columns)
      normalize(layer: layer, columns: columns, rectifies: false)
    }
    if layer < architecture.depth - 1 { drop(space.output, layer: layer, columns: columns) }
  }

  /// y ← m ⊙ y with the mask of the layer and step; nothing without dropout.
  func drop(_ view: MatrixView, layer: Int, columns: Range<Int>) {
    guard let dropout else { return }
    var rule = strata_dropout(
      key: dropout.key, step: UInt32(truncatingIfNeeded: dropout.step), layer: UInt32(layer),
      threshold: dropout.threshold, scale: Float(dropout.scale))
    kernels.table.pointee.drop(
      rows, columns.lowerBound, columns.count, &rule, view.base, view.stride)
  }

  /// s ← W x for some of the units.
  private func multiply(layer: Int, columns: Range<Int>, thread: Int) {
    let space = workspace.layers[layer]
    let weight = weight(layer)
    let units = weight.rows(columns.clamped(to: 0..<weight.rows))
    let products = space.linear.withRows(rows).columns(columns)
    guard space.transposedWeight.rows > 0 else {
      if layer == 0 {
        project(
          rows: 0..<rows, columns: 0..<weight.columns, by: units, into: products, thread: thread)
      } else {
        factors(of: layer, thread: thread)
          .multiplyTransposed(output(of: layer - 1), units, into: products)
      }
      return
    }
    let transposed = space.transposedWeight.columns(columns)
    kernels.transpose(units, columns: transposed.rows, into: transposed)
    guard layer == 0 else {
      return kernels.multiply(output(of: layer - 1), transposed, into: products)
    }
    for tile in (0..<rows).split(into: inputTiles.forwardRows) {
      kernels.multiply(
        inputs.neighbours(
          rows: tile, columns: 0..<weight.columns, factors(of: layer, thread: thread),
          thread: thread),
        transposed, into: products.rows(tile))
    }
  }

  /// s ← Σ_h P_h + b.
  private func addBias(layer: Int, columns: Range<Int>) {
    let linear = workspace.layers[layer].linear
    let isHalved = layer == 0 && sumsInputHalves
    let source = isHalved ? workspace.partials[0] : linear
    let halfStride = isHalved ? workspace.partials[1].base - workspace.partials[0].base : 0
    kernels.table.pointee.combine(
      rows, columns.count, isHalved ? workspace.partials.count : 1,
      source.base + columns.lowerBound, halfStride,
      parameters + layout.layers[layer].bias.offset + columns.lowerBound,
      linear.base + columns.lowerBound, linear.stride)
  }

  /// y ← max(0, y), in place.
  private func rectify(_ view: MatrixView, columns: Range<Int>) {
    let start = view.base + columns.lowerBound
    kernels.table.pointee.relu(rows, columns.count, start, start, view.stride)
  }

  /// ŝ = (s − μ)/√(v + ε) and γ ŝ + β with the statistics of the batch.
  private func normalize(layer: Int, columns: Range<Int>, rectifies: Bool) {
    let space = workspace.layers[layer]
    guard let scale = layout.layers[layer].scale, let shift = layout.layers[layer].shift else {
      return
    }
    let start = columns.lowerBound
    kernels.table.pointee.column_moments(
      rows, columns.count, space.linear.base + start, space.linear.stride,
      space.mean + start, space.variance + start)
    kernels.table.pointee.normalize(
      rows, columns.count, space.linear.base + start, space.mean + start, space.variance + start,
      architecture.normalizationEpsilon, parameters + scale.offset + start,
      parameters + shift.offset + start, rectifies ? 1 : 0, space.output.base + start,
      space.linear.stride)
  }
}
