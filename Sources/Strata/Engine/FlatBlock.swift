/// A block of numbers that starts on a cache line and lives as long as its owner.
final class FlatBlock {
  let base: UnsafeMutablePointer<Float>
  let count: Int

  init(count: Int) {
    self.count = count
    let block = UnsafeMutableBufferPointer<Float>.allocateAligned(count: count)
    block.initialize(repeating: 0)
    base = block.baseAddress.unsafelyUnwrapped
  }

  deinit { base.deallocate() }
}
