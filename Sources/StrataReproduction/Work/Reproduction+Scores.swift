import Strata
import StrataLab

extension Reproduction {
  /// The standard deviation of a layer's normalized scores ŝ on the first 100 training images, before
  /// the first step.
  ///
  /// - Parameter layer: Counted from 1.
  /// - Throws: `ConfigurationError` when the network is impossible with the data.
  func scoreDeviation(layer: Int, of row: ReproducedRow, seed: UInt64) throws -> Double {
    let plan = try TrainingPlan(
      recipe(of: ReproductionRun(changes: row.changes, seed: seed)), data: data, memory: [])
    var stream = RandomStream(seed: seed, for: .weights)
    let network = Network(
      plan.architecture, initialization: plan.configuration.initialization, using: &stream)
    var settings = GradientCheckSettings()
    settings.samples = min(100, data.pair.training.count)
    let batch = try GradientCheckBatch(firstRowsOf: data, inputs: nil, settings)
    let columns = Matrix(columnsFrom: batch.inputs, length: batch.inputCount)
    let hidden = ReferenceNetwork(network).trainingPass(columns).hidden
    guard hidden.indices.contains(layer - 1),
      let scores = hidden[layer - 1].normalization?.values.elements
    else { return .nan }
    let mean = scores.reduce(0, +) / Double(scores.count)
    let squares = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(scores.count)).squareRoot()
  }
}
