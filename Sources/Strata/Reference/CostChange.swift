internal import CLibrary

/// By how much the cost changes when one parameter moves.
package struct CostChange: Sendable, Equatable {
  /// J(θ + h e) − J(θ).
  package let value: Double
  /// Whether the input of an activation that bends at 0 became positive, or ceased to be.
  package let crossesKink: Bool
}

/// Evaluates J(θ + h e) − J(θ) for one parameter after another, without subtracting two costs.
///
/// Subtracting two nearly equal costs leaves their rounding errors, about 1e-16, which the
/// division by 2h turns into 1e-11 (h = 1e-5) to 1e-7 (h = 1e-9), as large as many gradients in
/// front of a batch normalization of few samples. So the *change* δ of every quantity is computed,
/// by identities that hold for changes of any size (nothing is linearized):
///
///     W_ij + h:   δs_i = h x_j           only unit i of the layer changes
///     b_i + h:    δs_i = h               γ_i + h: δs̃_i = h ŝ_i       β_i + h: δs̃_i = h
///     linear:     δs = W δx
///     activation: δr = f(z + δz) − f(z), by `Activation.change`
///     dropout:    δr ← m δr
///     BN:         δc = δs − mean(δs),  δv = mean(δc (2 (s − μ) + δc)),
///                 δσ = √(v + δv + ε) − √(v + ε) = δv / (√(v + δv + ε) + √(v + ε)),
///                 δs̃ = γ (δc − ŝ δσ) / √(v + δv + ε)
///     loss:       δ(−log p_y) = log(1 + Σ_k p_k (e^δ_k − 1)) − δ_y
///     λ ‖W‖²:     λ h (2 W_ij + h)
///
/// The layers before the parameter do not change and are not computed again. A test holds the
/// result against the difference of two full evaluations of the cost.
package struct CostPerturbation: Sendable {
  /// For each unit its change in every sample; `nil` where nothing changes.
  typealias UnitChanges = [[Double]?]

  private let network: ReferenceNetwork
  private let pass: ReferencePass
  private let probabilities: Matrix
  private let labels: [UInt16]
  private let lambda: Double

  /// Prepares the unperturbed pass over a batch.
  ///
  /// - Parameter inputs: One sample a column, shape [d, n].
  package init(
    _ network: ReferenceNetwork, _ inputs: Matrix, labels: [UInt16], lambda: Double,
    dropout: Dropout? = nil
  ) {
    self.network = network
    pass = network.trainingPass(inputs, dropout: dropout)
    probabilities = softmax(pass.logits)
    self.labels = labels
    self.lambda = lambda
  }

  /// J(θ + h e) − J(θ), where e is element `index` (row by row) of one tensor.
  package func change(
    layer: Int, kind: ParameterKind, index: Int, by h: Double
  ) -> CostChange {
    var crossesKink = false
    let columns = kind == .weight ? network.layers[layer].weight.columns : 1
    let unit = index / columns
    var changes = UnitChanges(repeating: nil, count: network.layers[layer].bias.count)
    changes[unit] = ownChange(layer: layer, unit: unit, kind: kind, input: index % columns, by: h)
    let own = kind == .weight || kind == .bias ? LayerOperation.linear : .normalization
    let operations = pass.layers[layer].operations
    for operation in operations.drop(while: { $0.operation != own }).dropFirst() {
      changes = change(through: operation, layer: layer, changes, &crossesKink)
    }
    for next in network.layers.indices.dropFirst(layer + 1) {
      for operation in pass.layers[next].operations {
        changes = change(through: operation, layer: next, changes, &crossesKink)
      }
    }
    var value = lossChange(changes)
    if kind == .weight {
      value += lambda * h * (2 * network.layers[layer].weight.elements[index] + h)
    }
    return CostChange(value: value, crossesKink: crossesKink)
  }

  /// The change of what the parameter's own operation gives for its unit.
  private func ownChange(
    layer: Int, unit: Int, kind: ParameterKind, input: Int, by h: Double
  ) -> [Double]? {
    switch kind {
    case .weight: pass.layers[layer].input[row: input].map { h * $0 }
    case .scale: pass.layers[layer].normalization?.values[row: unit].map { h * $0 }
    case .bias, .shift: [Double](repeating: h, count: labels.count)
    }
  }

  /// The changes of what an operation gives from those of what it receives.
  private func change(
    through pass: OperationPass, layer: Int, _ changes: UnitChanges, _ crossesKink: inout Bool
  ) -> UnitChanges {
    switch pass.operation {
    case .linear:
      return linearChange(layer: layer, changes)
    case .normalization:
      guard let batch = pass.normalization else { return changes }
      return mapUnits(changes) { unit, change in
        normalizationChange(batch, scale: network.layers[layer].scale[unit], unit: unit, change)
      }
    case .activation(let f):
      return mapUnits(changes) { unit, change in
        zip(pass.input[row: unit], change).map { z, δ in
          if f.hasKink, (z > 0) != (z + δ > 0) { crossesKink = true }
          return f.change(at: z, by: δ)
        }
      }
    case .dropout:
      guard let mask = pass.mask else { return changes }
      return mapUnits(changes) { unit, change in zip(mask[row: unit], change).map(*) }
    }
  }

  /// The changes of the units that change; `nil` when one is 0 for every sample.
  private func mapUnits(
    _ changes: UnitChanges, _ transform: (_ unit: Int, [Double]) -> [Double]
  ) -> UnitChanges {
    changes.enumerated().map { unit, change in
      change.map { transform(unit, $0) }.flatMap { $0.allSatisfy { $0 == 0 } ? nil : $0 }
    }
  }

  /// δs = W δx; `nil` when no input changes.
  private func linearChange(layer: Int, _ inputs: UnitChanges) -> UnitChanges {
    let weight = network.layers[layer].weight
    let changed = inputs.enumerated().compactMap { input, change in change.map { (input, $0) } }
    if changed.isEmpty { return UnitChanges(repeating: nil, count: weight.rows) }
    return (0..<weight.rows).map { unit in
      var sum = [Double](repeating: 0, count: labels.count)
      for (input, change) in changed {
        addProduct(of: weight[unit, input], change, to: &sum)
      }
      return sum
    }
  }

  /// δs̃ = γ (δc − ŝ δσ) / √(v + δv + ε).
  private func normalizationChange(
    _ batch: NormalizedBatch, scale: Double, unit: Int, _ change: [Double]
  ) -> [Double] {
    let n = Double(change.count)
    let normalized = batch.values[row: unit]
    let deviation = batch.deviation[unit]
    let mean = change.reduce(0, +) / n
    let centred = change.map { $0 - mean }
    let varianceChange =
      zip(normalized, centred).reduce(0) { sum, pair in
        sum + pair.1 * (2 * pair.0 * deviation + pair.1)
      } / n
    // v + δv is not below 0, though rounding may say so of a variance that the step takes away.
    let moved = max(deviation * deviation + varianceChange, network.epsilon).squareRoot()
    let deviationChange = varianceChange / (moved + deviation)
    return zip(normalized, centred).map { scale * ($1 - $0 * deviationChange) / moved }
  }

  /// The mean of log(1 + Σ_k p_k (e^δ_k − 1)) − δ_y over the samples.
  private func lossChange(_ logits: UnitChanges) -> Double {
    var sums = [Double](repeating: 0, count: labels.count)
    var total = 0.0
    for (unit, change) in logits.enumerated() {
      guard let change else { continue }
      for sample in labels.indices {
        sums[sample] += probabilities[unit, sample] * expm1(change[sample])
        if labels[sample] == unit { total -= change[sample] }
      }
    }
    for sum in sums { total += log1p(sum) }
    return total / Double(labels.count)
  }
}

/// y ← y + a x.
private func addProduct(of a: Double, _ x: [Double], to y: inout [Double]) {
  precondition(x.count == y.count)
  for index in y.indices { y[index] += a * x[index] }
}
