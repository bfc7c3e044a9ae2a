/// Memory of one block, handed out piece by piece on whole cache lines.
///
/// What lays memory out runs twice: once to count the bytes, once to take them. So a plan of the bytes
/// and the allocation cannot differ.
struct Arena {
  private let start: UnsafeMutableRawPointer
  /// Bytes handed out so far.
  private(set) var byteCount = 0

  fileprivate init(_ start: UnsafeMutableRawPointer) { self.start = start }

  /// The bytes that a layout takes; nothing is allocated, and no pointer of it may be used.
  static func byteCount(of layout: (inout Arena) -> some Any) -> Int {
    // Where an address has to be on a cache line, but is never read.
    guard let address = UnsafeMutableRawPointer(bitPattern: alignment) else { return 0 }
    var arena = Arena(address)
    _ = layout(&arena)
    return arena.byteCount
  }

  /// Memory for `count` elements.
  mutating func take<Element: BitwiseCopyable>(
    _ count: Int, of type: Element.Type = Float.self
  ) -> UnsafeMutablePointer<Element> {
    defer {
      let bytes = count * MemoryLayout<Element>.stride
      byteCount += (bytes + Self.alignment - 1) / Self.alignment * Self.alignment
    }
    return (start + byteCount).bindMemory(to: type, capacity: count)
  }

  /// A vector of zeros.
  mutating func buffer<Element: BitwiseCopyable>(
    _ count: Int, of type: Element.Type = Float.self
  ) -> UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(start: take(count, of: type), count: count)
  }

  /// A matrix with padded rows.
  mutating func matrix(rows: Int, columns: Int) -> MatrixView {
    MatrixView(take(rows * paddedStride(columns)), rows: rows, columns: columns)
  }

  fileprivate static let alignment = 64
}

/// A block of zeros, and how it is laid out.
final class ArenaBlock<Layout> {
  /// What points into the block; not to be used after it.
  let layout: Layout
  private let base: UnsafeMutableRawPointer

  /// Counts, allocates and lays out.
  init(_ layout: (inout Arena) -> Layout) {
    let count = max(1, Arena.byteCount(of: layout))
    base = .allocate(byteCount: count, alignment: Arena.alignment)
    base.initializeMemory(as: UInt8.self, repeating: 0, count: count)
    var arena = Arena(base)
    self.layout = layout(&arena)
  }

  deinit { base.deallocate() }
}
