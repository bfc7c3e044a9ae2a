import ArgumentParser
import Strata
import StrataLab

/// `strata train`.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train one network and write a run folder.",
    discussion: """
      Example: strata train --data cifar10 --hidden 50,50 --seed 1
      Example: strata train recipe.yaml --seed 3

      The options below are also the keys of a recipe; an option overrides the recipe. The run \
      folder holds recipe.yaml, metrics.csv, model.safetensors, curves.svg, confusion.svg and \
      summary.json.

      Ctrl-C and SIGTERM save the run and exit with code 75. strata resume continues it, even after \
      a crash, from its last checkpoint.
      """)

  @Argument(help: ArgumentHelp("A recipe in YAML.", valueName: "recipe"))
  var recipePath: String?

  @OptionGroup var options: RecipeOptions
  @Option(.checkpointEvery) var checkpointEvery: GivenSetting?
  @Option(.output) var output: GivenSetting?

  @Flag(help: "Print only the content of summary.json on standard output.")
  var json = false

  @Flag(help: "Print only errors on standard error.")
  var quiet = false

  func run() throws {
    var recipe = Recipe()
    if let recipePath {
      try recipe.apply(contentsOfFile: recipePath, replaced: Set(options.given.map(\.key)))
    }
    let kept = [checkpointEvery, output].compactMap { $0.map { ($0.key, $0.text) } }
    try recipe.apply(options: options.given + kept)
    StopRequest.watch()
    let plan = try TrainingPlan(recipe)
    let run = ShownRun(plan, json: json, quiet: quiet)
    run.introduce()
    try run.make(in: plan.claimFolder())
  }
}
