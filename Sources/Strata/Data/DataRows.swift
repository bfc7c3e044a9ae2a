/// Equally long rows of bytes or of floats, spread over one or more sources.
///
/// Row i of segment s starts at `firstOffset + i · stride` of that segment's bytes. Nothing is
/// copied: the rows of a mapped file are read from the file's own pages.
public struct DataRows: Sendable {
  /// The type of the numbers.
  public enum Element: Sendable, Hashable {
    /// `UInt8`; the input is p / 255.
    case byte
    /// `Float`, in the byte order of the machine.
    case float

    /// Bytes of a number.
    var size: Int { self == .byte ? 1 : MemoryLayout<Float>.size }
  }

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

    /// Creates a segment, which is checked where rows are made of it.
    public init(source: any ByteSource, firstOffset: Int, stride: Int, count: Int) {
      self.source = source
      self.firstOffset = firstOffset
      self.stride = stride
      self.count = count
    }
  }

  /// The type of the numbers.
  public let element: Element
  /// The numbers of a row, d.
  public let columns: Int
  /// The runs of rows, in order.
  public let segments: [Segment]
  /// The number of rows.
  public let count: Int

  /// Bytes of a row.
  package var rowLength: Int { columns * element.size }

  /// Creates the rows of `segments`, one run after the other.
  ///
  /// - Throws: `DataError` when a row lies outside its source, or a float is not finite.
  public init(of element: Element, columns: Int, segments: [Segment]) throws {
    try Self.require(columns >= 1, "rows of at least one number", "\(columns)")
    for segment in segments { try segment.check(element, columns: columns) }
    self.init(unchecked: segments, of: element, columns: columns)
    if element == .float { try requireFinite() }
  }

  init(unchecked segments: [Segment], of element: Element, columns: Int) {
    self.element = element
    self.columns = columns
    self.segments = segments.filter { $0.count > 0 }
    count = self.segments.reduce(0) { $0 + $1.count }
  }

  /// Copies the numbers of rows that lie one after the other.
  ///
  /// - Throws: `DataError` when the numbers are no whole rows, or one is not finite.
  init<Number: RowElement>(copying numbers: some Collection<Number>, columns: Int) throws {
    let isWhole = columns >= 1 && numbers.count.isMultiple(of: columns)
    try Self.require(isWhole, "whole rows of \(columns) numbers", "\(numbers.count) numbers")
    let length = columns * Number.rowElement.size
    try self.init(
      of: Number.rowElement, columns: columns,
      segments: [
        Segment(
          source: ByteBlock(copying: numbers), firstOffset: 0, stride: length,
          count: numbers.count / columns)
      ])
  }

  /// The inputs of one row before they are standardized: p / 255 of bytes, or the floats themselves.
  ///
  /// - Precondition: `row` is from 0 up to, but not including, `count`.
  public subscript(row: Int) -> [Float] {
    switch element {
    case .byte: bytes(of: row).map { Float($0) / 255 }
    case .float: withBytes(of: row) { Array($0.assumingMemoryBound(to: Float.self)) }
    }
  }

  /// A copy of one row of bytes.
  ///
  /// - Precondition: the rows are of bytes, and `row` is one of them.
  public func bytes(of row: Int) -> [UInt8] {
    precondition(element == .byte, "rows of floats have no bytes")
    return withBytes(of: row) { Array($0) }
  }

  private func withBytes<Result>(
    of row: Int, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    var row = row
    for segment in segments {
      if row < segment.count {
        return segment.source.withBytes {
          let start = segment.firstOffset + row * segment.stride
          return body(
            UnsafeRawBufferPointer(rebasing: $0[start..<(start + rowLength)]))
        }
      }
      row -= segment.count
    }
    preconditionFailure("row out of range")
  }

  /// The rows of a range, still in place.
  ///
  /// - Precondition: the range lies in 0..<count.
  public func subset(_ range: Range<Int>) -> DataRows {
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
    return DataRows(unchecked: parts, of: element, columns: columns)
  }

  /// Calls `body` with the number and the first byte of every row, in order.
  ///
  /// The addresses are valid as long as the rows live.
  func forEachAddress(_ body: (_ row: Int, _ address: UnsafeRawPointer) throws -> Void) rethrows {
    var row = 0
    for segment in segments {
      guard let base = segment.source.bytes.baseAddress else { continue }
      for index in 0..<segment.count {
        try body(row, base + segment.firstOffset + index * segment.stride)
        row += 1
      }
    }
  }

  private func requireFinite() throws {
    try forEachAddress { row, address in
      let numbers = UnsafeBufferPointer(
        start: address.assumingMemoryBound(to: Float.self), count: columns)
      try requireFiniteNumbers(numbers, row: row)
    }
  }

  fileprivate static func require(
    _ condition: Bool, _ expected: String, _ found: String
  ) throws {
    if !condition { throw DataError(.malformed, path: "rows", expected: expected, found: found) }
  }
}

extension DataRows.Segment {
  /// Checks that every row lies inside the source, floats at addresses that they can be read from.
  fileprivate func check(_ element: DataRows.Element, columns: Int) throws {
    let place = "a segment of \(count) rows at byte \(firstOffset), \(stride) bytes apart"
    let sizes = [count, firstOffset, stride]
    try DataRows.require(sizes.allSatisfy { $0 >= 0 }, "counts from 0 on", place)
    let length = columns.multipliedReportingOverflow(by: element.size)
    let last = max(0, count - 1).multipliedReportingOverflow(by: stride)
    let start = last.partialValue.addingReportingOverflow(firstOffset)
    let end = start.partialValue.addingReportingOverflow(length.partialValue)
    let overflows = length.overflow || last.overflow || start.overflow || end.overflow
    try DataRows.require(
      count == 0 || (!overflows && end.partialValue <= source.bytes.count),
      "rows inside their source of \(source.bytes.count) bytes", place)
    let address = Int(bitPattern: source.bytes.baseAddress) &+ firstOffset
    try DataRows.require(
      (address | stride).isMultiple(of: element.size),
      "floats at multiples of \(element.size) bytes", place)
  }
}

/// Checks that every number of a row is finite.
///
/// - Throws: `DataError` with the first that is not.
func requireFiniteNumbers(_ numbers: UnsafeBufferPointer<Float>, row: Int) throws {
  // The bits of the magnitude: whole numbers, whose maximum takes whole vector registers.
  let greatest = numbers.reduce(0) { max($0, $1.bitPattern & 0x7fff_ffff) }
  guard greatest >= Float.infinity.bitPattern else { return }
  let column = numbers.firstIndex { !$0.isFinite } ?? 0
  throw DataError(
    .malformed, path: "rows", expected: "finite numbers",
    found: "\(numbers[column]) in row \(row), column \(column), counted from 0")
}
