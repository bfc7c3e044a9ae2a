internal import Strata

/// A gradient check as JSON.
package struct GradientCheckSummary: Sendable, Encodable {
  /// One comparison of two gradients.
  package struct Comparison: Sendable, Encodable {
    /// What is compared with what.
    let name: String
    /// The floor of the denominator of the relative error.
    let epsilon: Double
    /// The largest relative error that passes.
    let bound: Double
    /// Whether every tensor stays within the bound.
    let passed: Bool
    /// Every tensor.
    let parameters: [Parameter]
  }

  /// One tensor of a comparison.
  package struct Parameter: Sendable, Encodable {
    /// The name in a model file.
    let tensor: String
    /// The layer, counted from 1 as in the equations.
    let layer: Int
    /// `W`, `b`, `γ` or `β`.
    let parameter: String
    /// The number of entries.
    let entries: Int
    /// Those left out because their step crosses a kink of a ReLU.
    let kinks: Int
    /// The errors; absent where the gradient is zero or every step crosses a kink.
    let mean: Double?
    let median: Double?
    let percentile90: Double?
    let maximum: Double?
    /// Where the gradient is zero: the largest absolute value found.
    let largestOfZero: Double?
    /// The largest relative error that passes here: more than the general bound where rounding to
    /// `Float` excuses more.
    let bound: Double
    /// Whether the tensor stays within the bound.
    let passed: Bool
    /// The gradient and its differences from central differences; absent where nothing was compared.
    let gradient: Gradient?
  }

  /// The gradient a of a tensor and its signed differences a − g.
  package struct Gradient: Sendable, Encodable {
    /// The mean of a.
    let mean: Double
    /// The standard deviation of a, divided by the number of entries.
    let std: Double
    /// The mean of a − g.
    let meanDiff: Double
    /// The standard deviation of a − g.
    let stdDiff: Double
    /// The largest a − g with its sign.
    let maxDiff: Double
  }

  let layers: [Int]
  let activation: String
  let batchNorm: String
  let normalizationEpsilon: Double
  let initialization: String
  let data: String
  let samples: Int
  let lambda: Double
  let dropout: Double
  let step: Double
  let seed: UInt64
  let seconds: Double
  let passed: Bool
  let comparisons: [Comparison]

  /// Summarizes a report.
  package init(_ report: GradientCheckReport) {
    let architecture = report.architecture
    layers = (0...architecture.depth).map(architecture.width)
    activation = architecture.activation.rawValue
    batchNorm = architecture.batchNormalization.rawValue
    normalizationEpsilon = report.settings.normalizationEpsilon
    initialization = report.settings.initialization.label
    data = report.data
    samples = report.settings.samples
    lambda = report.settings.lambda
    dropout = report.settings.dropout
    step = report.settings.step
    seed = report.settings.seed
    seconds = report.duration / .seconds(1)
    passed = report.passes
    comparisons = report.comparisons.map { title, comparison in
      Comparison(
        name: title, epsilon: comparison.epsilon, bound: comparison.bound,
        passed: comparison.failures.isEmpty,
        parameters: comparison.tensors.indices.map {
          Parameter($0, in: comparison, describesGradient: comparison == report.differences)
        })
    }
  }
}

extension GradientCheckSummary.Parameter {
  fileprivate init(_ index: Int, in comparison: GradientComparison, describesGradient: Bool) {
    let tensor = comparison.tensors[index]
    let summary = tensor.summary
    self.tensor = tensor.name
    layer = tensor.layer + 1
    parameter = tensor.kind.rawValue
    entries = tensor.entries
    kinks = tensor.kinks
    mean = summary?.mean
    median = summary?.median
    percentile90 = summary?.percentile90
    maximum = summary?.maximum
    largestOfZero = tensor.zeroGradient.map { max($0.checked, $0.expected) }
    bound = comparison.bound(of: index)
    passed = comparison.passes(index)
    gradient = describesGradient ? tensor.statistics.map(GradientCheckSummary.Gradient.init) : nil
  }
}

extension GradientCheckSummary.Gradient {
  fileprivate init(_ statistics: GradientStatistics) {
    mean = statistics.mean
    std = statistics.std
    meanDiff = statistics.meanDifference
    stdDiff = statistics.stdDifference
    maxDiff = statistics.maxDifference
  }
}
