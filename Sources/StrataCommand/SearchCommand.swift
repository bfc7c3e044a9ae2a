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

      Each trial trains the base recipe, which a file and the options of train describe, with \
      other values of the settings that --over names. Values are log:LOW..HIGH (log10 of the value \
      is spread evenly), linear:LOW..HIGH, or choices between commas; where values hold commas \
      themselves, between |. The best trial is that of the greatest validation accuracy at its \
      last evaluation; the test accuracy is measured, and chooses nothing.

      The fine stage covers what the best three coarse trials span and half a spacing beyond, \
      and more where the best one lies at an end of the range, unless --fine-over says otherwise.

      One short run of one seed ranks noise. With --finalists 3, the best three trials are trained \
      again from five seeds each, with the settings of --final on top, such as \
      --final step-size=2250 for longer runs. The best mean validation accuracy wins; those that \
      cannot be told from it are said to be tied.

      With --halving, hopeless trials are stopped early: after 1/9 and 1/3 of its update steps (with \
      a reduction of 3 and 2 rungs) a trial goes on if it is in the best third of itself and those of \
      smaller numbers that came so far. Stopped trials are shown, and neither the best nor the fine \
      stage is taken from them.

      Every trial that has ended is kept in the study. The same command continues a study that was \
      interrupted, and several processes may run it at once. With more --trials or --fine-trials it \
      goes on with a study that has ended; --trials may grow until a fine trial has. --finalists can \
      be given later too, and --final-seeds raised. --seed draws the settings and trains every trial, \
      unless it is varied itself; trials have one thread each. A trial whose recipe an earlier one \
      has takes its outcome and is not trained.

      The results are written to a folder beside the study: best.yaml, a recipe for train, \
      trials.csv, and, where a range was varied, scatter.svg.
      """)

  @Argument(help: ArgumentHelp("The base recipe in YAML.", valueName: "recipe"))
  var recipePath: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A setting and its values; give it once for each setting.", valueName: "SETTING=VALUES"))
  var over: [String] = []
  @Option(
    help:
      "How trials are chosen: \(SearchMethod.names). (default: random where a range is varied, else grid)"
  )
  var method: SearchMethod?
  @Option(help: ArgumentHelp("Trials of the coarse stage; of a grid, at most.", valueName: "N"))
  var trials = 20
  @Option(
    help: ArgumentHelp(
      "1: coarse; 2: coarse, then fine. (default: 2 where a range is varied)", valueName: "1|2"))
  var stages: Int?
  @Option(
    help: ArgumentHelp(
      "Trials of the fine stage. (default: \(SearchRequest.defaultFineTrials))", valueName: "N"))
  var fineTrials: Int?
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The same settings with the values of the fine stage. (default: around the best)",
      valueName: "SETTING=VALUES"))
  var fineOver: [String] = []
  @Flag(help: "Stop hopeless trials early, by successive halving.") var halving = false
  @Option(
    help: ArgumentHelp(
      "Of N trials at a rung, the best N / ETA go on. (default: \(Halving.defaultReduction))",
      valueName: "ETA"))
  var reduction: Int?
  @Option(
    help: ArgumentHelp(
      """
      Comparisons on the way of a trial: the last after 1/ETA of its update steps, each one before \
      after 1/ETA of that. (default: \(Halving.defaultRungs))
      """, valueName: "N"))
  var rungs: Int?
  @Option(
    help: ArgumentHelp(
      "The best trials that are trained again in the end, from several seeds. (default: 0)",
      valueName: "K"))
  var finalists: Int?
  @Option(
    help: ArgumentHelp(
      "The seeds of each finalist. (default: \(FinalRuns.defaultSeeds))", valueName: "N"))
  var finalSeeds: Int?
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A setting that the runs of finalists alone have, such as step-size=2250.",
      valueName: "SETTING=VALUE"))
  var final: [String] = []
  @Option(
    help: ArgumentHelp(
      "Trials that run at once. (default: the processors that may be used)", valueName: "N"))
  var jobs: Int?
  @Option(
    help: ArgumentHelp(
      "The file that keeps the trials. (default: studies/DATA-SETTINGS-MARK.sqlite)",
      valueName: "FILE"))
  var study: String?
  @Option(
    help: ArgumentHelp(
      "The folder for the results. (default: the study's name without its ending)",
      valueName: "DIR"))
  var output: String?
  @Flag(help: "Print the results as JSON.") var json = false
  @Flag(help: "Say nothing but errors on standard error.") var quiet = false

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
        "search: stopped; every trial that has ended is in \(search.study.path), and "
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
      try base.apply(contentsOfFile: recipePath, isScheduleReplaced: options.schedule != nil)
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

  /// Checks the options that say how many trials run at once.
  private func trialsAtOnce() throws -> Int {
    guard options.threads == nil else {
      throw ConfigurationError(
        setting: "threads", expected: "no value in a search, whose trials have one thread each",
        found: options.threads?.text ?? "", hint: "give --jobs instead")
    }
    return try checkedJobs(jobs)
  }
}

extension SearchMethod: ExpressibleByArgument {
  fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
