/// The names and shapes under which a network's numbers lie in a file.
///
/// PyTorch's names and layout, so that `load_state_dict` of a module with the same names works.
/// Nothing is multiplied here: the sizes may come from a file that has not been checked yet.
struct TensorPlan {
  /// A tensor that an architecture has.
  struct Entry {
    let name: String
    let shape: [Int]
  }

  /// W, b, γ and β.
  let parameters: [Entry]
  /// μ_av and v_av.
  let statistics: [Entry]
  /// The mean and deviation of the inputs.
  let inputs: [Entry]

  init(_ architecture: Architecture) {
    var parameters: [Entry] = []
    var statistics: [Entry] = []
    for index in 0..<architecture.depth {
      let outputs = architecture.width(of: index + 1)
      func entry(_ kind: ParameterKind, _ shape: [Int]) -> Entry {
        Entry(name: "layers.\(index).\(kind.tensorName)", shape: shape)
      }
      parameters.append(entry(.weight, [outputs, architecture.width(of: index)]))
      parameters.append(entry(.bias, [outputs]))
      guard architecture.isNormalized, index < architecture.depth - 1 else { continue }
      parameters.append(entry(.scale, [outputs]))
      parameters.append(entry(.shift, [outputs]))
      statistics.append(Entry(name: Self.runningMean(index), shape: [outputs]))
      statistics.append(Entry(name: Self.runningVariance(index), shape: [outputs]))
    }
    self.parameters = parameters
    self.statistics = statistics
    inputs = [Self.inputMean, Self.inputDeviation].map {
      Entry(name: $0, shape: [architecture.inputs])
    }
  }

  static let inputMean = "input.mean"
  static let inputDeviation = "input.std"

  static func runningMean(_ layer: Int) -> String { "layers.\(layer).norm.running_mean" }
  static func runningVariance(_ layer: Int) -> String { "layers.\(layer).norm.running_var" }
}

extension Safetensors {
  /// Checks that a tensor is there in the right shape and type.
  func require(_ entry: TensorPlan.Entry) throws {
    guard let tensor = self[entry.name] else {
      throw DataError(
        .malformed, path: path, expected: "tensor \(entry.name) of shape \(entry.shape)",
        found: "no tensor of this name")
    }
    guard tensor.shape == entry.shape, tensor.type == .f32 || tensor.type == .f64 else {
      throw DataError(
        .malformed, path: path,
        expected: "tensor \(entry.name) of shape \(entry.shape), F32 or F64",
        found: "shape \(tensor.shape), \(tensor.type.rawValue)")
    }
  }

  /// The numbers of a tensor, all of them finite.
  func finiteFloats(_ name: String) throws -> [Float] {
    guard let tensor = self[name] else {
      throw DataError(
        .malformed, path: path, expected: "tensor \(name)", found: "no tensor of this name")
    }
    let values = try floats(of: tensor)
    guard let index = values.firstIndex(where: { !$0.isFinite }) else { return values }
    throw DataError(
      .malformed, path: path, expected: "finite numbers in tensor \(name)",
      found: "\(values[index]) as element \(index), counted from 0")
  }
}

extension Network {
  /// Every number of the network under its name in a file.
  var namedTensors: [NamedTensor] {
    parameterTensors(of: parameters) + statisticsTensors
  }

  /// The numbers of a vector that is laid out like the parameters, under the parameters' names.
  func parameterTensors(of vector: FloatVector, prefix: String = "") -> [NamedTensor] {
    layout.tensors.map { tensor in
      let slice = tensor.slice
      return NamedTensor(
        prefix + tensor.name,
        shape: tensor.kind == .weight ? [slice.rows, slice.columns] : [slice.columns],
        .floats(vector.values(in: slice)))
    }
  }

  private var statisticsTensors: [NamedTensor] {
    statistics.layers.enumerated().flatMap { index, slice in
      [
        NamedTensor(
          TensorPlan.runningMean(index), shape: [slice.columns],
          .floats(statistics.means.values(in: slice))),
        NamedTensor(
          TensorPlan.runningVariance(index), shape: [slice.columns],
          .floats(statistics.variances.values(in: slice))),
      ]
    }
  }
}

extension Standardization {
  /// The means and deviations under their names in a file.
  var namedTensors: [NamedTensor] {
    [
      NamedTensor(TensorPlan.inputMean, shape: [mean.count], .floats(mean)),
      NamedTensor(TensorPlan.inputDeviation, shape: [deviation.count], .floats(deviation)),
    ]
  }

  /// Takes both from a file that has been checked to have them.
  init(_ file: Safetensors) throws {
    self.init(
      mean: try file.finiteFloats(TensorPlan.inputMean),
      deviation: try file.finiteFloats(TensorPlan.inputDeviation))
  }
}
