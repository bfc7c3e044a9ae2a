import ArgumentParser
import Foundation
import Strata
import StrataLab

/// `strata gradcheck`.
struct GradientCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gradcheck",
    abstract: "Prove the gradient of a network by central differences.",
    discussion: """
      Moves every parameter by h in both directions and compares (J(θ+h) − J(θ−h)) / 2h with the \
      gradient of the reference, and the training gradient with the reference's. Exits with 1 if an \
      error exceeds its bound.

      Example: strata gradcheck --hidden 50,50 --inputs 20 --samples 10 --batch-norm before
      """)

  @Option(.hidden) var hidden: GivenSetting?
  @Option(
    help: ArgumentHelp(
      "Inputs of the network; with real rows, the first ones. (default: "
        + "\(GradientCheckSettings().inputs), or all of a real row)", valueName: "d"))
  var inputs: Int?
  @Option(help: ArgumentHelp("Rows in the batch.", valueName: "n"))
  var samples = GradientCheckSettings().samples
  @Option(.lambda) var lambda: GivenSetting?
  @Option(
    help: ArgumentHelp("The distance that a parameter moves in each direction.", valueName: "h"))
  var step = GradientCheckSettings().step
  @Option(
    help: ArgumentHelp(
      "eps in the relative error |a − g| / max(eps, |a| + |g|).", valueName: "eps"))
  var epsilon = GradientCheckSettings().epsilon
  @Option(.activation) var activation: GivenSetting?
  @Option(.batchNormalization) var batchNormalization: GivenSetting?
  @Option(.normalizationEpsilon) var normalizationEpsilon: GivenSetting?
  @Option(.dropout) var dropout: GivenSetting?
  @Option(.initialization) var initialization: GivenSetting?
  @Option(.seed) var seed: GivenSetting?
  @Option(
    name: .customLong(RecipeKey.data.rawValue),
    help: ArgumentHelp(
      "A data set's name or path: real rows instead of random ones. (default: random rows)",
      valueName: RecipeKey.data.setting.valueName))
  var data: String?
  @Option(.dataDirectory) var dataDirectory: GivenSetting?
  @Option(help: ArgumentHelp("The folder for the box plot, gradcheck.svg.", valueName: "dir"))
  var output = "."
  @Flag(help: "Print JSON instead of the tables.")
  var json = false

  func run() throws {
    let kernels = try KernelSet.ofProcess()
    let recipe = try recipe()
    let settings = try settings(recipe)
    try Folder.create(output)
    let batch =
      data == nil
      ? try GradientCheckBatch(randomFor: settings)
      : try GradientCheckBatch(firstRowsOf: RunData(recipe), inputs: inputs, settings)
    let report = try GradientCheckReport(settings, on: batch) {
      $0.gradient(
        inputs: $1, labels: $2, lambda: $3, kernels: kernels, dropout: settings.leftOut
      ).gradient
    }
    try Console.write(json ? encoded(GradientCheckSummary(report)) + "\n" : report.text)
    let figure = path(output, "gradcheck.svg")
    try DurableFile.write(report.figure, to: figure)
    Console.note("box plot   \(figure)")
    guard report.passes else {
      throw CheckFailure(description: report.failures.joined(separator: "; "))
    }
  }

  /// The options shared with `train`, parsed by the same rules.
  private func recipe() throws -> Recipe {
    var recipe = Recipe()
    let given = [
      hidden, lambda, activation, batchNormalization, normalizationEpsilon, dropout, initialization, seed,
      dataDirectory,
    ]
    try recipe.apply(options: given.compactMap { $0.map { ($0.key, $0.text) } })
    if let data { try recipe.set(.data, to: data) }
    return recipe
  }

  /// The options as settings.
  ///
  /// - Throws: `ConfigurationError`.
  func settings() throws -> GradientCheckSettings {
    try settings(recipe())
  }

  private func settings(_ recipe: Recipe) throws -> GradientCheckSettings {
    var settings = GradientCheckSettings()
    settings.training = recipe.training
    settings.inputs = inputs ?? settings.inputs
    settings.samples = samples
    settings.step = step
    settings.epsilon = epsilon
    try settings.validate()
    return settings
  }

  private func encoded(_ summary: GradientCheckSummary) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(summary), as: UTF8.self)
  }
}
