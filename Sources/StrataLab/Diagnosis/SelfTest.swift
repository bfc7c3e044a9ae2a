import Strata

/// One of the checks that `doctor` makes.
package struct SelfCheck: Sendable {
  /// What was tried.
  package let name: String
  /// Whether the result is what it should be.
  package let isPassed: Bool
  /// What was found.
  package let found: String
  /// How long it took.
  package let seconds: Double
}

/// A short proof that this build computes the right thing on this machine.
package enum SelfTest {
  /// Makes every check, about two seconds' worth.
  package static func checks(threads: Int) -> [SelfCheck] {
    [
      check("gradients", checkGradients),
      check("training") { try checkTraining(threads: threads) },
      check("threads", checkThreads),
    ]
  }

  private static func check(
    _ name: String, _ body: () throws -> (isPassed: Bool, found: String)
  ) -> SelfCheck {
    let start = ContinuousClock.now
    var result: (isPassed: Bool, found: String)
    do { result = try body() } catch { result = (false, "\(error)") }
    return SelfCheck(
      name: name, isPassed: result.isPassed, found: result.found,
      seconds: start.duration(to: .now) / .seconds(1))
  }

  /// A small network, with the bounds that `gradcheck` has.
  private static func checkGradients() throws -> (isPassed: Bool, found: String) {
    let architecture = try Architecture(inputs: 12, hidden: [9, 7], classes: 5)
    var stream = RandomStream(seed: 1, for: .samples)
    let network = Network(architecture, initialization: .he, using: &stream)
    let inputs = (0..<(6 * 12)).map { _ in Float(stream.normal()) }
    let labels: [UInt16] = [0, 1, 2, 3, 4, 0]
    let check = GradientCheck(network, inputs: inputs, labels: labels, lambda: 0.01)
    let differences = check.againstDifferences(step: 1e-5, epsilon: 1e-5, bound: 1e-6)
    let production = try check.comparing(epsilon: 1e-4, bound: 1e-3) {
      try $0.gradient(inputs: $1, labels: $2, lambda: $3, kernels: .ofProcess()).gradient
    }
    let errors = [differences, production].map { comparison in
      comparison.tensors.compactMap { $0.summary?.maximum }.max() ?? .nan
    }
    return (
      differences.failures.isEmpty && production.failures.isEmpty,
      "relative errors up to \(significantText(errors[0])) against differences, "
        + "\(significantText(errors[1])) of the kernels"
    )
  }

  /// The built-in images, a small network, a few hundred steps: chance is 10 %.
  private static func checkTraining(threads: Int) throws -> (isPassed: Bool, found: String) {
    let trainer = try trained(threads: threads, hidden: [50, 50], steps: 400)
    guard let last = trainer.history.last, trainer.trainSeconds > 0 else {
      return (false, "no evaluation")
    }
    let operations = operationsPerRow(trainer.network.architecture) * Double(trainer.samples)
    let speed = operations / trainer.trainSeconds / 1e9
    return (
      last.training.accuracy > 0.3,
      "\(percentText(last.training.accuracy)) of the built-in images correct, "
        + "\(fixedText(speed, decimals: 1)) GFLOP/s with the kernel \(trainer.kernelName)"
    )
  }

  /// Multiplications and additions of the matrix products of one row: W x forward, the gradients
  /// of W and of x backward; the gradient of the network's own inputs is not needed.
  private static func operationsPerRow(_ architecture: Architecture) -> Double {
    (0..<architecture.depth).reduce(0) { sum, layer in
      let weights = Double(architecture.width(of: layer) * architecture.width(of: layer + 1))
      return sum + (layer == 0 ? 4 : 6) * weights
    }
  }

  /// The same bits with one thread and with two.
  private static func checkThreads() throws -> (isPassed: Bool, found: String) {
    let one = try trained(threads: 1, hidden: [33, 7], steps: 20)
    let two = try trained(threads: 2, hidden: [33, 7], steps: 20)
    let isSame = one.network == two.network
    return (isSame, isSame ? "the same bits with 1 and 2 threads" : "other bits with 2 threads")
  }

  private static let batchSize = 100

  private static func trained(threads: Int, hidden: [Int], steps: Int) throws -> Trainer {
    let split = try DataSplit(Shapes.load(training: 1000, test: 10), validation: 0)
    let configuration = TrainingConfiguration(
      hidden: hidden, batchNormalization: .before, statisticsDecay: 0.9, initialization: .he,
      optimizer: .sgd, schedule: .constant(0.05), updateSteps: steps, batchSize: batchSize,
      lambda: 0, shuffles: true, seed: 1, evaluateEvery: steps)
    let trainer = try Trainer(configuration, data: split, threads: threads, kernels: .ofProcess())
    try trainer.run { _ in }
    return trainer
  }
}
