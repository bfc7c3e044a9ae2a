/// Memory for the changed images of a batch, and how they are changed.
///
/// `@unchecked Sendable`: `choose` is called between pieces of work, in which each thread writes the
/// images of its own rows.
final class BatchAugmenter: @unchecked Sendable {
  private let augmentation: Augmentation
  private let shape: ImageShape
  private let seed: UInt64
  private let block: ArenaBlock<Memory>
  private var epoch = 0

  /// What the changes of a batch are written to.
  struct Memory {
    /// Images that fit.
    let capacity: Int
    /// Bytes between two images: whole cache lines.
    let stride: Int
    /// The changed images.
    let images: UnsafeMutablePointer<UInt8>
    /// The rows of the batch, shape [n]; a copy, so that nothing else has to be.
    let chosen: UnsafeMutablePointer<Int32>

    /// Lays out the memory for up to `capacity` images.
    init(shape: ImageShape, capacity: Int, in arena: inout Arena) {
      self.capacity = capacity
      stride = (shape.count + 63) / 64 * 64
      images = arena.take(capacity * stride, of: UInt8.self)
      chosen = arena.take(capacity, of: Int32.self)
    }
  }

  /// Allocates the memory for up to `capacity` images.
  init(_ augmentation: Augmentation, shape: ImageShape, seed: UInt64, capacity: Int) {
    self.augmentation = augmentation
    self.shape = shape
    self.seed = seed
    block = ArenaBlock { Memory(shape: shape, capacity: capacity, in: &$0) }
  }

  private var memory: Memory { block.layout }

  /// Says which rows of the training part the batch has.
  func choose(_ rows: ArraySlice<Int32>, epoch: Int) {
    precondition(rows.count <= memory.capacity, "more rows than planned")
    for (index, row) in rows.enumerated() { memory.chosen[index] = row }
    self.epoch = epoch
  }

  /// Changes some images of the batch; their pixels are then found in the new place.
  func change(_ rows: Range<Int>, of addresses: RowAddresses) {
    for row in rows {
      guard let source = addresses[row] else { continue }
      let draw = AugmentationDraw(
        augmentation, seed: seed, epoch: epoch, row: Int(memory.chosen[row]))
      let target = memory.images + row * memory.stride
      draw.apply(to: source.assumingMemoryBound(to: UInt8.self), shape: shape, into: target)
      addresses[row] = UnsafeRawPointer(target)
    }
  }
}
