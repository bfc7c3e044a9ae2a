import CLibrary

/// A stream of random bits that depends on a seed, a purpose and an index alone.
///
/// xoshiro256** (Blackman & Vigna 2021, <https://prng.di.unimi.it>), its state filled by
/// SplitMix64 from the three. Streams of different purposes or indices are independent, so what
/// one part of a run draws never moves another part's numbers, and the shuffle of epoch 7 is
/// known without shuffling the six before.
public struct RandomStream: RandomNumberGenerator, Sendable, Hashable {
  /// The purpose of random numbers.
  public enum Purpose: UInt64, Sendable {
    /// The initial weights.
    case weights = 1
    /// The order of the training rows; the index is the epoch.
    case order = 2
    /// The built-in data set.
    case images = 3
    /// Rows and labels made for a test or a gradient check.
    case samples = 4
    /// Which way a number is rounded when the effect of rounding is estimated.
    case rounding = 5
    /// The key that activations are left out by.
    case dropout = 6
    /// How an image is changed before it is learned from; the index is the epoch and the row.
    case augmentation = 7
    /// The images that statistics are measured on.
    case statistics = 8
    /// The settings of a search's trials; the index is the trial's number.
    case search = 9
    /// The signs of paired differences in a permutation test.
    case signs = 11
  }

  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// The stream of a seed, a purpose and an index such as the epoch.
  public init(seed: UInt64, for purpose: Purpose, index: UInt64 = 0) {
    var mixer = SplitMix64(state: seed)
    mixer.state = mixer.next() ^ purpose.rawValue
    mixer.state = mixer.next() ^ index
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let result = rotateLeft(state.1 &* 5, by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotateLeft(state.3, by: 45)
    return result
  }

  /// A number from 0 up to, but not including, 1, in steps of 2⁻⁵³.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A whole number from 0 up to, but not including, `bound`, each equally likely.
  ///
  /// - SeeAlso: Lemire 2019, "Fast random integer generation in an interval", algorithm 5.
  public mutating func integer(below bound: Int) -> Int {
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// A draw from the normal distribution of mean 0 and deviation 1.
  ///
  /// Box & Muller 1958: √(−2 ln u) cos 2πv, with u in (0, 1].
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * Double.pi * uniform())
  }

  /// Puts the elements into a random order (Fisher & Yates; Knuth, volume 2, algorithm P).
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, integer(below: last + 1))
    }
  }

  /// Whether both streams continue alike.
  public static func == (left: RandomStream, right: RandomStream) -> Bool {
    left.state == right.state
  }

  /// Feeds the state to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(state.0)
    hasher.combine(state.1)
    hasher.combine(state.2)
    hasher.combine(state.3)
  }
}

/// SplitMix64 (Steele, Lea & Flood 2014), which spreads a seed over a larger state.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

private func rotateLeft(_ value: UInt64, by count: UInt64) -> UInt64 {
  (value << count) | (value >> (64 - count))
}
