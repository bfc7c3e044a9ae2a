/// The order in which an epoch visits the training rows.
///
/// Epoch e of a seed has its own order, independent of earlier draws; without shuffling it is
/// the order of the files.
struct BatchOrder {
  private let shuffles: Bool
  private let seed: UInt64
  private let count: Int
  private var epoch = -1
  private var order: [Int32]

  /// The order of `count` rows.
  init(count: Int, shuffles: Bool, seed: UInt64) {
    self.count = count
    self.shuffles = shuffles
    self.seed = seed
    order = []
    order.reserveCapacity(count)
  }

  /// The rows of batch `index` of an epoch, at most `size` of them; none beyond its end.
  mutating func rows(ofBatch index: Int, size: Int, epoch: Int) -> ArraySlice<Int32> {
    if epoch != self.epoch { begin(epoch) }
    return order[min(index * size, count)..<min((index + 1) * size, count)]
  }

  /// The order of a whole epoch.
  mutating func rows(ofEpoch epoch: Int) -> [Int32] {
    if epoch != self.epoch { begin(epoch) }
    return order
  }

  private mutating func begin(_ epoch: Int) {
    self.epoch = epoch
    order.removeAll(keepingCapacity: true)
    order.append(contentsOf: 0..<Int32(count))
    guard shuffles else { return }
    var stream = RandomStream(seed: seed, for: .order, index: UInt64(epoch))
    stream.shuffle(&order)
  }
}
