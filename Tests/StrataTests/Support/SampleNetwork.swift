import Strata

/// A network whose every parameter is drawn, with a batch for it; b, γ and β differ from 0 and 1.
struct SampleNetwork {
  let network: Network
  let inputs: [Float]
  let labels: [UInt16]

  init(
    _ widths: [Int], _ placement: BatchNormalizationPlacement, _ activation: Activation = .relu,
    samples: Int, seed: UInt64 = 1, normalizationEpsilon: Float = 1e-5
  ) throws {
    let architecture = try Architecture(
      inputs: widths[0], hidden: Array(widths.dropFirst().dropLast()),
      classes: widths[widths.count - 1], batchNormalization: placement, activation: activation,
      normalizationEpsilon: normalizationEpsilon)
    var stream = RandomStream(seed: seed, for: .samples)
    var network = Network(architecture, initialization: .he, using: &stream)
    for tensor in network.layout.tensors where tensor.kind != .weight {
      let centre = tensor.kind == .scale ? 1.0 : 0.0
      let values = (0..<tensor.slice.columns).map { _ in Float(centre + stream.normal() / 8) }
      network.parameters.setValues(values, in: tensor.slice)
    }
    self.network = network
    inputs = (0..<samples * widths[0]).map { _ in Float(stream.normal()) }
    labels = (0..<samples).map { _ in UInt16(stream.integer(below: architecture.classes)) }
  }

  /// The batch with one sample a column.
  var columns: Matrix { Matrix(columnsFrom: inputs, length: network.architecture.inputs) }
}
