/// How two gradients of one tensor differ, entry by entry.
package struct TensorComparison: Sendable, Hashable {
  /// The layer, counted from 0.
  package let layer: Int
  /// The kind of tensor.
  package let kind: ParameterKind
  /// The number of entries of the tensor.
  package let entries: Int
  /// |a − g| / max(eps, |a| + |g|) of every entry that counts.
  package let errors: [Double]
  /// The entries that were left out because their perturbation crosses a kink of an activation.
  package let kinks: Int
  /// For a gradient that is zero by the mathematics: the largest absolute values found instead of
  /// zero; `errors` is then empty, since a relative error of nothing means nothing.
  package let zeroGradient: ZeroGradient?

  /// The gradient that is checked, and its signed differences from the one expected, over the entries
  /// that were compared, zero by the mathematics or not; `nil` when there are none.
  package let statistics: GradientStatistics?

  /// The largest absolute value that stood in the place of an exact zero.
  package struct ZeroGradient: Sendable, Hashable, Codable {
    /// In the gradient that is checked.
    package let checked: Double
    /// In the gradient that it is checked against.
    package let expected: Double
  }

  /// Compares a gradient with the one expected; `nil` stands for a crossed kink.
  init(
    layer: Int, kind: ParameterKind, isZero: Bool, checked: [Double], expected: [Double?],
    epsilon: Double
  ) {
    let pairs = zip(checked, expected).compactMap { a, g in g.map { (a, $0) } }
    self.layer = layer
    self.kind = kind
    entries = checked.count
    kinks = checked.count - pairs.count
    statistics = GradientStatistics(pairs)
    isUnchecked = pairs.isEmpty && checked.contains { $0 != 0 }
    if isZero {
      errors = []
      zeroGradient = ZeroGradient(
        checked: largestMagnitude(pairs.map(\.0)), expected: largestMagnitude(pairs.map(\.1)))
    } else {
      errors = pairs.map { abs($0 - $1) / max(epsilon, abs($0) + abs($1)) }
      zeroGradient = nil
    }
  }

  /// The name in a model file, for example `layers.0.linear.weight`.
  package var name: String { "layers.\(layer).\(kind.tensorName)" }

  /// The mean, quantiles and maximum of the errors; `nil` when there are none.
  package var summary: ErrorSummary? { ErrorSummary(errors) }

  /// Whether every perturbation crosses a kink although the gradient is not zero, so that nothing
  /// was compared that should have been.
  package let isUnchecked: Bool

  /// Whether every relative error stays within `bound`, or a zero within `epsilon`; never with NaN.
  package func isWithin(_ bound: Double, epsilon: Double) -> Bool {
    if isUnchecked { return false }
    if let zeroGradient {
      return zeroGradient.checked <= epsilon && zeroGradient.expected <= epsilon
    }
    return summary.map { $0.maximum <= bound } ?? true
  }
}

/// max |x|; NaN if there is one.
private func largestMagnitude(_ values: [Double]) -> Double {
  values.reduce(0) { largest, value in
    value.isNaN || largest.isNaN ? .nan : max(largest, abs(value))
  }
}
