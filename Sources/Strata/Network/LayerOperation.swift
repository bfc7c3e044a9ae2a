/// One step of a row through a layer.
public enum LayerOperation: Sendable, Hashable {
  /// s = W x + b.
  case linear
  /// γ (s − μ)/√(v + ε) + β (Ioffe & Szegedy 2015, algorithm 1, <https://arxiv.org/abs/1502.03167>).
  case normalization
  /// f(z), element by element.
  case activation(Activation)
  /// m ⊙ y in training (Srivastava et al. 2014, section 4); nothing at test time.
  case dropout
}

extension Architecture {
  /// The operations of a layer, in the order in which a row passes through them.
  public func operations(of layer: Int) -> [LayerOperation] {
    guard layer < depth - 1 else { return [.linear] }
    return switch batchNormalization {
    case .none: [.linear, .activation(activation), .dropout]
    case .before: [.linear, .normalization, .activation(activation), .dropout]
    case .after: [.linear, .activation(activation), .normalization, .dropout]
    }
  }

  /// Whether a ReLU stands anywhere.
  var hasRectifiers: Bool {
    (0..<depth).contains { operations(of: $0).contains(.activation(.relu)) }
  }
}
