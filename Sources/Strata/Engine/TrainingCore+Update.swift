/// What comes between a whole gradient and the next batch, where nothing is fused.
extension TrainingCore {
  /// ∂J/∂θ, laid out like the parameters.
  var gradient: UnsafeMutablePointer<Float> {
    buffers.gradient.baseAddress.unsafelyUnwrapped
  }

  /// Where a thread notes that a layer's parameters are no longer finite.
  func checks(layer: Int, thread: Int) -> UnsafeMutablePointer<Float> {
    buffers.checks.baseAddress.unsafelyUnwrapped + (layer * threads + thread) * lineWidth
  }

  /// Σ g² of a thread's blocks of the gradient, in `Double`.
  func addSquares(thread: Int) {
    let start = UnsafeRawPointer(gradient)
    for block in part(thread, of: threads, in: buffers.squares.count) {
      let first = block * TrainingBuffers.blockOfSquares
      let end = min(first + TrainingBuffers.blockOfSquares, layout.count)
      var sum = SIMD8<Double>.zero
      for index in stride(from: first, to: end, by: 8) {
        let offset = index * MemoryLayout<Float>.stride
        let g = SIMD8<Double>(start.load(fromByteOffset: offset, as: SIMD8<Float>.self))
        sum += g * g
      }
      buffers.squares[block] = sum.sum()
    }
  }

  /// Chooses min(1, c/‖g‖) after `addSquares`.
  ///
  /// - Returns: Whether it is below 1; not for a gradient that is not finite, which the update reports.
  func plansClipping(to limit: Double) -> Bool {
    let norm = buffers.squares.reduce(0, +).squareRoot()
    clipFactor = Float(limit / norm)
    return norm > limit && norm.isFinite
  }

  /// Multiplies a thread's share of the gradient by that factor.
  func scaleGradient(thread: Int) {
    let share = part(thread, of: threads, in: layout.count, unit: lineWidth)
    _ = kernels.scale(gradient + share.lowerBound, count: share.count, by: clipFactor)
  }

  /// Moves a thread's share of every tensor along the gradient.
  func updateParameters(thread: Int) {
    for (layer, slices) in layout.layers.enumerated() {
      for slice in [slices.weight, slices.bias, slices.scale, slices.shift] {
        guard let slice else { continue }
        let share = part(thread, of: threads, in: slice.range.count, unit: lineWidth)
        checks(layer: layer, thread: thread).pointee += update(
          step.rule, offset: slice.offset + share.lowerBound, count: share.count,
          decay: slice.offset == slices.weight.offset ? 0 : nil)
      }
    }
  }

  /// Blends the statistics of the batch into the running ones.
  ///
  /// - Returns: The first statistic that is not finite in `Float`.
  func blendStatistics(into running: inout RunningStatistics) -> NonFiniteNumber? {
    let decay = running.batches == 0 ? 0 : Double(architecture.statisticsDecay)
    running.batches += 1
    var failed: NonFiniteNumber?
    for (layer, slice) in running.layers.enumerated() {
      let moments = buffers.layers[layer].moments
      if !blend(slice, of: &running.means, with: moments.mean, decay: decay) {
        failed = failed ?? NonFiniteNumber(layer: layer, tensor: "norm.running_mean")
      }
      if !blend(slice, of: &running.variances, with: moments.variance, decay: decay) {
        failed = failed ?? NonFiniteNumber(layer: layer, tensor: "norm.running_var")
      }
    }
    return failed
  }

  /// Returns whether every new value is finite.
  private func blend(
    _ slice: Slice, of running: inout FloatVector, with batch: UnsafeMutablePointer<Double>,
    decay: Double
  ) -> Bool {
    running.withUnsafeMutableBuffer { running in
      var isFinite = true
      for unit in 0..<slice.columns {
        let value = Float(decay * Double(running[slice.offset + unit]) + (1 - decay) * batch[unit])
        running[slice.offset + unit] = value
        isFinite = isFinite && value.isFinite
      }
      return isFinite
    }
  }
}
