/// What a hidden unit makes of its input z, element by element.
public enum Activation: String, Sendable, Hashable, Codable, CaseIterable {
  /// max(0, z).
  case relu
  /// z where z > 0, else 0.01 z (Maas, Hannun & Ng 2013, section 2).
  case leakyReLU = "leaky-relu"
  /// z Φ(z) = z (1 + erf(z/√2))/2 (Hendrycks & Gimpel 2016, <https://arxiv.org/abs/1606.08415>).
  case gelu
  /// z/(1 + e⁻ᶻ) (Elfwing, Uchibe & Doya 2018, <https://arxiv.org/abs/1702.03118>).
  case silu
  /// tanh z.
  case tanh
}
