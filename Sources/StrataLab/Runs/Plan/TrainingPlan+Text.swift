import Strata

extension TrainingPlan {
  /// What is about to happen, for standard error.
  package var lines: [String] {
    let widths = (0...architecture.depth).map { String(architecture.width(of: $0)) }
    let parts = [
      (split.training, "training"), (split.validation, "validation"), (split.test, "test"),
    ]
    let counts = parts.compactMap { part, name in part.map { "\(countText($0.count)) \(name)" } }
    let parameters = ParameterLayout(architecture).parameterCount
    return [
      "data      \(data.pair.training.name) (\(data.place)): "
        + counts.joined(separator: ", "),
      "network   \(widths.joined(separator: "-")), \(countText(parameters)) parameters, "
        + "\(activationText)batch normalization \(normalizationText)\(precisionText)",
      "run       \(countText(length.updateSteps)) update steps\(cycleText), "
        + "\(threads) thread\(threads == 1 ? "" : "s"), seed \(configuration.seed)\(memoryText)",
    ]
  }

  /// What hidden units make of their inputs, where it is not the usual.
  private var activationText: String {
    architecture.activation == .relu ? "" : "\(architecture.activation.rawValue), "
  }

  /// Where the network is normalized; one without hidden layers is not.
  var normalizationText: String {
    architecture.isNormalized ? architecture.batchNormalization.rawValue : "none"
  }

  /// The numbers of products, where they are not those of everything else.
  private var precisionText: String {
    configuration.precision == .float32 ? "" : ", products in \(configuration.precision.rawValue)"
  }

  /// The memory that it will take, by estimate.
  private var memoryText: String {
    (try? estimatedPeakMemory()).map { ", up to \(bytesText($0)) of memory" } ?? ""
  }

  /// How the steps come about, where cycles fix them.
  private var cycleText: String {
    guard let stepSize = length.stepSize else { return "" }
    return " (\(configuration.schedule.cycles) × 2 × \(countText(stepSize)), whole cycles)"
  }
}
