internal import CStrataKernels

/// The way forward: from pixels to probabilities.
extension TrainingCore {
  /// Whether the first layer is summed in groups of inputs.
  var sumsInputGroups: Bool { workspace.partials.count > 1 }

  /// Fetches rows and multiplies them with the first layer's weights, group by group of inputs:
  /// P_g = X_g W_gᵀ.
  ///
  /// A few rows at a time, which the product then finds in the first-level cache.
  func projectInputs(thread: Int) {
    let groups = workspace.partials.count
    let rowParts = (threads + groups - 1) / groups
    let input = activations(before: 0)
    let weight = weight(0)
    for item in stride(from: thread, to: groups * rowParts, by: threads) {
      let group = item % groups
      let columns = part(group, of: groups, in: input.columns, unit: lineWidth)
      let rows = part(item / groups, of: rowParts, in: rows)
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: tileRows) {
        let tile = start..<min(start + tileRows, rows.upperBound)
        fetch(rows: tile, columns: columns)
        kernels.multiplyTransposed(
          input.rows(tile).columns(columns), weight.columns(columns),
          into: workspace.partials[group].rows(tile))
      }
    }
  }

  private var tileRows: Int { kernels.table.pointee.dot_rows }

  /// Fetches a share of the rows.
  func fetchInputs(thread: Int) {
    fetch(
      rows: part(thread, of: threads, in: rows), columns: 0..<activations(before: 0).columns)
  }

  /// Standardizes some rows, and begins to fetch those that follow.
  private func fetch(rows: Range<Int>, columns: Range<Int>) {
    guard let scaling else { return }
    let input = workspace.input
    for row in rows {
      let next = min(row + tileRows, self.rows - 1)
      scaling.write(
        workspace.pixels[row], next: workspace.pixels[next], columns: columns,
        to: input.base + row * input.stride + columns.lowerBound, kernels: kernels)
    }
  }

  /// Computes a share of a layer's units: s = W x + b, then normalization and ReLU.
  func forward(layer: Int, thread: Int, of sharers: Int) {
    let space = workspace.layers[layer]
    let columns = part(thread, of: sharers, in: space.linear.columns, unit: lineWidth)
    guard !columns.isEmpty else { return }
    if layer > 0 || !sumsInputGroups {
      let weight = weight(layer)
      let units = columns.clamped(to: 0..<weight.rows)
      kernels.multiplyTransposed(
        activations(before: layer), weight.rows(units),
        into: space.linear.withRows(rows).columns(columns))
    }
    addBias(layer: layer, columns: columns)
    switch placement(layer) {
    case .none: if layer < architecture.depth - 1 { rectify(space.linear, columns: columns) }
    case .before: normalize(layer: layer, columns: columns, rectifies: true)
    case .after:
      rectify(space.linear, columns: columns)
      normalize(layer: layer, columns: columns, rectifies: false)
    }
  }

  /// s ← Σ_g P_g + b.
  private func addBias(layer: Int, columns: Range<Int>) {
    let linear = workspace.layers[layer].linear
    let isGrouped = layer == 0 && sumsInputGroups
    let source = isGrouped ? workspace.partials[0] : linear
    let groupStride = isGrouped ? workspace.partials[1].base - workspace.partials[0].base : 0
    kernels.table.pointee.combine(
      rows, columns.count, isGrouped ? workspace.partials.count : 1,
      source.base + columns.lowerBound, groupStride,
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
