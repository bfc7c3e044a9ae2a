import Strata
import StrataLab

/// A run that is made and shown: its progress on standard error, its results on standard output.
struct ShownRun {
  let plan: TrainingPlan
  /// Whether the results are printed as `summary.json`.
  let json: Bool
  /// Whether nothing but errors goes to standard error.
  let quiet: Bool

  init(_ plan: TrainingPlan, json: Bool, quiet: Bool) {
    self.plan = plan
    self.json = json
    self.quiet = quiet
  }

  /// Says what is about to happen.
  func introduce() {
    if !quiet { plan.lines.forEach(Console.note) }
  }

  /// Trains from the beginning or from a checkpoint, and prints the results.
  ///
  /// - Throws: What ends the run.
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
        "strata: note: these are not the official images of \(summary.data); strata data verify "
          + "says what differs.")
    }
    // Without a standard output, the run folder says all.
    guard json || Console.hasOutput else { return }
    try Console.write(json ? summary.json.indentedText + "\n" : summary.text)
  }
}
