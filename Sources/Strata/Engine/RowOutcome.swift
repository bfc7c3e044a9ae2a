internal import CLibrary

/// What the softmax says of each row.
struct RowOutcome {
  /// max_j s_j − s_label, where labels were given.
  let margins: UnsafeMutablePointer<Double>
  /// Σ_j exp(s_j − max_q s_q).
  let sums: UnsafeMutablePointer<Float>
  /// The most probable class, the first where several are equally probable.
  let predictions: UnsafeMutablePointer<Int32>

  init(capacity: Int, in arena: inout Arena) {
    margins = arena.take(capacity, of: Double.self)
    sums = arena.take(capacity)
    predictions = arena.take(capacity, of: Int32.self)
  }

  /// The cross-entropy of a row: log Σ_j exp(s_j − max) + max − s_label, which cannot overflow.
  func loss(_ row: Int) -> Double {
    log(Double(sums[row])) + margins[row]
  }
}
