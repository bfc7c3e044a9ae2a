extension Dropout {
  /// m of one hidden layer: 0 where an output is left out, else 1/(1 − p); shape [units, n].
  ///
  /// Unit u = 64 b + 16 w + l of row i, l < 16, is left out when word w of Philox4x32-10 for the
  /// counter (16 b + l, i, step, layer) is below 2³² p.
  package func mask(layer: Int, units: Int, rows: Int) -> Matrix {
    var mask = Matrix(rows: units, columns: rows)
    for unit in 0..<units {
      for row in 0..<rows {
        let words = philox(
          [16 * (unit / 64) + unit % 16, row, step, layer].map { UInt32(truncatingIfNeeded: $0) },
          key: [key.0, key.1])
        mask[unit, row] = words[unit % 64 / 16] < threshold ? 0 : scale
      }
    }
    return mask
  }
}

/// Four random words of a counter of four words and a key of two: Philox4x32-10.
///
/// - SeeAlso: Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3",
///   section 4.3.
func philox(_ counter: [UInt32], key: [UInt32]) -> [UInt32] {
  var (counter, key) = (counter, key)
  for _ in 0..<10 {
    let first = counter[0].multipliedFullWidth(by: 0xD251_1F53)
    let second = counter[2].multipliedFullWidth(by: 0xCD9E_8D57)
    counter = [
      second.high ^ counter[1] ^ key[0], second.low, first.high ^ counter[3] ^ key[1], first.low,
    ]
    key = [key[0] &+ 0x9E37_79B9, key[1] &+ 0xBB67_AE85]
  }
  return counter
}
