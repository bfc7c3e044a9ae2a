import Strata
import StrataLab

/// Trains a run, with progress on standard error and results on standard output.
struct ShownRun {
  let plan: TrainingPlan
  /// Whether the results are printed as `summary.json`.
  let json: Bool
  /// Whether only errors go to standard error.
  let quiet: Bool

  init(_ plan: TrainingPlan, json: Bool, quiet: Bool) {
    self.plan = plan
    self.json = json
    self.quiet = quiet
  }

  /// Announces the run.
  func introduce() {
    if !quiet { plan.lines.forEach(Console.note) }
  }

  /// Trains from the beginning or from a checkpoint, and prints the results.
  ///
  /// - Throws: The error that ends the run; `Stopped` after a signal.
  func make(in folder: consuming RunFolder, from checkpoint: Checkpoint? = nil) throws {
    let view = TrainingProgressView(
      plan, isQuiet: quiet, firstStep: checkpoint?.step ?? 0)
    let callbacks = RunCallbacks(
      shouldStop: { StopRequest.isMade },
      warn: { text in
        view.clear()
        Console.warn(text)
      }, observe: { view.show($0) })
    let summary: RunSummary
    do {
      summary = try plan.run(into: folder, from: checkpoint, callbacks)
    } catch {
      view.clear()
      throw error
    }
    view.clear()
    if plan.data.isOfficial == false, !quiet {
      Console.note(
        "strata: note: these images are not the official ones of \(summary.data); strata data "
          + "verify shows the difference.")
    }
    // Without a standard output, the run folder says all.
    guard json || Console.hasOutput else { return }
    try Console.write(json ? summary.json.indentedText + "\n" : summary.text)
  }
}
