import Foundation
import Strata

/// Made-up histories and matrices that look like real ones.
enum FigureSamples {
  static func history(
    count: Int, steps: Int = 9000, stepsPerEpoch: Double = 450, isValidated: Bool = true
  ) -> [HistoryPoint] {
    (0..<count).map { index in
      let fraction = count > 1 ? Double(index) / Double(count - 1) : 0
      let step = Int((fraction * Double(steps)).rounded())
      let wiggle = 0.04 * sin(9 * fraction) + 0.02 * sin(61 * fraction)
      let loss = 1.25 + 1.1 * exp(-5 * fraction) + wiggle
      let training = Metrics(
        loss: loss, cost: loss + 0.6 * exp(-2 * fraction),
        accuracy: 0.58 - 0.44 * exp(-5 * fraction))
      let validation = Metrics(
        loss: loss + 0.12 * fraction, cost: loss + 0.12 * fraction + 0.6 * exp(-2 * fraction),
        accuracy: training.accuracy - 0.05 * fraction)
      return HistoryPoint(
        step: step, epoch: Double(step) / stepsPerEpoch, eta: rate(at: step),
        training: training, validation: isValidated ? validation : nil)
    }
  }

  /// η of an update step.
  static func rate(at step: Int) -> Double { schedule.rate(at: step, of: 9000) }

  private static let schedule = Schedule.cyclical(
    minimum: 1e-5, maximum: 0.1, stepSize: 2250, decay: 1)

  static func matrix(classes: Int, images: Int = 1000) -> ConfusionMatrix {
    var matrix = ConfusionMatrix(classes: classes)
    var generator = RandomStream(seed: 7, for: .samples)
    for label in 0..<classes {
      for _ in 0..<images {
        let isRight = generator.uniform() < 0.3 + 0.5 * Double(label % 5) / 5
        let other = (label + 1 + generator.integer(below: max(1, classes / 3))) % classes
        matrix.record(label: label, prediction: isRight ? label : other)
      }
    }
    return matrix
  }

  /// Relative errors around 10^center.
  static func errors(count: Int, center: Double, seed: UInt64) -> [Double] {
    var generator = RandomStream(seed: seed, for: .samples)
    return (0..<count).map { _ in pow(10, center + 0.8 * generator.normal()) }
  }
}
