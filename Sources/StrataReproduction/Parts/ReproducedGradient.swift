import Strata
package import StrataLab

/// A gradient check of a document.
package struct ReproducedGradient: Sendable {
  /// What is checked.
  package let label: String
  /// How.
  package let settings: GradientCheckSettings
  /// Whether the rows are real images.
  package let usesImages: Bool

  init(
    _ label: String, usesImages: Bool = false, _ change: (inout GradientCheckSettings) -> Void
  ) {
    var settings = GradientCheckSettings()
    change(&settings)
    // An ε that nothing uses tells no checks apart.
    if settings.batchNormalization == .none {
      settings.normalizationEpsilon = GradientCheckSettings().normalizationEpsilon
    }
    self.init(label, settings, usesImages: usesImages)
  }

  private init(_ label: String, _ settings: GradientCheckSettings, usesImages: Bool) {
    self.label = label
    self.settings = settings
    self.usesImages = usesImages
  }

  /// The same check from another seed.
  func from(seed: UInt64) -> ReproducedGradient {
    var settings = settings
    settings.seed = seed
    return ReproducedGradient(label, settings, usesImages: usesImages)
  }

  /// Whether two checks differ in nothing but the seed and the label.
  func isSame(as other: ReproducedGradient) -> Bool {
    let first = from(seed: 0)
    let second = other.from(seed: 0)
    return first.settings == second.settings && first.usesImages == second.usesImages
  }

  /// The names of the tensors that it checks: W, b and, where a hidden layer is normalized, γ and β.
  var tensorNames: [String] {
    let depth = settings.hidden.count + 1
    return (1...depth).flatMap { layer in
      ["W", "b"].map { "\($0)\(layer)" }
        + (layer == depth || settings.batchNormalization == .none
          ? [] : ["γ", "β"].map { "\($0)\(layer)" })
    }
  }

  /// The seeds that it is made from: one where there are so many parameters that each check takes
  /// seconds.
  func seeds(atMost count: Int) -> ClosedRange<UInt64> {
    let widths = [settings.inputs] + settings.hidden + [settings.classes]
    let weights = zip(widths, widths.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    return 1...(weights > Self.mostWeights ? 1 : UInt64(count))
  }

  private static let mostWeights = 20_000

  /// The command that makes it again.
  ///
  /// - Parameter data: The data set, for a check on its images.
  package func command(data: String) -> String {
    let hidden = settings.hidden.map(String.init).joined(separator: ",")
    let options = [
      ("hidden", hidden.isEmpty ? "none" : hidden), ("inputs", "\(settings.inputs)"),
      ("samples", "\(settings.samples)"), ("lambda", "\(settings.lambda)"),
      ("step", "\(settings.step)"), ("epsilon", "\(settings.epsilon)"),
      ("batch-norm", settings.batchNormalization.rawValue),
      ("init", settings.initialization.label), ("seed", "\(settings.seed)"),
    ]
    let normalized =
      settings.batchNormalization == .none
      ? [] : [("normalization-epsilon", "\(settings.normalizationEpsilon)")]
    let words = (usesImages ? [("data", data)] : []) + options + normalized
    return (["strata gradcheck"] + words.map { "--\($0.0) \(shellWord($0.1))" })
      .joined(separator: " ")
  }
}
