/// A matrix in another owner's memory: rows are padded to whole cache lines.
///
/// The view checks nothing and keeps nothing alive; it lives inside one training step.
struct MatrixView {
  let base: UnsafeMutablePointer<Float>
  let rows: Int
  /// Columns with the padding that is a part of every kernel's work: a multiple of 16.
  let columns: Int
  let stride: Int

  init(_ base: UnsafeMutablePointer<Float>, rows: Int, columns: Int) {
    self.base = base
    self.rows = rows
    self.columns = paddedWidth(columns)
    stride = paddedStride(columns)
  }

  /// The slice of a flat buffer.
  init(_ slice: Slice, in buffer: UnsafeMutablePointer<Float>) {
    base = buffer + slice.offset
    rows = slice.rows
    columns = paddedWidth(slice.columns)
    stride = slice.stride
  }

  /// Rows one right after the other, without padding.
  init(packed base: UnsafeMutablePointer<Float>, rows: Int, columns: Int) {
    self.init(base: base, rows: rows, columns: columns, stride: columns)
  }

  private init(base: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int) {
    self.base = base
    self.rows = rows
    self.columns = columns
    self.stride = stride
  }

  /// The same memory with another number of rows in use.
  func withRows(_ rows: Int) -> MatrixView {
    MatrixView(base: base, rows: rows, columns: columns, stride: stride)
  }

  /// Some of the rows.
  func rows(_ range: Range<Int>) -> MatrixView {
    MatrixView(
      base: base + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
  }

  /// Some of the columns; the bounds are multiples of 16.
  func columns(_ range: Range<Int>) -> MatrixView {
    MatrixView(base: base + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }
}

/// `columns` rounded up to whole cache lines.
func paddedWidth(_ columns: Int) -> Int {
  (columns + lineWidth - 1) / lineWidth * lineWidth
}

/// Part `index` of `parts` nearly equal parts of `0..<count`, each but the last a multiple of
/// `unit`.
func part(_ index: Int, of parts: Int, in count: Int, unit: Int = 1) -> Range<Int> {
  let units = (count + unit - 1) / unit
  let start = min(count, units * index / parts * unit)
  let end = min(count, units * (index + 1) / parts * unit)
  return start..<end
}

extension Range<Int> {
  /// The range in pieces of `size`, the last perhaps smaller.
  func split(into size: Int) -> Pieces { Pieces(rest: self, size: size) }
}

/// A range in pieces.
///
/// There is no closure in it, which would be allocated where loops are nested.
struct Pieces: Sequence, IteratorProtocol {
  fileprivate var rest: Range<Int>
  fileprivate let size: Int

  mutating func next() -> Range<Int>? {
    guard !rest.isEmpty else { return nil }
    let end = rest.lowerBound + Swift.min(size, rest.count)
    defer { rest = end..<rest.upperBound }
    return rest.lowerBound..<end
  }
}
