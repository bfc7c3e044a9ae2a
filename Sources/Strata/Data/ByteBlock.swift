/// Bytes in memory.
///
/// `@unchecked Sendable`: the bytes are written by the initializers alone.
public final class ByteBlock: ByteSource, @unchecked Sendable {
  private let storage: UnsafeMutableRawBufferPointer

  /// Copies the bytes.
  public init(_ bytes: some Collection<UInt8>) {
    storage = Self.allocate(copying: bytes)
  }

  /// Copies the bytes of numbers.
  init<Number: RowElement>(copying numbers: some Collection<Number>) {
    storage = Self.allocate(copying: numbers)
  }

  /// Lets `body` write `count` bytes, which are zero before.
  package init(
    count: Int, initializingWith body: (UnsafeMutableRawBufferPointer) throws -> Void
  ) rethrows {
    storage = .allocate(byteCount: count, alignment: 64)
    storage.initializeMemory(as: UInt8.self, repeating: 0)
    try body(storage)
  }

  deinit { storage.deallocate() }

  /// The bytes; valid while the block lives.
  public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(storage) }

  private static func allocate<Number: BitwiseCopyable>(
    copying numbers: some Collection<Number>
  ) -> UnsafeMutableRawBufferPointer {
    let storage = UnsafeMutableRawBufferPointer.allocate(
      byteCount: numbers.count * MemoryLayout<Number>.stride, alignment: 64)
    _ = storage.bindMemory(to: Number.self).initialize(fromContentsOf: numbers)
    return storage
  }
}
