internal import CLibrary

/// The optimizers in `Double`, as ``Optimizer`` writes them.
package struct ReferenceOptimizer: Sendable {
  private let optimizer: Optimizer
  /// Steps made, t.
  private var steps = 0
  /// v of momentum or m of Adam; empty before the first step.
  private var first: [LayerParameters] = []
  /// u of Adam; empty before the first step.
  private var second: [LayerParameters] = []

  /// An optimizer that has seen no gradient.
  package init(_ optimizer: Optimizer) {
    self.optimizer = optimizer
  }

  /// Moves the parameters along their gradient.
  package mutating func update(
    _ layers: inout [LayerParameters], along gradients: [LayerParameters], rate η: Double
  ) {
    if steps == 0 {
      first = gradients.map { $0.map { _ in 0 } }
      second = first
    }
    steps += 1
    for index in layers.indices {
      for kind in ParameterKind.allCases {
        let kept = optimizer.rule == .adamw && kind == .weight ? 1 - η * optimizer.weightDecay : 1
        for element in layers[index][kind].indices {
          layers[index][kind][element] =
            kept * layers[index][kind][element]
            - η * direction(gradients[index][kind][element], layer: index, kind, element)
        }
      }
    }
  }

  /// What η multiplies for one parameter, whose gradient is g.
  private mutating func direction(
    _ g: Double, layer: Int, _ kind: ParameterKind, _ element: Int
  ) -> Double {
    switch optimizer.rule {
    case .sgd:
      return g
    case .momentum, .nesterov:
      let μ = optimizer.momentum
      let v = μ * first[layer][kind][element] + g
      first[layer][kind][element] = v
      return optimizer.rule == .nesterov ? g + μ * v : v
    case .adam, .adamw:
      let (β1, β2) = (optimizer.adamDecays.mean, optimizer.adamDecays.square)
      let m = β1 * first[layer][kind][element] + (1 - β1) * g
      let u = β2 * second[layer][kind][element] + (1 - β2) * g * g
      first[layer][kind][element] = m
      second[layer][kind][element] = u
      let t = Double(steps)
      return m / (1 - pow(β1, t)) / ((u / (1 - pow(β2, t))).squareRoot() + Optimizer.adamEpsilon)
    }
  }
}

extension [LayerParameters] {
  /// g · min(1, c/‖g‖), where ‖g‖ is the norm over every tensor of every layer.
  ///
  /// - SeeAlso: Pascanu, Mikolov & Bengio 2013, algorithm 1, <https://arxiv.org/abs/1211.5063>.
  package func clipped(toNorm c: Double) -> [LayerParameters] {
    let squares = flatMap { layer in
      ParameterKind.allCases.flatMap { layer[$0] }.map { $0 * $0 }
    }
    let factor = Swift.min(1, c / squares.reduce(0, +).squareRoot())
    return map { $0.map { factor * $0 } }
  }
}

extension LayerParameters {
  /// A function of every number.
  fileprivate func map(_ transform: (Double) -> Double) -> LayerParameters {
    var result = self
    for kind in ParameterKind.allCases { result[kind] = self[kind].map(transform) }
    return result
  }
}
