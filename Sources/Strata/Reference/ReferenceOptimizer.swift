internal import CLibrary

/// The optimizers in `Double`, as ``Optimizer`` writes them.
package struct ReferenceOptimizer: Sendable {
  private let kind: Optimizer
  /// Steps made, t.
  private var steps = 0
  /// v of momentum or m of Adam; empty before the first step.
  private var first: [LayerParameters] = []
  /// u of Adam; empty before the first step.
  private var second: [LayerParameters] = []

  /// An optimizer that has seen no gradient.
  package init(_ kind: Optimizer) {
    self.kind = kind
  }

  /// Moves the parameters along their gradient.
  package mutating func update(
    _ layers: inout [LayerParameters], along gradients: [LayerParameters], rate η: Double
  ) {
    if steps == 0 {
      first = gradients.map(\.zeros)
      second = first
    }
    steps += 1
    for index in layers.indices {
      for kind in ParameterKind.allCases {
        for element in layers[index][kind].indices {
          layers[index][kind][element] -=
            η * direction(gradients[index][kind][element], layer: index, kind, element)
        }
      }
    }
  }

  /// What η multiplies for one parameter, whose gradient is g.
  private mutating func direction(
    _ g: Double, layer: Int, _ kind: ParameterKind, _ element: Int
  ) -> Double {
    switch self.kind {
    case .sgd:
      return g
    case .momentum:
      let μ = Optimizer.momentumDecay
      let v = μ * first[layer][kind][element] + g
      first[layer][kind][element] = v
      return v
    case .adam:
      let (β1, β2) = Optimizer.adamDecays
      let m = β1 * first[layer][kind][element] + (1 - β1) * g
      let u = β2 * second[layer][kind][element] + (1 - β2) * g * g
      first[layer][kind][element] = m
      second[layer][kind][element] = u
      let t = Double(steps)
      return m / (1 - pow(β1, t)) / ((u / (1 - pow(β2, t))).squareRoot() + Optimizer.adamEpsilon)
    }
  }
}

extension LayerParameters {
  /// As many zeros.
  fileprivate var zeros: LayerParameters {
    var result = self
    for kind in ParameterKind.allCases {
      result[kind] = [Double](repeating: 0, count: self[kind].count)
    }
    return result
  }
}
