/// Hidden activations that an update step leaves out.
///
/// During training each output of a hidden layer is 0 with probability p (the authors' p is that of
/// keeping it), and 1/(1 − p) times itself
/// otherwise, so that its expectation stays; at test time nothing is left out. Which outputs are
/// hit is a function of seed, step, layer, row of the batch and unit alone.
///
/// - SeeAlso: Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov 2014, section 4; scaled as in
///   section 10.
public struct Dropout: Sendable, Hashable {
  /// p.
  public let probability: Double
  /// Where the draws come from.
  public let seed: UInt64
  /// The update step, counted from 0.
  public let step: Int

  /// The activations that one step leaves out.
  ///
  /// - Precondition: `probability` is from 0 up to, but not including, 1.
  public init(probability: Double, seed: UInt64, step: Int) {
    precondition((0..<1).contains(probability), "a probability from 0 up to, but not including, 1")
    self.probability = probability
    self.seed = seed
    self.step = step
  }

  /// 1/(1 − p).
  package var scale: Double { 1 / (1 - probability) }

  /// An activation is left out when its random word of 32 bits is below.
  package var threshold: UInt32 { UInt32(probability * 0x1p32) }

  /// What the generator of random words is keyed with.
  package var key: (UInt32, UInt32) {
    var stream = RandomStream(seed: seed, for: .dropout)
    let bits = stream.next()
    return (UInt32(truncatingIfNeeded: bits), UInt32(truncatingIfNeeded: bits >> 32))
  }
}
