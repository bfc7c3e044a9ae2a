/// Memory for the changed images of a batch, and how they are changed.
///
/// `@unchecked Sendable`: `choose` is called between pieces of work, in which each thread writes the
/// images of its own rows.
final class BatchAugmenter: @unchecked Sendable {
  private let augmentation: Augmentation
  private let shape: ImageShape
  private let seed: UInt64
  /// Bytes between two images: whole cache lines.
  private let stride: Int
  private let images: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private var epoch = 0
  /// The rows of the batch, shape [n]; a copy, so that nothing else has to be.
  private let chosen: UnsafeMutablePointer<Int32>

  /// Allocates the memory for up to `capacity` images.
  init(_ augmentation: Augmentation, shape: ImageShape, seed: UInt64, capacity: Int) {
    self.augmentation = augmentation
    self.shape = shape
    self.seed = seed
    self.capacity = capacity
    chosen = .allocate(capacity: capacity)
    stride = Self.stride(of: shape)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: capacity * stride, alignment: 64)
    images = memory.initializeMemory(as: UInt8.self, repeating: 0, count: capacity * stride)
  }

  /// Bytes between two images.
  private static func stride(of shape: ImageShape) -> Int { (shape.count + 63) / 64 * 64 }

  /// Bytes that this memory takes.
  static func byteCount(shape: ImageShape, capacity: Int) -> Int {
    capacity * (stride(of: shape) + MemoryLayout<Int32>.size)
  }

  deinit {
    images.deallocate()
    chosen.deallocate()
  }

  /// Says which rows of the training part the batch has.
  func choose(_ rows: ArraySlice<Int32>, epoch: Int) {
    precondition(rows.count <= capacity, "more rows than planned")
    for (index, row) in rows.enumerated() { chosen[index] = row }
    self.epoch = epoch
  }

  /// Changes some images of the batch; their pixels are then found in the new place.
  func change(_ rows: Range<Int>, of pixels: PixelPointers) {
    for row in rows {
      guard let source = pixels[row] else { continue }
      let draw = AugmentationDraw(
        augmentation, seed: seed, epoch: epoch, row: Int(chosen[row]))
      let target = images + row * stride
      draw.apply(to: source, shape: shape, into: target)
      pixels[row] = UnsafePointer(target)
    }
  }
}
