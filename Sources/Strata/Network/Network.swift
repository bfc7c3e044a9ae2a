/// The means and variances of each normalized unit, averaged over training batches.
///
/// μ_av ← α μ_av + (1 − α) μ and the same for v, started at the first batch's values. The
/// variance is the population variance (divided by n).
public struct RunningStatistics: Sendable, Equatable {
  /// The slices of each hidden layer in `means` and in `variances`; empty without normalization.
  public let layers: [Slice]
  /// μ_av of every layer.
  public package(set) var means: FloatVector
  /// v_av of every layer.
  public package(set) var variances: FloatVector
  /// The number of batches seen; 0 means that the values are still means of 0, variances of 1.
  public package(set) var batches: Int

  /// Statistics before the first batch: means of 0 and variances of 1.
  public init(_ architecture: Architecture) {
    var end = 0
    let widths = architecture.isNormalized ? architecture.hidden : []
    layers = widths.map { width in
      defer { end += paddedStride(width) }
      return Slice(offset: end, rows: 1, columns: width, stride: paddedStride(width))
    }
    means = FloatVector(count: end)
    variances = FloatVector(count: end)
    batches = 0
    for slice in layers {
      variances.setValues([Float](repeating: 1, count: slice.columns), in: slice)
    }
  }
}

/// A fully connected network: its shape, its parameters and its running statistics.
public struct Network: Sendable, Equatable {
  /// The shape.
  public let architecture: Architecture
  /// Where each parameter lies in `parameters`.
  public let layout: ParameterLayout
  /// Every parameter, in one buffer.
  public package(set) var parameters: FloatVector
  /// The statistics of batch normalization at test time.
  public package(set) var statistics: RunningStatistics

  /// Whether every parameter is a finite number.
  package var isFinite: Bool { parameters.elements.allSatisfy(\.isFinite) }

  /// Creates a network whose weights are all 0, γ 1, b and β 0.
  public init(zeros architecture: Architecture) {
    self.architecture = architecture
    layout = ParameterLayout(architecture)
    parameters = FloatVector(count: layout.count)
    statistics = RunningStatistics(architecture)
    for case let scale? in layout.layers.map(\.scale) {
      parameters.setValues([Float](repeating: 1, count: scale.columns), in: scale)
    }
  }

  /// Creates a network with weights drawn from a normal distribution, γ 1, b and β 0.
  public init(
    _ architecture: Architecture, initialization: Initialization,
    using generator: inout RandomStream
  ) {
    self.init(zeros: architecture)
    for layer in layout.layers {
      let deviation = initialization.deviation(inputs: layer.weight.columns)
      let weights = (0..<layer.weight.rows * layer.weight.columns).map { _ in
        Float(deviation * generator.normal())
      }
      parameters.setValues(weights, in: layer.weight)
    }
  }
}

extension Network {
  /// The same network with other statistics of its normalized units.
  ///
  /// - Precondition: the statistics are of a network of this shape.
  public func with(_ statistics: RunningStatistics) -> Network {
    precondition(statistics.layers == self.statistics.layers, "statistics of another network")
    var result = self
    result.statistics = statistics
    return result
  }

  /// The numbers of one tensor of the layout, row by row.
  ///
  /// - Precondition: `tensor` is one of `layout.tensors`.
  public func values(of tensor: ParameterTensor) -> [Float] {
    precondition(layout.tensors.contains(tensor), "the network has no such tensor")
    return parameters.values(in: tensor.slice)
  }

  /// Replaces the numbers of one tensor of the layout, row by row.
  ///
  /// - Precondition: `tensor` is one of `layout.tensors`, and `values` holds as many numbers.
  public mutating func setValues(_ values: some Collection<Float>, of tensor: ParameterTensor) {
    precondition(layout.tensors.contains(tensor), "the network has no such tensor")
    parameters.setValues(values, in: tensor.slice)
  }
}
