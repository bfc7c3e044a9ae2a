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

      The run continues from its last checkpoint and ends with the same model, metrics and results \
      as an uninterrupted run. A damaged checkpoint is set aside, and the previous one is used.
      """)

  @Argument(help: ArgumentHelp("The folder of an unfinished run.", valueName: "run"))
  var path: String

  @Flag(help: "Print only the content of summary.json on standard output.")
  var json = false

  @Flag(help: "Print only errors on standard error.")
  var quiet = false

  func run() throws {
    StopRequest.watch()
    // A finished run can be shown from a read-only folder.
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

  /// Prints the results of a finished run.
  private func showFinished() throws {
    let run = try FinishedRun(contentsOf: path)
    RunFolder.removeCheckpoints(ofFinished: path)
    if !quiet { Console.note("strata: note: the run in \(path) is finished.") }
    if json { try Console.write(run.summary.indentedText + "\n") }
  }
}
