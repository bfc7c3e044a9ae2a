/// The rows that batches are made of: bytes, and how they become standardized numbers.
final class BatchSource {
  private let dataset: Dataset
  private let rowPointers: UnsafeMutableBufferPointer<UnsafePointer<UInt8>>
  /// How their bytes become inputs.
  let scaling: InputScaling

  init(_ dataset: Dataset, standardization: Standardization) {
    self.dataset = dataset
    rowPointers = .allocate(capacity: dataset.count)
    scaling = InputScaling(standardization)
    precondition(scaling.count == dataset.pixels.rowLength, "as many means as pixels")
    var row = 0
    for segment in dataset.pixels.segments {
      for index in 0..<segment.count {
        let start = segment.source.bytes.baseAddress.unsafelyUnwrapped
          .advanced(by: segment.firstOffset + index * segment.stride)
        rowPointers.initializeElement(at: row, to: start.assumingMemoryBound(to: UInt8.self))
        row += 1
      }
    }
  }

  deinit { rowPointers.deallocate() }

  /// The number of rows.
  var count: Int { dataset.count }

  /// The label of a row.
  func label(_ row: Int) -> Int32 { Int32(dataset.labels[row]) }

  /// The pixels of a row.
  func pixels(_ row: Int) -> UnsafePointer<UInt8> { rowPointers[row] }
}

/// How bytes become inputs: x = (p/255 − mean) / deviation, computed as p · factor + offset.
final class InputScaling {
  /// The numbers, without a count of who refers to them.
  ///
  /// Threads that share a batch would otherwise count up and down in the same cache line, row by
  /// row. Valid as long as the scaling lives.
  let view: View
  private let factors: FlatBlock
  private let offsets: FlatBlock

  /// The inputs of a row.
  var count: Int { view.count }

  init(_ standardization: Standardization) {
    let count = standardization.mean.count
    factors = FlatBlock(count: paddedWidth(count))
    offsets = FlatBlock(count: paddedWidth(count))
    view = View(count: count, factors: factors.base, offsets: offsets.base)
    for column in 0..<count {
      let deviation = Double(standardization.deviation[column])
      factors.base[column] = Float(1 / (255 * deviation))
      offsets.base[column] = Float(-Double(standardization.mean[column]) / deviation)
    }
  }

  /// Factors and offsets in memory that somebody else owns.
  ///
  /// `@unchecked Sendable`: nobody writes there after the scaling was made.
  struct View: @unchecked Sendable {
    /// The inputs of a row.
    let count: Int
    fileprivate let factors: UnsafeMutablePointer<Float>
    fileprivate let offsets: UnsafeMutablePointer<Float>

    /// Writes some columns of some rows, standardized, and 0 beyond the last input.
    ///
    /// - Parameters:
    ///   - form: The numbers, or pairs of them.
    ///   - pixels: Where each row begins.
    ///   - next: Where as many rows begin whose same columns will be wanted soon.
    ///   - target: As many rows, or half as many in the form of stacked pairs.
    ///   - kernels: Those of pairs where pairs are asked for.
    func write(
      _ form: Form = .numbers, rows: Int, _ pixels: PixelPointers, next: PixelPointers,
      columns: Range<Int>, to target: MatrixView, kernels: KernelSet
    ) {
      let used = min(columns.upperBound, count) - columns.lowerBound
      kernels.standardize(
        rows: rows, count: used, pixels, next: next, from: columns.lowerBound, factors: factors,
        offsets: offsets, form, into: target)
    }
  }

  /// In which form standardized numbers are written.
  enum Form {
    /// `Float`s.
    case numbers
    /// Rounded, as pairs of neighbours in a row.
    case neighbours
    /// Rounded, as pairs of neighbours in a column.
    case stacked
  }
}

/// Where the bytes of some rows begin.
typealias PixelPointers = UnsafeMutablePointer<UnsafePointer<UInt8>?>
