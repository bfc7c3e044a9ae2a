internal import CStrataKernels

/// The way back: gradients, and the update where one is asked for.
extension TrainingCore {
  /// Takes the gradient of a layer's products through a share of the layer's inputs.
  ///
  /// With G = ∂J/∂s of this layer: ∂J/∂x = G W for the inputs of this thread, then the weights
  /// that these inputs meet get their gradient Gᵀ X, then ∂J/∂x goes through the activation that
  /// made x.
  func backward(layer: Int, thread: Int, of sharers: Int) {
    let weight = weight(layer)
    let columns = part(thread, of: sharers, in: weight.columns, unit: 2 * lineWidth)
    guard !columns.isEmpty else { return }
    guard layer > 0 else { return takeFirstWeightGradient(columns: columns, thread: thread) }
    let factors = factors(of: layer, thread: thread)
    factors.multiply(
      workspace.layers[layer].gradient.withRows(rows), weight.columns(columns),
      into: workspace.layers[layer - 1].gradient.withRows(rows).columns(columns))
    takeWeightGradient(
      layer: layer, columns: columns, tileRows: factors.pieceRows(of: rows),
      width: factors.pieceColumns(of: columns.count), thread: thread
    ) { $2.stacked(output(of: layer - 1).rows($0).columns($1), .right) }
    backwardThroughActivation(layer: layer - 1, columns: columns, thread: thread)
  }

  /// The first layer's weight gradient, and meanwhile the way of the next batch's pixels into the
  /// cache.
  private func takeFirstWeightGradient(columns: Range<Int>, thread: Int) {
    takeWeightGradient(
      layer: 0, columns: columns, tileRows: inputTiles.gradientRows,
      width: inputTiles.gradientColumns, thread: thread
    ) { inputs.stacked(rows: $0, columns: $1, $2, thread: thread) }
  }

  /// ∂J/∂W = Gᵀ X + 2λW, or the update with it, by tiles of rows and panels of columns of X.
  private func takeWeightGradient(
    layer: Int, columns: Range<Int>, tileRows: Int, width: Int, thread: Int,
    inputs: (_ rows: Range<Int>, _ columns: Range<Int>, Factors) -> MatrixView
  ) {
    let factors = factors(of: layer, thread: thread)
    for tile in (0..<rows).split(into: tileRows) {
      let gradient = factors.stacked(workspace.layers[layer].gradient.rows(tile), .left)
      for panel in columns.split(into: width) {
        addWeightGradient(
          layer: layer, rows: tile, columns: panel, gradient, inputs(tile, panel, factors),
          factors, thread: thread)
      }
    }
  }

  /// The share of some rows in the gradient of some weights; the first rows come first.
  private func addWeightGradient(
    layer: Int, rows: Range<Int>, columns: Range<Int>, _ outputGradient: MatrixView,
    _ inputs: MatrixView, _ factors: Factors, thread: Int
  ) {
    let weight = weight(layer).columns(columns)
    let isFirst = rows.lowerBound == 0
    switch goal {
    case .descend(let rate, let lambda):
      checks.base[checkIndex(layer: layer, thread: thread)] += factors.kernels.multiplyTransposing(
        outputGradient, inputs, into: weight, alpha: -rate,
        beta: isFirst ? 1 - 2 * rate * lambda : 1, scratch: factors.packing)
    case .update, .gradient:
      let target = MatrixView(layout.layers[layer].weight, in: gradient.base).columns(columns)
      _ = factors.kernels.multiplyTransposing(
        outputGradient, inputs, into: target, alpha: 1, beta: isFirst ? 0 : 1,
        scratch: factors.packing)
      guard rows.upperBound == self.rows else { return }
      finishWeightGradient(layer: layer, columns: columns, thread: thread)
    }
  }

  /// What is left to do with Gᵀ X of some weights: λ's term, and the update where one is asked for.
  private func finishWeightGradient(layer: Int, columns: Range<Int>, thread: Int) {
    let slice = layout.layers[layer].weight
    for row in 0..<slice.rows {
      let offset = slice.offset + row * slice.stride + columns.lowerBound
      switch goal {
      case .update(let rule, let lambda):
        checks.base[checkIndex(layer: layer, thread: thread)] += update(
          rule, offset: offset, count: columns.count, decay: 2 * lambda)
      case .gradient(let lambda) where lambda != 0:
        _ = kernels.table.pointee.scale_add(
          columns.count, 2 * lambda, parameters + offset, 1, gradient.base + offset)
      case .gradient, .descend: return
      }
    }
  }

  /// Turns ∂J/∂output of a hidden layer into ∂J/∂s, and takes the gradients of γ, β and b.
  private func backwardThroughActivation(layer: Int, columns: Range<Int>, thread: Int) {
    let space = workspace.layers[layer]
    drop(space.gradient, layer: layer, columns: columns)
    switch placement(layer) {
    case .none:
      rectifyGradient(space, by: space.output, columns: columns)
    case .before:
      rectifyGradient(space, by: space.output, columns: columns)
      backwardThroughNormalization(layer: layer, columns: columns, thread: thread)
      return  // The bias shifts every row alike, and the mean takes the shift away: ∂J/∂b = 0.
    case .after:
      backwardThroughNormalization(layer: layer, columns: columns, thread: thread)
      rectifyGradient(space, by: space.linear, columns: columns)
    }
    let bias = layout.layers[layer].bias
    kernels.table.pointee.column_sums(
      rows, columns.count, space.gradient.base + columns.lowerBound, space.gradient.stride,
      gradient.base + bias.offset + columns.lowerBound)
    descend(bias, columns: columns, layer: layer, thread: thread)
  }

  private func rectifyGradient(
    _ space: LayerWorkspace, by output: MatrixView, columns: Range<Int>
  ) {
    kernels.table.pointee.relu_gradient(
      rows, columns.count, output.base + columns.lowerBound,
      space.gradient.base + columns.lowerBound, output.stride)
  }

  private func backwardThroughNormalization(layer: Int, columns: Range<Int>, thread: Int) {
    guard let scale = layout.layers[layer].scale, let shift = layout.layers[layer].shift else {
      return
    }
    let space = workspace.layers[layer]
    let start = columns.lowerBound
    kernels.table.pointee.normalize_gradient(
      rows, columns.count, space.linear.base + start, space.mean + start, space.variance + start,
      architecture.normalizationEpsilon, parameters + scale.offset + start,
      space.gradient.base + start, space.gradient.stride, gradient.base + scale.offset + start,
      gradient.base + shift.offset + start)
    descend(scale, columns: columns, layer: layer, thread: thread)
    descend(shift, columns: columns, layer: layer, thread: thread)
  }

  /// Moves a share of a vector of parameters along its gradient, where that is the goal.
  func descend(_ slice: Slice, columns: Range<Int>, layer: Int, thread: Int) {
    let start = slice.offset + columns.lowerBound
    let check = checkIndex(layer: layer, thread: thread)
    switch goal {
    case .descend(let rate, _):
      checks.base[check] += kernels.table.pointee.scale_add(
        columns.count, -rate, gradient.base + start, 1, parameters + start)
    case .update(let rule, _):
      checks.base[check] += update(
        rule, offset: start, count: columns.count, decay: nil)
    case .gradient: return
    }
  }

  /// Where a thread notes that a layer's parameters are no longer finite.
  func checkIndex(layer: Int, thread: Int) -> Int {
    (layer * threads + thread) * lineWidth
  }
}
