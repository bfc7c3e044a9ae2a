import ArgumentParser
import Strata
import StrataLab

/// `strata search`: coarse-to-fine search over the settings of a recipe.
struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search over settings of a recipe: random or grid, coarse, then fine.",
    discussion: """
      Example: strata search --data cifar10 --over lambda=log:1e-5..1e-1
      Example: strata search --over eta-max=linear:0.01..0.2 --over batch-norm=none,before,after
      Example: strata search recipe.yaml --method grid --over 'hidden=50,50|100,100|50,30,20'

      Each trial trains the base recipe (a file, options of train, or both) with different values of \
      the settings in --over. Values are log:LOW..HIGH (spread evenly on a logarithmic scale), \
      linear:LOW..HIGH, or choices separated by commas, or by | if they contain commas. The best \
      trial has the highest validation accuracy at its last evaluation. The test accuracy never \
      affects the choice.

      The fine stage covers the span of the best three coarse trials plus half a spacing on either \
      side, and more if the best one lies at an end of the range. --fine-over sets another range.

      One short run of one seed ranks noise. --finalists 3 trains the best three trials again from \
      five seeds each, with the settings in --final, such as --final step-size=2250 for longer runs. \
      The best mean validation accuracy wins; finalists that a paired test cannot distinguish from it \
      are marked as tied.

      --halving stops hopeless trials early: after 1/9 and 1/3 of its update steps (with a reduction \
      of 3 and 2 rungs) a trial continues if it is in the best third of all trials up to its number \
      that reached this point. Stopped trials are listed, but they cannot be the best or shape the \
      fine stage.

      The study keeps every finished trial. The same command continues an interrupted study, and \
      several processes may run it at once. More --trials or --fine-trials extend a finished study; \
      --trials may grow until the first fine trial ends. You can add --finalists and raise \
      --final-seeds later. --seed draws the settings and trains every trial, unless it varies itself. \
      Each trial has one thread. A trial with the recipe of an earlier one takes that trial's outcome \
      and is not trained.

      The results go to a folder beside the study: best.yaml, a recipe for train, trials.csv, and \
      scatter.svg if a range varies.
      """)

  @Argument(help: ArgumentHelp("The base recipe in YAML.", valueName: "recipe"))
  var recipePath: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A setting and its values; repeat the option for each setting.", valueName: "SETTING=VALUES"))
  var over: [String] = []
  @Option(
    help:
      "How to choose trials: \(SearchMethod.names). (default: random if a range varies, else grid)"
  )
  var method: SearchMethod?
  @Option(
    help: ArgumentHelp("Trials of the coarse stage; an upper limit for a grid.", valueName: "N"))
  var trials = 20
  @Option(
    help: ArgumentHelp(
      "1: coarse; 2: coarse, then fine. (default: 2 if a range varies)", valueName: "1|2"))
  var stages: Int?
  @Option(
    help: ArgumentHelp(
      "Trials of the fine stage. (default: \(SearchRequest.defaultFineTrials))", valueName: "N"))
  var fineTrials: Int?
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A setting and its values in the fine stage. (default: around the best)",
      valueName: "SETTING=VALUES"))
  var fineOver: [String] = []
  @Flag(help: "Stop hopeless trials early, by successive halving.") var halving = false
  @Option(
    help: ArgumentHelp(
      "Of N trials at a rung, the best N / ETA continue. (default: \(Halving.defaultReduction))",
      valueName: "ETA"))
  var reduction: Int?
  @Option(
    help: ArgumentHelp(
      """
      Rungs of a trial: the last after 1/ETA of its update steps, each earlier one after 1/ETA of \
      the next. (default: \(Halving.defaultRungs))
      """, valueName: "N"))
  var rungs: Int?
  @Option(
    help: ArgumentHelp(
      "The number of best trials to train again from several seeds. (default: 0)",
      valueName: "K"))
  var finalists: Int?
  @Option(
    help: ArgumentHelp(
      "The seeds of each finalist. (default: \(FinalRuns.defaultSeeds))", valueName: "N"))
  var finalSeeds: Int?
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A setting for the runs of finalists only, such as step-size=2250.",
      valueName: "SETTING=VALUE"))
  var final: [String] = []
  @Option(
    help: ArgumentHelp(
      "Trials that run at once. (default: the available processors)", valueName: "N"))
  var jobs: Int?
  @Option(
    help: ArgumentHelp(
      "The file of the study. (default: studies/DATA-SETTINGS-MARK.sqlite)",
      valueName: "FILE"))
  var study: String?
  @Option(
    help: ArgumentHelp(
      "The folder for the results. (default: the study's name without its extension)",
      valueName: "DIR"))
  var output: String?
  @Flag(help: "Print the results as JSON.") var json = false
  @Flag(help: "Print only errors on standard error.") var quiet = false

  @OptionGroup(title: "Options of the base recipe") var options: RecipeOptions

  func run() throws {
    let jobs = try trialsAtOnce()
    guard output != "" else {
      throw ConfigurationError(
        setting: "output", expected: "a name or a path", found: "nothing")
    }
    let plan = try SearchPlan(request())
    let search = try Search(plan, data: RunData(plan.base), study: study)
    let folder = output ?? SearchResults.folder(besideStudy: search.study.path)
    try Folder.requirePlace(folder)
    let results = try run(search, jobs: jobs)
    try Console.write(json ? results.json.indentedText + "\n" : results.table)
    let files = try results.write(to: folder)
    if !quiet { (results.notes + files).forEach(Console.note) }
  }

  private func run(_ search: Search, jobs: Int) throws -> SearchResults {
    if !quiet { search.lines(jobs: jobs).forEach(Console.note) }
    var view = SearchProgressView(isQuiet: quiet)
    StopRequest.watch()
    do {
      try search.run(jobs: jobs, shouldStop: { StopRequest.isMade }) { view.show($0) }
    } catch is Stopped {
      view.clear()
      throw Stopped(
        "search: stopped; every finished trial is in \(search.study.path), and "
          + "the same command continues: \(typedCommand())")
    } catch {
      view.clear()
      throw error
    }
    let results = try search.results()
    view.tell(search.reasons)
    view.clear()
    return results
  }

  /// The options as a request.
  private func request() throws -> SearchRequest {
    var base = Recipe()
    if let recipePath {
      try base.apply(contentsOfFile: recipePath, replaced: Set(options.given.map(\.key)))
    }
    try base.apply(options: options.given)
    var request = SearchRequest(base: base, over: over)
    request.fineOver = fineOver
    request.method = method
    request.trials = trials
    request.fineTrials = fineTrials
    request.stages = stages
    request.isHalving = halving
    request.reduction = reduction
    request.rungs = rungs
    request.finalists = finalists
    request.finalSeeds = finalSeeds
    request.final = final
    return request
  }

  /// The number of trials that run at once, checked.
  private func trialsAtOnce() throws -> Int {
    if let threads = options.given.first(where: { $0.key == .threads }) {
      throw ConfigurationError(
        setting: "threads", expected: "no value in a search, whose trials have one thread each",
        found: threads.text, hint: "give --jobs instead")
    }
    return try checkedJobs(jobs)
  }
}

extension SearchMethod: ExpressibleByArgument {
  fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
