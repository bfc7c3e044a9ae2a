import ArgumentParser
import Glibc
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
    let report = try GradientCheckReport(
      settings, on: GradientCheckBatch(randomFor: settings), production: nil)
    print(report.text, terminator: "")
    for failure in report.failures {
      let line = Array("\(failure)\n".utf8)
      _ = write(STDERR_FILENO, line, line.count)
    }
    if !report.passes { throw ExitCode(1) }
  }

  private func settings() throws -> GradientCheckSettings {
    var settings = GradientCheckSettings()
    settings.hidden = hidden == "none" ? [] : hidden.split(separator: ",").map { Int($0) ?? 0 }
    settings.inputs = inputs
    settings.samples = samples
    settings.lambda = lambda
    settings.step = step
    settings.epsilon = epsilon
    settings.batchNormalization = BatchNormalizationPlacement(rawValue: batchNorm) ?? .none
    settings.initialization = initialization == "he" ? .he : .xavier
    settings.seed = seed
    return settings
  }
}
