/// How parameters move along a gradient.
public enum Optimizer: String, Sendable, Hashable, Codable, CaseIterable {
  /// θ ← θ − η ∂J/∂θ.
  case sgd
}
