/// How parameters move along a gradient; g = ∂J/∂θ, λ's term included.
public struct Optimizer: Sendable, Hashable, Codable {
  /// The formula.
  public var rule: Rule
  /// μ of momentum and Nesterov.
  public var momentum: Double
  /// β₁ and β₂ of Adam and AdamW.
  public var adamDecays: AdamDecays
  /// w of AdamW.
  public var weightDecay: Double

  /// The formulas.
  public enum Rule: String, Sendable, Hashable, Codable, CaseIterable {
    /// θ ← θ − η g.
    case sgd
    /// v ← μ v + g, θ ← θ − η v.
    ///
    /// - SeeAlso: Polyak 1964; in this form Sutskever, Martens, Dahl & Hinton 2013, section 2, and
    ///   PyTorch.
    case momentum
    /// v ← μ v + g, θ ← θ − η (g + μ v).
    ///
    /// - SeeAlso: Nesterov 1983; in this form, whose θ is where the authors' next gradient is taken,
    ///   Sutskever, Martens, Dahl & Hinton 2013, section 2, and PyTorch.
    case nesterov
    /// m ← β₁ m + (1 − β₁) g, u ← β₂ u + (1 − β₂) g², θ ← θ − η m̂ / (√û + ε), where
    /// m̂ = m/(1 − β₁ᵗ) and û = u/(1 − β₂ᵗ) at the t-th step, t = 1, 2, …; ε is ``adamEpsilon``.
    ///
    /// - SeeAlso: Kingma & Ba 2015, algorithm 1, <https://arxiv.org/abs/1412.6980>.
    case adam
    /// W ← (1 − η w) W before Adam's step, weights only: w does not pass through m and u.
    ///
    /// - SeeAlso: Loshchilov & Hutter 2019, algorithm 2, <https://arxiv.org/abs/1711.05101>; with η
    ///   in front of w as in PyTorch.
    case adamw
  }

  /// The weights of the old values in m and u.
  public struct AdamDecays: Sendable, Hashable, Codable {
    /// β₁.
    public var mean: Double
    /// β₂.
    public var square: Double

    /// As Adam's authors suggest, where nothing else is given.
    public init(mean: Double = 0.9, square: Double = 0.999) {
      self.mean = mean
      self.square = square
    }
  }

  /// ε of Adam and AdamW, as Adam's authors suggest.
  public static let adamEpsilon = 1e-8

  /// A rule and the parameters that it uses.
  public init(
    _ rule: Rule, momentum: Double = 0.9, adamDecays: AdamDecays = AdamDecays(),
    weightDecay: Double = 0.01
  ) {
    self.rule = rule
    self.momentum = momentum
    self.adamDecays = adamDecays
    self.weightDecay = weightDecay
  }

  /// Plain descent.
  public static let sgd = Optimizer(.sgd)
  /// Momentum with μ = 0.9.
  public static let momentum = Optimizer(.momentum)
  /// Adam with β₁ = 0.9 and β₂ = 0.999.
  public static let adam = Optimizer(.adam)

  /// Vectors like the parameters that are kept from step to step.
  package var stateVectors: Int { stateNames.count }

  /// What these vectors are called: v; m and u.
  package var stateNames: [String] {
    switch rule {
    case .sgd: []
    case .momentum, .nesterov: ["velocity"]
    case .adam, .adamw: ["mean", "square"]
    }
  }
}
