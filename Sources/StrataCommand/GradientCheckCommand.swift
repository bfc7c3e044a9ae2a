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
      Moves every single parameter by h to either side, compares (J(θ+h) − J(θ−h)) / 2h with the \
      gradient of the reference, and the gradient that training uses with the reference's. Ends \
      with exit code 1 when a bound is exceeded.

      Example: strata gradcheck --hidden 50,50 --inputs 20 --samples 10 --batch-norm before
      """)

  @Option(help: "Widths of the hidden layers, for example 50,50, or none.")
  var hidden = "50,50"
  @Option(help: "Numbers per random sample.")
  var inputs = GradientCheckSettings().inputs
  @Option(help: "Samples in the batch.")
  var samples = GradientCheckSettings().samples
  @Option(help: "λ of the penalty λ Σ‖W‖².")
  var lambda = GradientCheckSettings().lambda
  @Option(help: "h, by which a parameter moves to either side.")
  var step = GradientCheckSettings().step
  @Option(help: "eps in |a − g| / max(eps, |a| + |g|), against the differences.")
  var epsilon = GradientCheckSettings().epsilon
  @Option(help: "Where hidden layers are normalized: none, before or after the ReLU.")
  var batchNorm = GradientCheckSettings().batchNormalization.rawValue
  @Option(name: .customLong("init"), help: "How weights are drawn: he, xavier, or a deviation.")
  var initialization = GradientCheckSettings().initialization.label
  @Option(help: "Seed of the weights and of the random samples.")
  var seed = GradientCheckSettings().seed
  @Flag(help: "Print JSON instead of the tables.")
  var json = false

  func run() throws {
    let settings = try settings()
    let report = try GradientCheckReport(settings, on: batch(settings), production: nil)
    if json {
      print(try encoded(GradientCheckSummary(report)))
    } else {
      print(report.text, terminator: "")
    }
    guard report.passes else {
      for failure in report.failures { printToStandardError(failure) }
      throw ExitCode(1)
    }
  }

  private func batch(_ settings: GradientCheckSettings) throws -> GradientCheckBatch {
    try GradientCheckBatch(randomFor: settings)
  }

  /// The options as settings.
  ///
  /// - Throws: `ConfigurationError`.
  func settings() throws -> GradientCheckSettings {
    var settings = GradientCheckSettings()
    settings.hidden = try parsedHidden()
    settings.inputs = inputs
    settings.samples = samples
    settings.lambda = lambda
    settings.step = step
    settings.epsilon = epsilon
    settings.batchNormalization = try parsedPlacement()
    settings.initialization = try parsedInitialization()
    settings.seed = seed
    try settings.validate()
    return settings
  }

  private func parsedHidden() throws -> [Int] {
    if hidden == "none" { return [] }
    return try hidden.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let width = Int(part) else {
        throw ConfigurationError(
          setting: "hidden", expected: "widths such as 50,50, or none", found: hidden)
      }
      return width
    }
  }

  private func parsedPlacement() throws -> BatchNormalizationPlacement {
    guard let placement = BatchNormalizationPlacement(rawValue: batchNorm) else {
      throw ConfigurationError(
        setting: "batch-norm", expected: "none, before or after", found: batchNorm)
    }
    return placement
  }

  private func parsedInitialization() throws -> Initialization {
    switch initialization {
    case "he": return .he
    case "xavier": return .xavier
    default:
      guard let deviation = Double(initialization) else {
        throw ConfigurationError(
          setting: "init", expected: "he, xavier or a number", found: initialization)
      }
      return .fixed(deviation)
    }
  }

  private func encoded(_ summary: GradientCheckSummary) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(summary), as: UTF8.self)
  }

  private func printToStandardError(_ line: String) {
    FileHandle.standardError.write(Data("\(line)\n".utf8))
  }
}
