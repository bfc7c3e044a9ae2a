/// Where the first number that is not finite stands, in the order in which a step computes.
///
/// Asked when a run has failed, so it looks at everything.
extension TrainingCore {
  /// Whether the update left a parameter, or what the optimizer keeps of it, that is not finite.
  var hasNonFiniteUpdate: Bool {
    (0..<architecture.depth).contains { layer in
      (0..<threads).contains { checks(layer: layer, thread: $0).pointee != 0 }
    }
  }

  /// On the way forward: a layer's parameters, then its output.
  ///
  /// Asked when the loss is not finite; where all else is, a logit is −∞, which leaves finite
  /// probabilities.
  func firstNonFiniteForward(_ network: Network) -> NonFiniteNumber {
    for layer in buffers.layers.indices {
      for tensor in network.layout.tensors where tensor.layer == layer {
        if !network.parameters.isFinite(in: tensor.slice) {
          return NonFiniteNumber(layer: layer, tensor: tensor.kind.tensorName)
        }
      }
      if !isFinite(output(of: layer)) { return NonFiniteNumber(layer: layer, tensor: "output") }
    }
    return NonFiniteNumber(layer: architecture.depth - 1, tensor: "output")
  }

  /// On the way back, from the last layer to the first: ∂J/∂output, then of each parameter its
  /// gradient, what the optimizer keeps, and its new values.
  func firstNonFiniteBackward(_ network: Network) -> NonFiniteNumber {
    for layer in buffers.layers.indices.reversed() {
      if !isFinite(outputGradient(of: layer)) {
        return NonFiniteNumber(layer: layer, tensor: "output.gradient")
      }
      // The weights come last.
      for tensor in network.layout.tensors.reversed() where tensor.layer == layer {
        let name = tensor.kind.tensorName
        if let part = firstNonFinitePart(of: tensor.slice) {
          return NonFiniteNumber(layer: layer, tensor: "\(name).\(part)")
        }
        if !network.parameters.isFinite(in: tensor.slice) {
          return NonFiniteNumber(layer: layer, tensor: name)
        }
      }
    }
    return NonFiniteNumber(layer: nil, tensor: "parameters")
  }

  /// A parameter's gradient, where it is kept, or what the optimizer makes of it.
  private func firstNonFinitePart(of slice: Slice) -> String? {
    let names = ["gradient"] + optimizer.stateNames
    return zip(names, [buffers.gradient] + buffers.optimizerState).first { _, buffer in
      !buffer[slice.range].allSatisfy(\.isFinite)
    }?.0
  }

  private func isFinite(_ view: MatrixView) -> Bool {
    (0..<view.rows).allSatisfy { row in
      (0..<view.columns).allSatisfy { view.base[row * view.stride + $0].isFinite }
    }
  }
}

extension FloatVector {
  /// Whether every number of a slice is finite.
  fileprivate func isFinite(in slice: Slice) -> Bool {
    values(in: slice).allSatisfy(\.isFinite)
  }
}
