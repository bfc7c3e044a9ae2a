/// The hidden units that have been seen at work.
struct ActiveUnits {
  /// For every hidden layer, whether each unit was above 0 for some image.
  var layers: [[Bool]]

  init(_ architecture: Architecture) {
    layers = architecture.hidden.map { [Bool](repeating: false, count: $0) }
  }

  /// Whether at least half of the units of every layer have been.
  var areMostEverywhere: Bool {
    layers.allSatisfy { units in 2 * units.count { $0 } >= units.count }
  }

  /// The layer with the greatest share of the others; the first of several.
  var deadest: (layer: Int, dead: Int, units: Int)? {
    let counts = layers.enumerated().map { layer, units in
      (layer: layer, dead: units.count { !$0 }, units: units.count)
    }
    return counts.max { left, right in
      let (a, b) = (left.dead * right.units, right.dead * left.units)
      return a == b ? left.layer > right.layer : a < b
    }
  }
}
