import Strata
import StrataLab

/// Shows the progress of a run on standard error.
final class TrainingProgressView {
  private let start = ContinuousClock.now
  private let stepsPerEpoch: Int
  private let isQuiet: Bool
  private var line: ProgressLine
  private var validationAccuracy: Double?

  /// Begins to show a run whose first update step here is `firstStep`.
  init(_ plan: TrainingPlan, isQuiet: Bool, firstStep: Int) {
    stepsPerEpoch = plan.length.stepsPerEpoch
    self.isQuiet = isQuiet
    line = ProgressLine(
      .chosen(isQuiet: isQuiet),
      totalSteps: plan.length.updateSteps, batchSize: plan.configuration.batchSize,
      firstStep: firstStep, at: 0)
  }

  /// Draws an event if a drawing is due.
  func show(_ event: TrainingEvent) {
    let time = start.duration(to: .now) / .seconds(1)
    switch event {
    case .progress(let progress):
      guard line.isDue(at: time) else { return }
      let reading = ProgressLine.Reading(
        step: progress.step, epoch: Double(progress.step) / Double(stepsPerEpoch),
        eta: progress.eta, loss: progress.loss, accuracy: progress.accuracy,
        validationAccuracy: validationAccuracy)
      Console.draw(line.advance(reading, at: time, columns: Terminal.columns()))
    case .evaluation(let point):
      validationAccuracy = point.validation?.accuracy
      let reading = ProgressLine.Reading(
        step: point.step, epoch: point.epoch, eta: point.eta, loss: point.training.loss,
        accuracy: point.training.accuracy, validationAccuracy: validationAccuracy)
      Console.draw(line.evaluated(reading, at: time, columns: Terminal.columns()))
    case .warning(let warning):
      guard !isQuiet else { return }
      clear()
      Console.note("strata: warning: \(warning)")
    }
  }

  /// Clears the line before other output.
  func clear() {
    Console.draw(line.clear(columns: Terminal.columns()))
  }
}
