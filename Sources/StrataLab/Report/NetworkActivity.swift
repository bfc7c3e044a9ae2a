package import Strata

/// The activity of a hidden layer on some images, at test time.
package struct LayerActivity: Sendable, Hashable {
  /// Units.
  package let units: Int
  /// Units whose activation gives 0 for every image.
  package let deadUnits: Int
  /// The share of zeros among the activations' outputs.
  package let zeroShare: Double
  /// σ of each unit's output over the images, shape [units].
  package let deviations: [Double]

  /// The share of dead units.
  package var deadShare: Double { Double(deadUnits) / Double(units) }

  /// Looks at a layer of a pass over at least one image.
  init(_ layer: LayerPass) {
    let active = layer.activation?.output ?? layer.output
    units = active.rows
    deadUnits = (0..<active.rows).count { active[row: $0].allSatisfy { $0 == 0 } }
    zeroShare = Double(active.elements.count { $0 == 0 }) / Double(active.elements.count)
    let means = layer.output.rowMeans
    deviations = (0..<layer.output.rows).map { row in
      let squares = layer.output[row: row].reduce(0) {
        $0 + ($1 - means[row]) * ($1 - means[row])
      }
      return (squares / Double(layer.output.columns)).squareRoot()
    }
  }
}

/// The activations and gradients of a trained network, layer by layer.
package struct NetworkActivity: Sendable, Hashable {
  /// The test images that went forward.
  package let testImages: Int
  /// The training images that a gradient was taken of.
  package let trainingImages: Int
  /// The hidden layers.
  package let layers: [LayerActivity]
  /// |∂L/∂W| of every weight, layer by layer; L is the loss, without the λ term.
  package let gradients: [[Double]]

  /// Takes the first test images through the network as at test time, in `Double`, and the gradient
  /// of the first training images as in training, where the batch is normalized by itself.
  ///
  /// - Precondition: each part has an image, and the images are of the model's shape and classes.
  package init(of model: Model, on pair: DatasetPair) throws {
    let network = model.network
    testImages = min(pair.test.count, Self.testImages(for: network))
    trainingImages = min(pair.training.count, 500)
    let inputs = Matrix(
      columnsFrom: Self.inputs(of: pair.test, count: testImages, model),
      length: network.architecture.inputs)
    layers = ReferenceNetwork(network).testPass(inputs).hidden.map(LayerActivity.init)
    let gradient = network.gradient(
      inputs: Self.inputs(of: pair.training, count: trainingImages, model),
      labels: Array(pair.training.labels.prefix(trainingImages)), lambda: 0,
      kernels: try KernelSet.ofProcess()
    ).gradient
    gradients = network.layout.layers.map { layer in
      gradient.values(in: layer.weight).map { abs(Double($0)) }
    }
  }

  /// √(mean g²) of the weights of a layer.
  package func gradientSize(of layer: Int) -> Double {
    let squares = gradients[layer].reduce(0) { $0 + $1 * $1 }
    return (squares / Double(max(1, gradients[layer].count))).squareRoot()
  }

  /// Bytes that are enough to look at a network: of each image its inputs, which are collected and
  /// copied, and what each layer makes of it; of each parameter its values in both precisions.
  static func memory(of network: Network) -> Int {
    let architecture = network.architecture
    let units = (1...architecture.depth).reduce(0) { $0 + architecture.width(of: $1) }
    let image = 32 * architecture.inputs + 64 * units
    return testImages(for: network) * image + 64 * network.layout.parameterCount
  }

  /// As many images as take about a second; fewer say less about rare units.
  private static func testImages(for network: Network) -> Int {
    max(50, min(1000, 200_000_000 / network.layout.parameterCount))
  }

  /// Standardized rows one after the other, shape [count, d].
  private static func inputs(of dataset: Dataset, count: Int, _ model: Model) -> [Float] {
    (0..<count).flatMap { model.standardization.inputs(of: dataset.rows[$0]) }
  }
}
