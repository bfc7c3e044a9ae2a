import ArgumentParser
import Strata
import StrataLab

/// `strata evaluate`: measures a model on a part of a data set.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a model: loss, cost, accuracy, each class, confusion matrix.",
    discussion: """
      Example: strata evaluate runs/first --split test
      Example: strata evaluate runs/first --precise-statistics 10000

      Data, parts and λ come from the run that made the model; its file holds them.
      """)

  @Argument(help: "A run folder or a model file.")
  var model: String

  @Option(help: "The part of the data: \(SplitName.names).")
  var split: SplitName = .test

  @Option(
    name: .customLong(RecipeKey.data.rawValue),
    help: ArgumentHelp(
      "\(RecipeKey.data.setting.help) (default: the model's)",
      valueName: RecipeKey.data.setting.valueName))
  var data: String?

  @Option(.dataDirectory) var dataDirectory: GivenSetting?
  @Option(.preciseStatistics) var preciseStatistics: GivenSetting?
  @Option(.adaptiveStatistics) var adaptiveStatistics: GivenSetting?
  @Option(.threads) var threads: GivenSetting?

  @Flag(help: "Print the results as JSON.")
  var json = false

  func run() throws {
    var asked = Recipe()
    let given = [dataDirectory, preciseStatistics, adaptiveStatistics, threads]
    try asked.apply(options: given.compactMap { $0.map { ($0.key, $0.text) } })
    try asked.check()
    if let data { try asked.set(.data, to: data) }
    let evaluation = try ModelEvaluation(of: model, split: split, asked: asked)
    if evaluation.isSameData == false {
      Console.note("strata: note: the data differs from the model's training data.")
    }
    if !evaluation.isSamePrecision {
      Console.note(
        "strata: note: measured in \(evaluation.precision.rawValue), since the kernels "
          + "\(evaluation.kernel) on this processor do not support the run's precision.")
    }
    try Console.write(json ? evaluation.json.indentedText + "\n" : evaluation.text)
  }
}

extension SplitName: ExpressibleByArgument {
  fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
