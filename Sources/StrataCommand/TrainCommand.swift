import ArgumentParser
import Strata
import StrataLab

/// `strata train`: the main job.
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
      """)

  @Argument(help: ArgumentHelp("A recipe in YAML.", valueName: "recipe"))
  var recipePath: String?

  @OptionGroup var options: RecipeOptions
  @Option(.output) var output: GivenSetting?

  @Flag(help: "Print the content of summary.json and nothing else on standard output.")
  var json = false

  @Flag(help: "Say nothing but errors on standard error.")
  var quiet = false

  func run() throws {
    var recipe = Recipe()
    if let recipePath {
      try recipe.apply(
        contentsOfFile: recipePath, isScheduleReplaced: options.schedule != nil)
    }
    try recipe.apply(options: options.given + (output.map { [($0.key, $0.text)] } ?? []))
    let plan = try TrainingPlan(recipe)
    var folder = try plan.claimFolder()
    folder.removeOnSignal()
    if !quiet { plan.lines.forEach(Console.note) }
    var progress = TrainingProgressView(plan, isQuiet: quiet)
    let summary: RunSummary
    do {
      summary = try plan.run(into: folder) { progress.show($0) }
    } catch {
      progress.clear()
      throw error
    }
    progress.clear()
    try Console.write(json ? summary.json.indentedText + "\n" : summary.text)
  }
}
