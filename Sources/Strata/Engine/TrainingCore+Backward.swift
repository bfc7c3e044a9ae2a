/// The way back: gradients, and the update where one is fused.
extension TrainingCore {
  /// ∂loss/∂s = (p − y)/n of the last layer, and the gradient of its bias.
  func startBackward() {
    let last = architecture.depth - 1
    let probabilities = output(of: last)
    let gradient = outputGradient(of: last)
    let share = 1 / Float(rows)
    for row in 0..<rows {
      let source = probabilities.base + row * probabilities.stride
      let target = gradient.base + row * gradient.stride
      for column in 0..<architecture.classes { target[column] = source[column] * share }
      target[Int(inputs.labels[row])] -= share
    }
    takeBiasGradient(gradient, layer: last, columns: 0..<gradient.columns, thread: 0)
  }

  /// Takes the gradient of a layer's products through a share of the layer's inputs.
  ///
  /// With G = ∂J/∂s of this layer: ∂J/∂x = G W for the inputs of this thread, then the weights
  /// that these inputs meet get their gradient Gᵀ X, then ∂J/∂x goes through the operations that
  /// made x.
  func backward(layer: Int, thread: Int, of sharers: Int) {
    let weight = weight(layer)
    let columns = part(thread, of: sharers, in: weight.columns, unit: 2 * lineWidth)
    guard !columns.isEmpty else { return }
    let factors = factors(of: layer, thread: thread)
    guard layer > 0 else {
      return takeWeightGradient(
        layer: 0, columns: columns, tileRows: buffers.inputTiles.gradientRows,
        width: buffers.inputTiles.gradientColumns, factors, thread: thread
      ) { inputs.stacked(rows: $0, columns: $1, factors, thread: thread) }
    }
    factors.gemm(
      outputGradient(of: layer), weight.columns(columns),
      into: outputGradient(of: layer - 1).columns(columns))
    takeWeightGradient(
      layer: layer, columns: columns, tileRows: factors.pieceRows(of: rows),
      width: factors.pieceColumns(of: columns.count), factors, thread: thread
    ) { factors.stacked(output(of: layer - 1).rows($0).columns($1), .right) }
    backwardThroughOperations(layer: layer - 1, columns: columns, thread: thread)
  }

  /// ∂J/∂W = Gᵀ X + 2λW, or the update with it, by tiles of rows and panels of columns of X; the first
  /// rows come first.
  private func takeWeightGradient(
    layer: Int, columns: Range<Int>, tileRows: Int, width: Int, _ factors: Factors, thread: Int,
    inputs: (_ rows: Range<Int>, _ columns: Range<Int>) -> MatrixView
  ) {
    for rows in (0..<rows).split(into: tileRows) {
      let gradient = factors.stacked(outputGradient(of: layer).rows(rows), .left)
      for panel in columns.split(into: width) {
        let inputs = inputs(rows, panel)
        let (target, alpha, beta) = product(of: layer, isFirst: rows.lowerBound == 0)
        let check = factors.kernels.gemm(
          StridedFactor(transposing: gradient, columns: target.rows), inputs,
          into: target.columns(panel), alpha: alpha, beta: beta, scratch: factors.packing)
        if fusedRate != nil { checks(layer: layer, thread: thread).pointee += check }
        if rows.upperBound == self.rows {
          finishWeightGradient(layer: layer, columns: panel, thread: thread)
        }
      }
    }
  }

  /// Where Gᵀ X goes: W ← (1 − 2ηλ) W − η Gᵀ X where descent is fused, else into the gradient.
  private func product(
    of layer: Int, isFirst: Bool
  ) -> (target: MatrixView, alpha: Float, beta: Float) {
    guard let rate = fusedRate else {
      return (MatrixView(layout.layers[layer].weight, in: gradient), 1, isFirst ? 0 : 1)
    }
    return (weight(layer), -rate, isFirst ? 1 - 2 * rate * step.lambda : 1)
  }

  /// η where W moves by the product that is its gradient.
  private var fusedRate: Float? {
    if fusesUpdate, case .descent(let rate) = step.rule { rate } else { nil }
  }

  /// What is left to do with Gᵀ X of some weights: λ's term, and a fused update.
  private func finishWeightGradient(layer: Int, columns: Range<Int>, thread: Int) {
    if fusedRate != nil { return }
    let slice = layout.layers[layer].weight
    for row in 0..<slice.rows {
      let offset = slice.offset + row * slice.stride + columns.lowerBound
      if fusesUpdate {
        checks(layer: layer, thread: thread).pointee += update(
          step.rule, offset: offset, count: columns.count, decay: 2 * step.lambda)
      } else if step.lambda != 0 {
        _ = kernels.add(
          2 * step.lambda, times: parameters + offset, count: columns.count, to: gradient + offset)
      }
    }
  }

  /// Turns ∂J/∂output of a hidden layer into ∂J/∂s, and takes the gradients of γ, β and b.
  private func backwardThroughOperations(layer: Int, columns: Range<Int>, thread: Int) {
    let buffers = buffers.layers[layer]
    let gradient = outputGradient(of: layer).columns(columns)
    for index in buffers.operations.indices.reversed() {
      guard let operation = buffers.operations[index] else { continue }
      let input = buffers.values[max(0, index - 1)].withRows(rows).columns(columns)
      switch operation {
      case .dropout: drop(gradient, layer: layer, columns: columns)
      case .activation(let activation):
        kernels.activateBackward(activation, at: input, gradient)
      case .normalization:
        backwardThroughNormalization(
          gradient, at: input, layer: layer, columns: columns, thread: thread)
      case .linear where buffers.ignoresBias: break
      case .linear:
        takeBiasGradient(gradient, layer: layer, columns: columns, thread: thread)
      }
    }
  }

  /// ∂J/∂b = Gᵀ 1.
  private func takeBiasGradient(
    _ outputGradient: MatrixView, layer: Int, columns: Range<Int>, thread: Int
  ) {
    let bias = layout.layers[layer].bias
    kernels.columnSums(of: outputGradient, into: gradient + bias.offset + columns.lowerBound)
    updateVector(bias, columns: columns, layer: layer, thread: thread)
  }

  private func backwardThroughNormalization(
    _ outputGradient: MatrixView, at x: MatrixView, layer: Int, columns: Range<Int>, thread: Int
  ) {
    guard let scale = layout.layers[layer].scale, let shift = layout.layers[layer].shift else {
      return
    }
    let first = columns.lowerBound
    kernels.normalizeGradient(
      outputGradient, at: x, buffers.layers[layer].moments.from(first),
      scale: parameters + scale.offset + first, scaleGradient: gradient + scale.offset + first,
      shiftGradient: gradient + shift.offset + first)
    updateVector(scale, columns: columns, layer: layer, thread: thread)
    updateVector(shift, columns: columns, layer: layer, thread: thread)
  }

  /// Moves a share of a vector of parameters along its gradient, where the update is fused.
  private func updateVector(_ slice: Slice, columns: Range<Int>, layer: Int, thread: Int) {
    guard fusesUpdate else { return }
    checks(layer: layer, thread: thread).pointee += update(
      step.rule, offset: slice.offset + columns.lowerBound, count: columns.count, decay: nil)
  }
}
