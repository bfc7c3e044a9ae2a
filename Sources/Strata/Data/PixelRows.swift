/// Bytes that stay where they are, in memory or in a mapped file.
public protocol ByteSource: AnyObject, Sendable {
  /// The bytes; valid while the source lives.
  var bytes: UnsafeRawBufferPointer { get }
}

/// Equally long rows of bytes, spread over one or more sources.
///
/// Row i of segment s starts at `firstOffset + i · stride` of that segment's bytes. Nothing is
/// copied: the rows of a mapped file are read from the file's own pages.
public struct PixelRows: Sendable {
  /// A run of equally spaced rows in one source.
  public struct Segment: Sendable {
    /// Where the bytes are.
    public let source: any ByteSource
    /// The offset of the first row's first byte.
    public let firstOffset: Int
    /// The distance between two rows, in bytes.
    public let stride: Int
    /// The number of rows.
    public let count: Int

    /// Creates a segment.
    ///
    /// - Precondition: the rows lie inside the source.
    public init(source: any ByteSource, firstOffset: Int, stride: Int, count: Int) {
      self.source = source
      self.firstOffset = firstOffset
      self.stride = stride
      self.count = count
    }
  }

  /// The bytes of one row.
  public let rowLength: Int
  /// The runs of rows, in order.
  public let segments: [Segment]
  /// The number of rows.
  public let count: Int

  /// Creates the rows of `segments`, one run after the other.
  ///
  /// - Precondition: every row lies inside its source.
  public init(rowLength: Int, segments: [Segment]) {
    for segment in segments where segment.count > 0 {
      let end = segment.firstOffset + (segment.count - 1) * segment.stride + rowLength
      precondition(segment.firstOffset >= 0 && end <= segment.source.bytes.count)
    }
    self.rowLength = rowLength
    self.segments = segments.filter { $0.count > 0 }
    count = segments.reduce(0) { $0 + $1.count }
  }

  /// A copy of one row.
  public subscript(row: Int) -> [UInt8] {
    var row = row
    for segment in segments {
      if row < segment.count {
        let start = segment.firstOffset + row * segment.stride
        return Array(segment.source.bytes[start..<(start + rowLength)])
      }
      row -= segment.count
    }
    preconditionFailure("row out of range")
  }

  /// The rows of a range, still in place.
  public func subset(_ range: Range<Int>) -> PixelRows {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    var start = 0
    var parts: [Segment] = []
    for segment in segments {
      let wanted = range.clamped(to: start..<(start + segment.count))
      if !wanted.isEmpty {
        parts.append(
          Segment(
            source: segment.source,
            firstOffset: segment.firstOffset + (wanted.lowerBound - start) * segment.stride,
            stride: segment.stride, count: wanted.count))
      }
      start += segment.count
    }
    return PixelRows(rowLength: rowLength, segments: parts)
  }
}

/// Bytes in memory.
///
/// `@unchecked Sendable`: the bytes are written by the initializers alone.
public final class ByteBlock: ByteSource, @unchecked Sendable {
  private let storage: UnsafeMutableRawBufferPointer

  /// Copies the bytes.
  public init(_ bytes: some Collection<UInt8>) {
    storage = .allocate(byteCount: bytes.count, alignment: 64)
    storage.copyBytes(from: bytes)
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
}
