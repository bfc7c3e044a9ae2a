import ArgumentParser
import Strata
import StrataLab
import StrataReproduction

/// `strata reproduce`: the documents' tables and figures, ours beside theirs.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Make every table and figure of the five documents again, with error bars.",
    discussion: """
      Example: strata reproduce --seeds 5
      Example: strata reproduce assignment/sensitivity report-2019
      Example: strata reproduce assignment --report
      Example: strata reproduce --list

      Networks are trained from seeds 1 to --seeds, searches are made once. The page report.html holds \
      every claim of the documents beside ours, with intervals, verdicts and figures; beside it are report.pdf, \
      results.json, tables.md, and every table as CSV, Markdown and LaTeX and every figure as SVG. What \
      is finished is kept and used again: the same command continues what was interrupted. The folder \
      must be new, empty, or one of a reproduction; files in it that results.json does not list are \
      left alone.
      """)

  @Argument(
    help: ArgumentHelp("Documents, or parts as DOCUMENT/PART. (default: all)", valueName: "name"))
  var names: [String] = []

  @Flag(help: "Say what there is, and how much work it is.")
  var list = false
  @Option(help: ArgumentHelp("Seeds that each network is trained from.", valueName: "N"))
  var seeds = 5
  @Option(
    help: ArgumentHelp(
      "Trainings at the same time. (default: the processors that may be used)", valueName: "N"))
  var jobs: Int?
  @Option(help: ArgumentHelp("The folder for everything.", valueName: "DIR"))
  var output = "reproduction"
  @Flag(
    help: ArgumentHelp(
      "Write the assignment's report too, as it is handed in: assignment-report.html and, where a "
        + "program for it is found, .pdf. Needs the whole assignment; without the flag, they go."))
  var report = false
  @Flag(help: "Remove what has been made of the named parts before, and make it anew.")
  var fresh = false
  @Option(
    name: .customLong(RecipeKey.data.rawValue),
    help: ArgumentHelp(
      "The data set; the documents are about the default.",
      valueName: RecipeKey.data.setting.valueName))
  var data = "cifar10"
  @Option(.dataDirectory) var dataDirectory: GivenSetting?
  @Flag(inversion: .prefixedNo, help: "Make report.pdf where a program for it is found.")
  var pdf = true
  @Flag(help: "Say nothing but errors on standard error.")
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
    try Console.write(files.map { "report     \(printable($0))\n" }.joined())
    if let failure = made.failures.first {
      let others = made.failures.count - 1
      throw CheckFailure(
        description: "reproduce: \(failure)" + (others == 0 ? "" : "; and \(others) more"))
    }
  }

  /// The command that goes on with what is there.
  private var repeatedCommand: String {
    typedCommand(without: ["--fresh"])
  }

  /// What there is; where the data is there too, also how long it takes.
  private func listing(_ recipe: Recipe, jobs: Int) throws -> String {
    let data: RunData
    do {
      data = try RunData(recipe)
    } catch let error as DataError where error.kind == .notFound {
      Console.note("strata: note: without times, since \(error)")
      return try ReproductionDocument.listing(names)
    }
    return try Reproduction(names, seeds: seeds, folder: output, data: data).listing(jobs: jobs)
  }

  /// Makes what is missing, and shows how far that is.
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
        "reproduce: stopped; what is finished is in \(output), and this command "
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
