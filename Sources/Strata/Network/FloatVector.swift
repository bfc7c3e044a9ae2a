/// A fixed number of `Float`s in one block of memory that starts on a cache line.
///
/// A value like an array: copies are independent, and share their memory until one is written.
/// The alignment lets the kernels use whole vector registers.
public struct FloatVector: Sendable {
  private var storage: Storage

  /// The number of elements.
  public var count: Int { storage.count }

  /// Creates a vector of zeros.
  public init(count: Int) {
    storage = Storage(count: count)
  }

  /// A copy of numbers in memory.
  package init(copying numbers: UnsafeMutableBufferPointer<Float>) {
    storage = Storage(copying: numbers)
  }

  /// Writes the numbers into memory for as many.
  package func copy(to target: UnsafeMutableBufferPointer<Float>) {
    precondition(target.count == count, "memory for another number of elements")
    _ = target.update(from: storage.buffer)
  }

  /// One element.
  ///
  /// - Precondition: `index` is from 0 up to, but not including, `count`.
  public subscript(index: Int) -> Float {
    get {
      precondition(index >= 0 && index < count, "index out of range")
      return storage.buffer[index]
    }
    set {
      precondition(index >= 0 && index < count, "index out of range")
      withUnsafeMutableBuffer { $0[index] = newValue }
    }
  }

  /// The elements in order.
  public var elements: [Float] { Array(storage.buffer) }

  /// Calls `body` with the elements.
  package func withUnsafeBuffer<Result>(
    _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    try body(UnsafeBufferPointer(storage.buffer))
  }

  /// Calls `body` with the elements of a private copy.
  package mutating func withUnsafeMutableBuffer<Result>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    if !isKnownUniquelyReferenced(&storage) { storage = Storage(copying: storage.buffer) }
    return try body(storage.buffer)
  }
}

extension FloatVector: Equatable {
  /// Whether both hold equal numbers in the same order.
  public static func == (left: FloatVector, right: FloatVector) -> Bool {
    left.storage.buffer.elementsEqual(right.storage.buffer)
  }
}

/// The block behind a vector.
///
/// `@unchecked Sendable`: it is written only through `withUnsafeMutableBuffer`, which first makes
/// sure that no other vector refers to it.
private final class Storage: @unchecked Sendable {
  let buffer: UnsafeMutableBufferPointer<Float>

  var count: Int { buffer.count }

  init(count: Int) {
    buffer = .allocateAligned(count: count)
    buffer.initialize(repeating: 0)
  }

  init(copying other: UnsafeMutableBufferPointer<Float>) {
    buffer = .allocateAligned(count: other.count)
    _ = buffer.initialize(from: other)
  }

  deinit { buffer.deallocate() }
}

extension UnsafeMutableBufferPointer<Float> {
  /// Uninitialized memory that starts on a cache line (64 bytes).
  package static func allocateAligned(count: Int) -> Self {
    let bytes = Swift.max(count, 1) * MemoryLayout<Float>.stride
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    return Self(start: raw.bindMemory(to: Float.self, capacity: Swift.max(count, 1)), count: count)
  }
}
