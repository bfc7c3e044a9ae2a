import ArgumentParser
import Strata
import StrataLab

/// `strata resume`: continues an interrupted run.
struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Continue an interrupted run, bit for bit.",
    discussion: """
      Example: strata resume runs/first

      The run goes on from its last checkpoint and ends as if it had never stopped: the same \
      model, metrics and results. A damaged checkpoint is set aside, and the one before it is used.
      """)

  @Argument(help: ArgumentHelp("The folder of a run that was begun.", valueName: "run"))
  var path: String

  @Flag(help: "Print the content of summary.json and nothing else on standard output.")
  var json = false

  @Flag(help: "Say nothing but errors on standard error.")
  var quiet = false

  func run() throws {
    StopRequest.watch()
    // What is finished can be shown where nothing can be written.
    if RunFiles(in: path).state == .finished { return try showFinished() }
    let folder = try RunFolder(continuing: path)
    if folder.files.state == .finished { return try showFinished() }
    let continuation = try RunContinuation(of: folder)
    continuation.warnings.forEach(Console.warn)
    let shown = ShownRun(continuation.plan, json: json, quiet: quiet)
    shown.introduce()
    if !quiet { Console.note(continuation.line) }
    try shown.make(in: folder, from: continuation.checkpoint)
  }

  /// Prints the results of a run that has nothing left to do.
  private func showFinished() throws {
    let run = try FinishedRun(contentsOf: path)
    RunFolder.removeCheckpoints(ofFinished: path)
    if !quiet { Console.note("strata: note: the run in \(path) is finished.") }
    if json { try Console.write(run.summary.indentedText + "\n") }
  }
}
