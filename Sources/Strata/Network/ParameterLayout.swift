/// A matrix inside a flat buffer.
///
/// Element (r, c) lies at `offset + r · stride + c`. Rows are padded with zeros to whole cache
/// lines, so `stride ≥ columns`; a vector is a matrix of one row.
public struct Slice: Sendable, Hashable {
  /// Where the first element lies.
  public let offset: Int
  /// The number of rows.
  public let rows: Int
  /// The number of columns that hold numbers.
  public let columns: Int
  /// The distance between the starts of two rows.
  public let stride: Int

  /// The elements that it covers, padding included.
  public var range: Range<Int> { offset..<(offset + rows * stride) }
}

/// The parameters of one layer, each a slice of the flat buffer.
public struct LayerSlices: Sendable, Hashable {
  /// W, shape [out, in].
  public let weight: Slice
  /// b, shape [out].
  public let bias: Slice
  /// γ, shape [out]; `nil` where the layer is not normalized.
  public let scale: Slice?
  /// β, shape [out]; `nil` where the layer is not normalized.
  public let shift: Slice?
}

/// The kinds of parameter that a layer can have.
public enum ParameterKind: String, Sendable, Hashable, CaseIterable {
  /// W.
  case weight = "W"
  /// b.
  case bias = "b"
  /// γ.
  case scale = "γ"
  /// β.
  case shift = "β"

  /// The name inside a layer of a model file, which is also PyTorch's.
  public var tensorName: String {
    switch self {
    case .weight: "linear.weight"
    case .bias: "linear.bias"
    case .scale: "norm.weight"
    case .shift: "norm.bias"
    }
  }
}

/// One parameter tensor of a network.
public struct ParameterTensor: Sendable, Hashable {
  /// The layer, counted from 0.
  public let layer: Int
  /// Its kind.
  public let kind: ParameterKind
  /// Where it lies in the flat buffer.
  public let slice: Slice

  /// The name in a model file, for example `layers.0.linear.weight`.
  public var name: String { "layers.\(layer).\(kind.tensorName)" }
}

/// Where each parameter lies in the one flat buffer.
///
/// Gradients and the optimizer's state have the same layout.
public struct ParameterLayout: Sendable, Hashable {
  /// The slices of each layer.
  public let layers: [LayerSlices]
  /// Elements of the flat buffer, padding included.
  public let count: Int
  /// Parameters, padding not counted.
  public let parameterCount: Int

  /// Lays out the parameters of `architecture`, layer by layer: W, b, γ, β.
  public init(_ architecture: Architecture) {
    var end = 0
    var parameters = 0
    func slice(rows: Int, columns: Int) -> Slice {
      let stride = paddedStride(columns)
      defer {
        end += rows * stride
        parameters += rows * columns
      }
      return Slice(offset: end, rows: rows, columns: columns, stride: stride)
    }
    layers = (0..<architecture.depth).map { index in
      let outputs = architecture.width(of: index + 1)
      let isNormalized = architecture.isNormalized && index < architecture.depth - 1
      return LayerSlices(
        weight: slice(rows: outputs, columns: architecture.width(of: index)),
        bias: slice(rows: 1, columns: outputs),
        scale: isNormalized ? slice(rows: 1, columns: outputs) : nil,
        shift: isNormalized ? slice(rows: 1, columns: outputs) : nil)
    }
    count = end
    parameterCount = parameters
  }

  /// Every parameter tensor, in the order of the buffer.
  public var tensors: [ParameterTensor] {
    layers.enumerated().flatMap { index, layer in
      let slices: [(ParameterKind, Slice?)] = [
        (.weight, layer.weight), (.bias, layer.bias), (.scale, layer.scale), (.shift, layer.shift),
      ]
      return slices.compactMap { kind, slice in
        slice.map { ParameterTensor(layer: index, kind: kind, slice: $0) }
      }
    }
  }
}

/// Floats in a cache line, the unit of padding; the widest vector register holds as many.
package let lineWidth = 16

/// The distance between rows of `columns` numbers: whole cache lines, and no multiple of 4 KiB,
/// since rows that far apart would compete for the same few places in the first-level cache.
package func paddedStride(_ columns: Int) -> Int {
  let rounded = (columns + lineWidth - 1) / lineWidth * lineWidth
  return rounded % 1024 == 0 ? rounded + lineWidth : rounded
}

extension FloatVector {
  /// The numbers of a slice, row by row, without the padding.
  package func values(in slice: Slice) -> [Float] {
    withUnsafeBuffer { buffer in
      var values: [Float] = []
      values.reserveCapacity(slice.rows * slice.columns)
      for row in 0..<slice.rows {
        values += buffer[(slice.offset + row * slice.stride)...].prefix(slice.columns)
      }
      return values
    }
  }

  /// Replaces the numbers of a slice, row by row; the padding stays zero.
  ///
  /// - Precondition: `values` holds `slice.rows · slice.columns` numbers.
  package mutating func setValues(_ values: some Collection<Float>, in slice: Slice) {
    precondition(values.count == slice.rows * slice.columns, "values do not fit the slice")
    withUnsafeMutableBuffer { buffer in
      var source = values.makeIterator()
      for row in 0..<slice.rows {
        for column in 0..<slice.columns {
          guard let value = source.next() else { return }
          buffer[slice.offset + row * slice.stride + column] = value
        }
      }
    }
  }
}
