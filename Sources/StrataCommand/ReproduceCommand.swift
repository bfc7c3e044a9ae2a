import ArgumentParser
import Strata
import StrataLab
import StrataReproduction

/// `strata reproduce`: our tables and figures beside those of the documents.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Reproduce every table and figure of the five documents, with error bars.",
    discussion: """
      Example: strata reproduce --seeds 5
      Example: strata reproduce assignment/sensitivity report-2019
      Example: strata reproduce assignment --report
      Example: strata reproduce --list

      Networks are trained from seeds 1 to --seeds; searches run once. The page report.html compares \
      every claim of the documents with our results, with intervals, verdicts and figures. Beside it lie \
      report.pdf, results.json, tables.md, every table as CSV, Markdown and LaTeX, and every figure as \
      SVG. The same command continues an interrupted reproduction and reuses finished work. The folder \
      must be new, empty, or one of a reproduction; files that results.json does not list stay untouched.
      """)

  @Argument(
    help: ArgumentHelp("Documents, or parts as DOCUMENT/PART. (default: all)", valueName: "name"))
  var names: [String] = []

  @Flag(help: "List the parts and the time that they take.")
  var list = false
  @Option(help: ArgumentHelp("Seeds of each network.", valueName: "N"))
  var seeds = 5
  @Option(
    help: ArgumentHelp(
      "Trainings that run at once. (default: the available processors)", valueName: "N"))
  var jobs: Int?
  @Option(help: ArgumentHelp("The folder for all files.", valueName: "DIR"))
  var output = "reproduction"
  @Flag(
    help: ArgumentHelp(
      "Also write the assignment's report: assignment-report.html and, if a program for it is "
        + "installed, .pdf. Needs the whole assignment; without the flag, these files are removed.")
  )
  var report = false
  @Flag(help: "Remove earlier results of the named parts and start again.")
  var fresh = false
  @Option(
    name: .customLong(RecipeKey.data.rawValue),
    help: ArgumentHelp(
      "The data set; the documents use the default.",
      valueName: RecipeKey.data.setting.valueName))
  var data = "cifar10"
  @Option(.dataDirectory) var dataDirectory: GivenSetting?
  @Flag(inversion: .prefixedNo, help: "Make report.pdf if a program for it is installed.")
  var pdf = true
  @Flag(help: "Print only errors on standard error.")
  var quiet = false

  func run() throws {
    let jobs = try checkedJobs(jobs)
    var recipe = Recipe()
    try recipe.apply(options: dataDirectory.map { [($0.key, $0.text)] } ?? [])
    try recipe.set(.data, to: data)
    try recipe.set(.output, to: output)
    try Reproduction.check(names, seeds: seeds)
    if report { try Reproduction.checkHandedIn(names) }
    if list { return try Console.write(listing(recipe, jobs: jobs)) }
    let reproduction = try Reproduction(names, seeds: seeds, folder: output, data: RunData(recipe))
    try reproduction.checkFolder()
    if fresh { try reproduction.removeMade() }
    let found = try make(reproduction, jobs: jobs)
    let made = try ReproductionReport(
      reproduction, found, command: repeatedCommand, machine: try machine(jobs: jobs))
    let files = try made.write(handsIn: report) { pdf ? printedPage($0) : nil }
    try Console.write(files.map { "report     \(printableLine($0))\n" }.joined())
    if let failure = made.failures.first {
      let others = made.failures.count - 1
      throw CheckFailure(
        description: "reproduce: \(failure)" + (others == 0 ? "" : "; and \(others) more"))
    }
  }

  /// The command that continues.
  private var repeatedCommand: String {
    typedCommand(without: ["--fresh"])
  }

  /// The parts and, if the data is there, the time that they take.
  private func listing(_ recipe: Recipe, jobs: Int) throws -> String {
    let data: RunData
    do {
      data = try RunData(recipe)
    } catch let error as DataError where error.kind == .notFound {
      Console.note("strata: note: no times, since \(error)")
      return try ReproductionDocument.listing(names)
    }
    return try Reproduction(names, seeds: seeds, folder: output, data: data).listing(jobs: jobs)
  }

  /// Makes the missing parts and shows the progress.
  private func make(_ reproduction: Reproduction, jobs: Int) throws -> [ReproducedPart] {
    var view = ReproductionProgressView(isQuiet: quiet)
    StopRequest.watch()
    do {
      let found = try reproduction.make(jobs: jobs, shouldStop: { StopRequest.isMade }) {
        view.show($0)
      }
      view.clear()
      return found
    } catch is Stopped {
      view.clear()
      throw Stopped(
        "reproduce: stopped; the finished work is in \(output), and this command "
          + "continues: \(repeatedCommand)")
    } catch {
      view.clear()
      throw error
    }
  }

  private func machine(jobs: Int) throws -> [String] {
    let processor = Machine.processorName ?? "an unknown processor"
    return [
      "Written by strata \(strataVersion) with the kernels \(try KernelSet.ofProcess().name) on "
        + "\(processor), \(jobs) training\(jobs == 1 ? "" : "s") at a time on one thread each."
    ]
  }
}
