package import Strata

/// What a gradient check found.
package struct GradientCheckReport: Sendable {
  /// What was asked for.
  package let settings: GradientCheckSettings
  /// The network that was checked.
  package let architecture: Architecture
  /// What the rows were.
  package let data: String
  /// The reference's analytic gradient against central differences.
  package let differences: GradientComparison
  /// The production gradient against the reference's; `nil` when none was given.
  package let production: GradientComparison?
  /// How long both took together.
  package let duration: Duration

  /// Makes the check.
  ///
  /// - Parameter production: The production gradient, computed on the same numbers.
  /// - Throws: `ConfigurationError`, and what `production` throws.
  package init(
    _ settings: GradientCheckSettings, on batch: GradientCheckBatch,
    production: GradientCheck.FlatGradient?
  ) throws {
    try settings.validate()
    let clock = ContinuousClock()
    let start = clock.now
    let architecture = try settings.architecture(
      inputs: batch.inputCount, classes: batch.classes)
    let check = GradientCheck(
      Self.network(architecture, settings), inputs: batch.inputs, labels: batch.labels,
      lambda: settings.lambda, dropout: settings.leftOut)
    self.settings = settings
    self.architecture = architecture
    data = batch.name
    differences = check.againstDifferences(
      step: settings.step, epsilon: settings.epsilon, bound: settings.bound)
    self.production = try production.map {
      try check.comparing(
        epsilon: settings.productionEpsilon, bound: settings.productionBound, $0)
    }
    duration = clock.now - start
  }

  /// A network whose every parameter is drawn: b and β with deviation 0.1 around 0, γ around 1.
  ///
  /// At their initial values b = 0, γ = 1, β = 0 the parameters would hide a factor or term that
  /// the gradient lacks, and a sample that no unit of a layer responds to would put the next layer
  /// exactly on the kink of its ReLUs.
  private static func network(
    _ architecture: Architecture, _ settings: GradientCheckSettings
  ) -> Network {
    var stream = RandomStream(seed: settings.seed, for: .weights)
    var network = Network(
      architecture, initialization: settings.initialization, using: &stream)
    for tensor in network.layout.tensors where tensor.kind != .weight {
      let centre = tensor.kind == .scale ? 1.0 : 0.0
      let values = (0..<tensor.slice.columns).map { _ in Float(centre + 0.1 * stream.normal()) }
      network.parameters.setValues(values, in: tensor.slice)
    }
    return network
  }

  /// Both comparisons, each with the words that say what it compares.
  package var comparisons: [(title: String, comparison: GradientComparison)] {
    var result = [("reference against central differences", differences)]
    if let production { result.append(("production against reference", production)) }
    return result
  }

  /// Whether no bound is exceeded.
  package var passes: Bool {
    comparisons.allSatisfy { $0.comparison.failures.isEmpty }
  }

  /// A box plot of the relative errors, one panel a comparison, one box a tensor, as SVG.
  package var figure: String {
    let tensors = differences.tensors
    return boxPlotFigure(
      title: "Relative errors of the gradient",
      notes: heading.split(separator: "\n").map(String.init),
      groups: tensors.map { "\($0.kind.rawValue)\($0.layer + 1)" },
      series: comparisons.map { title, comparison in
        BoxPlotSeries(
          name: title, values: comparison.tensors.map(\.errors), bound: comparison.bound)
      },
      emptyText: "gradient is zero")
  }
}
