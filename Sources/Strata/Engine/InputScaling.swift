internal import CStrataKernels

/// How the numbers of a row become inputs, column by column.
///
/// Bytes: (p/255 − mean) / deviation, computed as p · factor + offset. Floats: (x − mean) / deviation,
/// computed as (x − offset) · factor, so that little is lost where the mean is large.
///
/// `@unchecked Sendable`: it is not written after the initializer.
final class InputScaling: @unchecked Sendable {
  /// The numbers, without a count of who refers to them.
  ///
  /// Threads that share a batch would otherwise count up and down in the same cache line, row by
  /// row. Valid as long as the scaling lives.
  let view: View
  private let factors: FlatBlock
  private let offsets: FlatBlock

  /// Takes factors and offsets from `column`.
  private init(
    _ element: DataRows.Element, columns: Int,
    _ column: (Int) -> (factor: Float, offset: Float)
  ) {
    factors = FlatBlock(count: paddedWidth(columns))
    offsets = FlatBlock(count: paddedWidth(columns))
    for index in 0..<columns {
      (factors.base[index], offsets.base[index]) = column(index)
    }
    view = View(
      element: element, count: columns,
      scaling: strata_scaling(
        element: element == .byte ? STRATA_BYTES : STRATA_FLOATS, factor: factors.base,
        offset: offsets.base))
  }

  /// Standardizes rows of some element.
  convenience init(_ standardization: Standardization, of element: DataRows.Element) {
    self.init(element, columns: standardization.mean.count) { column in
      let mean = Double(standardization.mean[column])
      let deviation = Double(standardization.deviation[column])
      return switch element {
      case .byte: (Float(1 / (255 * deviation)), Float(-mean / deviation))
      // The inverse of a tiny deviation would be infinite in `Float`, and 0 times it no number.
      case .float:
        (Float(min(1 / deviation, Double(Float.greatestFiniteMagnitude))), Float(mean))
      }
    }
  }

  /// Leaves floats as they are.
  convenience init(identityOf columns: Int) {
    self.init(.float, columns: columns) { _ in (1, 0) }
  }

  /// Factors and offsets in another owner's memory.
  ///
  /// `@unchecked Sendable`: it is not written after the scaling was made.
  struct View: @unchecked Sendable {
    /// What the rows consist of.
    let element: DataRows.Element
    /// The inputs of a row.
    let count: Int
    fileprivate let scaling: strata_scaling

    /// Bytes of a row.
    var rowLength: Int { count * element.size }

    /// Writes some columns of some rows, standardized, and 0 beyond the last input.
    ///
    /// - Parameters:
    ///   - form: The numbers, or pairs of them.
    ///   - addresses: Where each row begins.
    ///   - next: Where as many rows begin whose same columns will be wanted soon.
    ///   - target: As many rows, or half as many in the form of stacked pairs.
    ///   - kernels: Those of pairs where pairs are asked for.
    func write(
      _ form: Form = .numbers, rows: Int, _ addresses: RowAddresses, next: RowAddresses,
      columns: Range<Int>, to target: MatrixView, kernels: KernelSet
    ) {
      let used = min(columns.upperBound, count) - columns.lowerBound
      kernels.standardize(
        rows: rows, count: used, addresses, next: next, from: columns.lowerBound, scaling, form,
        into: target)
    }

    /// Has the processor fetch some columns of rows that will be wanted soon.
    func prefetch(columns: Range<Int>, rows: Int, _ addresses: RowAddresses) {
      let used = columns.clamped(to: 0..<count)
      let bytes = used.lowerBound * element.size..<used.upperBound * element.size
      for line in bytes.split(into: 64) { strata_prefetch(rows, addresses, line.lowerBound) }
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

/// Where some rows begin.
typealias RowAddresses = UnsafeMutablePointer<UnsafeRawPointer?>
