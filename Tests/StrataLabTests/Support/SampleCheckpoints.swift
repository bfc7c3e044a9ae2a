@testable import Strata

/// Small checkpoints that differ in their step.
enum SampleCheckpoints {
  static func make(step: Int) throws -> Checkpoint {
    let architecture = try Architecture(inputs: 2, hidden: [3], classes: 2)
    let configuration = TrainingConfiguration(
      hidden: [3], batchNormalization: .before, schedule: .constant(0.1), updateSteps: 9,
      batchSize: 2, lambda: 0, seed: 1, evaluateEvery: 3)
    return Checkpoint(
      network: Network(zeros: architecture), optimizerState: [],
      standardization: Standardization(mean: [0, 1], deviation: [1, 2]),
      settings: TrainingSettings(configuration), step: step, samples: 2 * step, order: [1, 0],
      history: [], trainSeconds: 1, evaluationSeconds: 2,
      origin: Checkpoint.Origin(recipe: "seed: 1\n", dataName: "toy", kernel: "plain"))
  }
}
