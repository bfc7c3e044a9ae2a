/// How parameters move along a gradient; g = ∂J/∂θ, λ's term included.
public enum Optimizer: String, Sendable, Hashable, Codable, CaseIterable {
  /// θ ← θ − η g.
  case sgd
  /// v ← μ v + g, θ ← θ − η v, with μ = ``momentumDecay``.
  ///
  /// - SeeAlso: Polyak 1964; in this form Sutskever, Martens, Dahl & Hinton 2013, section 2, and
  ///   PyTorch.
  case momentum
  /// m ← β₁ m + (1 − β₁) g, u ← β₂ u + (1 − β₂) g², θ ← θ − η m̂ / (√û + ε), where m̂ = m/(1 − β₁ᵗ) and
  /// û = u/(1 − β₂ᵗ) at the t-th step, t = 1, 2, ….
  ///
  /// β₁ and β₂ are ``adamDecays``, ε is ``adamEpsilon``.
  ///
  /// - SeeAlso: Kingma & Ba 2015, algorithm 1, <https://arxiv.org/abs/1412.6980>.
  case adam

  /// μ of momentum.
  public static let momentumDecay = 0.9
  /// β₁ and β₂ of Adam, as its authors suggest.
  public static let adamDecays = (mean: 0.9, square: 0.999)
  /// ε of Adam, as its authors suggest.
  public static let adamEpsilon = 1e-8

  /// Vectors like the parameters that are kept from step to step.
  package var stateVectors: Int { stateNames.count }

  /// What these vectors are called: v; m and u.
  package var stateNames: [String] {
    switch self {
    case .sgd: []
    case .momentum: ["velocity"]
    case .adam: ["mean", "square"]
    }
  }
}
