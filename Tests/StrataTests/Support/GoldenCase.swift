import Strata
import Testing

/// One network's golden numbers: PyTorch in float64, made by Scripts/make-golden.py.
struct GoldenCase: Sendable, CustomTestStringConvertible {
  /// Parameters, or their gradient, and running statistics at one moment.
  struct Snapshot: Sendable {
    /// Every layer's W, b, γ, β.
    let layers: [LayerParameters]
    /// μ_av of every normalized layer.
    let means: [[Double]]
    /// v_av of every normalized layer; the population variance.
    let variances: [[Double]]
  }

  /// The file's name without its ending, for example `golden-k3-before`.
  let name: String
  /// The network before the first step; `Float` holds its numbers exactly.
  let network: Network
  /// λ.
  let lambda: Double
  /// What the parameters moved by.
  let optimizer: Optimizer
  /// η of every step.
  let rate: Double
  /// c, the norm that every gradient is clipped to; `nil` where none is.
  let clipNorm: Double?
  /// Rows in a batch; batches are taken in the order of the rows, round and round.
  let batchSize: Int
  /// All rows, shape [n, d]; `Float` holds them exactly.
  let inputs: [Float]
  /// A label for each row.
  let labels: [UInt16]
  /// Logits of the first batch at the initial parameters, shape [batch size, K].
  let logits: [Double]
  /// softmax of the same, shape [batch size, K].
  let probabilities: [Double]
  /// The mean cross-entropy of the first batch at the initial parameters.
  let loss: Double
  /// The loss plus λ Σ ‖W‖².
  let cost: Double
  /// ∂J/∂θ of the first batch at the initial parameters.
  let gradient: [LayerParameters]
  /// After one step on the first batch.
  let afterOneStep: Snapshot
  /// After twenty steps.
  let afterTwentySteps: Snapshot
  /// Logits of all rows after twenty steps, with the running statistics, shape [n, K].
  let testLogits: [Double]

  var architecture: Architecture { network.architecture }

  var testDescription: String { name }

  /// The rows of the batch of update `step`, counted from 0.
  func batch(_ step: Int) -> (inputs: [Float], labels: [UInt16]) {
    let start = step % (labels.count / batchSize) * batchSize
    let width = architecture.inputs
    return (
      Array(inputs[(start * width)..<((start + batchSize) * width)]),
      Array(labels[start..<(start + batchSize)])
    )
  }
}

extension GoldenCase {
  /// Every case: k = 1 to 9, and without batch normalization, before and after the ReLU; k = 3 with
  /// every optimizer, with every activation, and with clipped gradients.
  static let all: [GoldenCase] = {
    let names =
      ["golden-k1-none"]
      + (2...9).flatMap { depth in
        BatchNormalizationPlacement.allCases.map { "golden-k\(depth)-\($0.rawValue)" }
      }
      + (Optimizer.Rule.allCases.dropFirst().map(\.rawValue)
      + Activation.allCases.dropFirst().map(\.rawValue) + ["clip"]).flatMap { part in
        BatchNormalizationPlacement.allCases.map { "golden-k3-\($0.rawValue)-\(part)" }
      }
    // A file that is missing or broken leaves a hole that a test of `all.count` finds.
    return names.compactMap { try? GoldenCase(name: $0) }
  }()

  /// Reads one case.
  init(name: String) throws {
    let file = try GoldenFile(name: name)
    let architecture = try file.architecture()
    var network = Network(zeros: architecture)
    let initial = try file.layers("initial", layout: network.layout)
    for tensor in network.layout.tensors {
      network.parameters.setValues(
        initial[tensor.layer][tensor.kind].map(Float.init), in: tensor.slice)
    }
    self.name = name
    self.network = network
    lambda = try file.number("lambda")
    optimizer = try file.optimizer()
    rate = try file.number("eta")
    clipNorm = try? file.number("clip_norm")
    batchSize = try Int(file.number("batch_size"))
    inputs = try file.values("inputs").map(Float.init)
    labels = try file.values("labels").map { UInt16($0) }
    logits = try file.values("logits")
    probabilities = try file.values("probabilities")
    loss = try file.scalar("loss")
    cost = try file.scalar("cost")
    gradient = try file.layers("gradient", layout: network.layout)
    afterOneStep = try file.snapshot("step1", layout: network.layout)
    afterTwentySteps = try file.snapshot("step20", layout: network.layout)
    testLogits = try file.values("test_logits")
  }
}
