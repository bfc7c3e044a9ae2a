/// What a step leaves behind for those who watch a run.
extension TrainingCore {
  /// ‖∂J/∂θ‖ of a vector of parameters in the step at hand.
  func gradientNorm(of slice: Slice) -> Double {
    buffers.gradient[slice.offset..<slice.offset + slice.columns]
      .reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }

  /// μ and v of the last batch in a normalized layer.
  func batchMoments(of layer: Int) -> (means: [Double], variances: [Double]) {
    let moments = buffers.layers[layer].moments
    let units = architecture.width(of: layer + 1)
    func values(_ start: UnsafeMutablePointer<Double>) -> [Double] {
      Array(UnsafeBufferPointer(start: start, count: units))
    }
    return (values(moments.mean), values(moments.variance))
  }

  /// Marks the hidden units whose activation was above 0 for a row of the last pass.
  func markActiveUnits(in active: inout ActiveUnits) {
    for (layer, buffers) in buffers.layers.dropLast().enumerated() {
      for index in buffers.operations.indices {
        guard case .activation = buffers.operations[index] else { continue }
        let values = buffers.values[index]
        for row in 0..<rows {
          for unit in 0..<architecture.width(of: layer + 1)
          where values.base[row * values.stride + unit] > 0 {
            active.layers[layer][unit] = true
          }
        }
      }
    }
  }
}
