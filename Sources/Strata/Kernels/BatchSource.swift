internal import CStrataKernels

/// The rows that batches are made of: bytes, and how they become standardized numbers.
///
/// x = (p/255 − mean) / deviation is computed as p · factor + offset.
final class BatchSource {
  let rowLength: Int
  private let dataset: Dataset
  private let rowPointers: UnsafeMutableBufferPointer<UnsafePointer<UInt8>>
  private let factors: FlatBlock
  private let offsets: FlatBlock

  init(_ dataset: Dataset, standardization: Standardization) {
    self.dataset = dataset
    rowLength = dataset.pixels.rowLength
    rowPointers = .allocate(capacity: dataset.count)
    factors = FlatBlock(count: paddedWidth(rowLength))
    offsets = FlatBlock(count: paddedWidth(rowLength))
    for column in 0..<rowLength {
      let deviation = Double(standardization.deviation[column])
      factors.base[column] = Float(1 / (255 * deviation))
      offsets.base[column] = Float(-Double(standardization.mean[column]) / deviation)
    }
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

  /// Writes the columns of one row, standardized, and begins to fetch those of `next`.
  func write(
    row: Int, next: Int, columns: Range<Int>, to target: UnsafeMutablePointer<Float>,
    kernels: KernelSet
  ) {
    let count = min(columns.upperBound, rowLength) - columns.lowerBound
    guard count > 0 else { return }
    kernels.table.pointee.standardize(
      count, rowPointers[row] + columns.lowerBound, rowPointers[next] + columns.lowerBound,
      factors.base + columns.lowerBound,
      offsets.base + columns.lowerBound, target + columns.lowerBound)
  }
}
