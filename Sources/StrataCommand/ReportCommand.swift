import ArgumentParser
import Strata
import StrataLab

/// `strata report`: compares finished runs.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Compare finished runs on one page, with figures.",
    discussion: """
      Example: strata report runs/first runs/second --output report

      The page, report.html, is self-contained: final numbers, settings that differ, curves, \
      confusion matrices, the worst mistakes, first-layer weights, dead units and gradients. Beside it \
      lie report.pdf (if WeasyPrint or Chromium is installed), results.json, every table as CSV, \
      Markdown and LaTeX, and every figure as SVG. If a run's images are missing or differ, the page \
      leaves out the parts that need them.
      """)

  @Argument(help: ArgumentHelp("Run folders.", valueName: "run"))
  var runs: [String]

  @Option(
    name: .customLong(RecipeKey.output.rawValue),
    help: ArgumentHelp(
      "The folder of the report, which must be new or empty. (default: the first free name of "
        + "report, report-2, report-3, …)", valueName: RecipeKey.output.setting.valueName))
  var output: String?

  @Option(.dataDirectory) var dataDirectory: GivenSetting?
  @Option(.threads) var threads: GivenSetting?

  @Flag(inversion: .prefixedNo, help: "Make report.pdf if a program for it is installed.")
  var pdf = true

  @Flag(help: "Print only the content of results.json on standard output.")
  var json = false

  func run() throws {
    var asked = Recipe()
    try asked.apply(options: [dataDirectory, threads].compactMap { $0.map { ($0.key, $0.text) } })
    if let output { try asked.set(.output, to: output) }
    do {
      try report(in: claimFolder(), asked)
    } catch is Stopped {
      StopRequest.endProcess()
    }
  }

  /// - Throws: `Stopped` where a signal comes before the files are written; nothing stays then.
  private func report(in folder: consuming RunFolder, _ asked: Recipe) throws {
    StopRequest.watch()
    let compared = try ComparedRun.read(
      runs, dataDirectory: asked.dataDirectory,
      threads: asked.threads ?? Machine.usableProcessors, shouldStop: { StopRequest.isMade })
    for run in compared {
      guard let problem = run.problem else { continue }
      Console.note(
        printableLine(
          "strata: note: the parts that need the images of “\(run.name)” are left out: \(problem)"))
    }
    let comparison = RunComparison(compared, command: typedCommand())
    let files = comparison.report.files + [ReportFile(results: comparison.json)]
    let printed = pdf ? files.first.flatMap(printedPage) : nil
    if StopRequest.isMade { throw Stopped() }
    for file in files { try folder.write(file.name, file.content) }
    if let printed { try folder.write(Report.pdfName, printed) }
    folder.finish()
    try Console.write(
      json
        ? comparison.json.indentedText + "\n" : text(folder: folder.path, hasPDF: printed != nil))
  }

  private func claimFolder() throws -> RunFolder {
    if let output { return try RunFolder(claiming: output) }
    return try RunFolder(claimingFirstFree: "report")
  }

  private func text(folder: String, hasPDF: Bool) -> String {
    let names = [Report.pageName] + (hasPDF ? [Report.pdfName] : [])
    return names.map { "report     \(printableLine(path(folder, $0)))\n" }.joined()
  }
}
