internal import Glibc

/// What the softmax says of each row; the owner deallocates it.
struct RowOutcome {
  /// max_j s_j − s_label, where labels were given.
  let margins: UnsafeMutablePointer<Double>
  /// Σ_j exp(s_j − max_q s_q).
  let sums: UnsafeMutablePointer<Float>
  /// The most probable class, the first where several are equally probable.
  let predictions: UnsafeMutablePointer<Int32>

  init(capacity: Int) {
    margins = .allocate(capacity: capacity)
    sums = .allocate(capacity: capacity)
    predictions = .allocate(capacity: capacity)
  }

  /// Bytes that these take.
  static func byteCount(capacity: Int) -> Int {
    capacity
      * (MemoryLayout<Double>.size + MemoryLayout<Float>.size + MemoryLayout<Int32>.size)
  }

  func deallocate() {
    margins.deallocate()
    sums.deallocate()
    predictions.deallocate()
  }

  /// The cross-entropy of a row: log Σ_j exp(s_j − max) + max − s_label, which cannot overflow.
  func loss(_ row: Int) -> Double {
    log(Double(sums[row])) + margins[row]
  }
}
