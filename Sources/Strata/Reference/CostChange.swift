internal import Glibc

/// By how much the cost changes when one parameter moves.
package struct CostChange: Sendable, Equatable {
  /// J(θ + h e) − J(θ).
  package let value: Double
  /// Whether any input of any ReLU became positive, or ceased to be.
  package let crossesKink: Bool
}

/// Evaluates J(θ + h e) − J(θ) for one parameter after another, without subtracting two costs.
///
/// Subtracting two nearly equal costs leaves their rounding errors, about 1e-16, which the
/// division by 2h turns into 1e-11 (h = 1e-5) to 1e-7 (h = 1e-9), as large as many gradients in
/// front of a batch normalization of few samples. So it is the *change* δ of every quantity that is computed here,
/// by identities that hold for changes of any size (nothing is linearized):
///
///     W_ij + h:   δs_i = h x_j           only unit i of the layer changes
///     b_i + h:    δs_i = h               γ_i + h: δs̃_i = h ŝ_i       β_i + h: δs̃_i = h
///     linear:     δs = W δx
///     ReLU:       δr = max(0, z + δz) − max(0, z)
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
    changes[unit] = outputChange(
      layer: layer, unit: unit, kind: kind, input: index % columns, by: h, &crossesKink)
    for next in network.layers.indices.dropFirst(layer + 1) {
      changes = linearChange(layer: next, changes).enumerated().map { unit, change in
        change.flatMap { hiddenChange(layer: next, unit: unit, $0, &crossesKink) }
      }
    }
    var value = lossChange(changes)
    if kind == .weight {
      value += lambda * h * (2 * network.layers[layer].weight.elements[index] + h)
    }
    return CostChange(value: value, crossesKink: crossesKink)
  }

  /// The change of a unit's output when one of its own parameters moves.
  private func outputChange(
    layer: Int, unit: Int, kind: ParameterKind, input: Int, by h: Double,
    _ crossesKink: inout Bool
  ) -> [Double]? {
    let samples = labels.count
    switch kind {
    case .weight:
      let x = layer < pass.hidden.count ? pass.hidden[layer].input : pass.lastInput
      let change = x[row: input].map { h * $0 }
      return hiddenChange(layer: layer, unit: unit, change, &crossesKink)
    case .bias:
      let change = [Double](repeating: h, count: samples)
      return hiddenChange(layer: layer, unit: unit, change, &crossesKink)
    case .scale:
      let normalized = pass.hidden[layer].normalization?.values[row: unit] ?? []
      return afterShift(layer: layer, unit: unit, normalized.map { h * $0 }, &crossesKink)
    case .shift:
      let change = [Double](repeating: h, count: samples)
      return afterShift(layer: layer, unit: unit, change, &crossesKink)
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

  /// The change of a unit's output when its s changes by δs; the last layer has no more steps.
  private func hiddenChange(
    layer: Int, unit: Int, _ change: [Double], _ crossesKink: inout Bool
  ) -> [Double]? {
    guard layer < pass.hidden.count else { return change }
    switch network.architecture.batchNormalization {
    case .none:
      return reluChange(layer: layer, unit: unit, change, &crossesKink).flatMap {
        keptChange(layer: layer, unit: unit, $0)
      }
    case .before:
      return afterShift(
        layer: layer, unit: unit, normalizationChange(layer: layer, unit: unit, change),
        &crossesKink)
    case .after:
      return reluChange(layer: layer, unit: unit, change, &crossesKink).flatMap {
        afterShift(
          layer: layer, unit: unit, normalizationChange(layer: layer, unit: unit, $0), &crossesKink)
      }
    }
  }

  /// The change of a unit's output when its s̃ = γ ŝ + β changes.
  private func afterShift(
    layer: Int, unit: Int, _ change: [Double], _ crossesKink: inout Bool
  ) -> [Double]? {
    let isRectified = network.architecture.batchNormalization == .before
    let rectified =
      isRectified ? reluChange(layer: layer, unit: unit, change, &crossesKink) : change
    return rectified.flatMap { keptChange(layer: layer, unit: unit, $0) }
  }

  /// δr = max(0, z + δz) − max(0, z); `nil` when it is 0 for every sample.
  private func reluChange(
    layer: Int, unit: Int, _ change: [Double], _ crossesKink: inout Bool
  ) -> [Double]? {
    var result = change
    for (sample, z) in pass.hidden[layer].reluInput[row: unit].enumerated() {
      let moved = z + change[sample]
      if (z > 0) != (moved > 0) {
        crossesKink = true
        result[sample] = max(0, moved) - max(0, z)
      } else if z <= 0 {
        result[sample] = 0
      }
    }
    return result.allSatisfy { $0 == 0 } ? nil : result
  }

  /// m δ; `nil` when it is 0 for every sample.
  private func keptChange(layer: Int, unit: Int, _ change: [Double]) -> [Double]? {
    let mask = pass.hidden[layer].mask?[row: unit]
    let result = mask.map { zip($0, change).map(*) } ?? change
    return result.allSatisfy { $0 == 0 } ? nil : result
  }

  /// δs̃ = γ (δc − ŝ δσ) / √(v + δv + ε).
  private func normalizationChange(layer: Int, unit: Int, _ change: [Double]) -> [Double] {
    guard let batch = pass.hidden[layer].normalization else { return change }
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
    let scale = network.layers[layer].scale[unit]
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
