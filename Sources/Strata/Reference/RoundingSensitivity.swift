/// How far a gradient may be off when the computation rounds to `Float`.
///
/// A computation in `Float` rounds every product and activation, which is as if the weights and
/// inputs had been slightly different (backward error; Higham 2002, section 1.5). So every
/// parameter and input is moved up or down by one unit in its last place, at random, and the exact
/// gradient of that neighbour is compared with the gradient itself.
struct RoundingSensitivity {
  private let network: Network
  private let inputs: [Float]
  private let labels: [UInt16]
  private let lambda: Double
  private let dropout: Dropout?

  /// Neighbours that are tried; the worst counts.
  private static let neighbours: UInt64 = 4
  /// Units in the last place that the roundings of a pass through the layers, forward and back,
  /// may add up to.
  private static let roundings = 32.0
  /// No rounding excuses more than this: a term that is wrong is wrong by about 1.
  private static let greatest = 0.1

  init(
    _ network: Network, inputs: [Float], labels: [UInt16], lambda: Double, dropout: Dropout? = nil
  ) {
    self.network = network
    self.inputs = inputs
    self.labels = labels
    self.lambda = lambda
    self.dropout = dropout
  }

  /// For each tensor of the layout 32 max |g' − g| / max(eps, |g'| + |g|), g' the gradient of a
  /// neighbour.
  func relativeErrors(from gradient: [LayerParameters], epsilon: Double) -> [Double] {
    var worst = network.layout.tensors.map { _ in 0.0 }
    for index in 0..<Self.neighbours {
      let neighbour = gradientOfNeighbour(index)
      for (position, tensor) in network.layout.tensors.enumerated() {
        let pairs = zip(
          neighbour[tensor.layer][tensor.kind], gradient[tensor.layer][tensor.kind])
        for (a, g) in pairs {
          let error = abs(a - g) / max(epsilon, abs(a) + abs(g))
          worst[position] = min(Self.greatest, max(worst[position], Self.roundings * error))
        }
      }
    }
    return worst
  }

  private func gradientOfNeighbour(_ index: UInt64) -> [LayerParameters] {
    var stream = RandomStream(seed: 1, for: .rounding, index: index)
    var neighbour = network
    for tensor in network.layout.tensors {
      neighbour.parameters.setValues(
        network.parameters.values(in: tensor.slice).map { moved($0, by: &stream) },
        in: tensor.slice)
    }
    let rows = Matrix(
      columnsFrom: inputs.map { moved($0, by: &stream) }, length: network.architecture.inputs)
    let reference = ReferenceNetwork(neighbour)
    return reference.gradient(
      reference.trainingPass(rows, dropout: dropout), labels: labels, lambda: lambda)
  }

  private func moved(_ value: Float, by stream: inout RandomStream) -> Float {
    stream.next() & 1 == 0 ? value.nextUp : value.nextDown
  }
}
