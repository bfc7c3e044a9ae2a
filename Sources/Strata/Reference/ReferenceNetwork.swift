/// The parameters of one layer in `Double`, or anything shaped like them, such as their gradient.
package struct LayerParameters: Sendable, Equatable {
  /// W, shape [out, in].
  package var weight: Matrix
  /// b, shape [out].
  package var bias: [Double]
  /// γ, shape [out]; empty where the layer is not normalized.
  package var scale: [Double]
  /// β, shape [out]; empty where the layer is not normalized.
  package var shift: [Double]

  /// Creates a layer from its tensors.
  package init(weight: Matrix, bias: [Double], scale: [Double] = [], shift: [Double] = []) {
    self.weight = weight
    self.bias = bias
    self.scale = scale
    self.shift = shift
  }

  /// The numbers of one tensor, row by row.
  package subscript(kind: ParameterKind) -> [Double] {
    get {
      switch kind {
      case .weight: weight.elements
      case .bias: bias
      case .scale: scale
      case .shift: shift
      }
    }
    set {
      switch kind {
      case .weight: weight.elements = newValue
      case .bias: bias = newValue
      case .scale: scale = newValue
      case .shift: shift = newValue
      }
    }
  }
}

extension [LayerParameters] {
  /// Converts a flat buffer of `layout`: parameters, or their gradient.
  package init(_ vector: FloatVector, layout: ParameterLayout) {
    func values(_ slice: Slice?) -> [Double] { slice.map(vector.values)?.map(Double.init) ?? [] }
    self = layout.layers.map { layer in
      LayerParameters(
        weight: Matrix(
          rows: layer.weight.rows, columns: layer.weight.columns, elements: values(layer.weight)),
        bias: values(layer.bias), scale: values(layer.scale), shift: values(layer.shift))
    }
  }
}

/// The network in `Double`: the proof that the production path is tested against.
///
/// Every file of this folder is one group of equations, written with obvious loops. A batch is a
/// matrix whose columns are samples, so that s = W x + b reads as in the text.
package struct ReferenceNetwork: Sendable, Equatable {
  /// The shape.
  package let architecture: Architecture
  /// The parameters of each layer of weights.
  package var layers: [LayerParameters]
  /// The statistics of batch normalization at test time.
  package var statistics: ReferenceStatistics

  /// Converts a production network, number by number.
  package init(_ network: Network) {
    architecture = network.architecture
    layers = [LayerParameters](network.parameters, layout: network.layout)
    statistics = ReferenceStatistics(network.statistics)
  }

  /// The production network of the same numbers, each rounded to `Float`.
  package func rounded() -> Network {
    var network = Network(zeros: architecture)
    for tensor in network.layout.tensors {
      network.parameters.setValues(
        layers[tensor.layer][tensor.kind].map(Float.init), in: tensor.slice)
    }
    network.statistics = statistics.rounded(for: architecture)
    return network
  }

  /// ε in √(v + ε).
  package var epsilon: Double { Double(architecture.normalizationEpsilon) }
}
