package import Strata

/// The results of a run: what `summary.json` and `--json` hold.
package struct RunSummary: Sendable {
  /// The training and validation part at the end, with the statistics that the model keeps.
  package let last: HistoryPoint
  /// On the test part, with the same statistics.
  package let test: Evaluation
  /// Numbers that were learned.
  package let parameters: Int
  /// Rows that went through an update.
  package let samples: Int
  /// Update steps, assembling their batches included, evaluations not.
  package let trainSeconds: Double
  /// Evaluations during the run and on the test part.
  package let evaluationSeconds: Double
  /// The whole process so far; where it makes several runs, this one.
  package let totalSeconds: Double
  /// The most memory that was resident at once, in bytes.
  package let peakMemory: Int
  /// Threads that shared the work.
  package let threads: Int
  /// The instruction set of the kernels.
  package let kernel: String
  /// What was noticed that seldom ends well.
  package let warnings: [TrainingWarning]
  /// The settings, resolved.
  package let recipe: Recipe
  /// The data set's name.
  package let data: String
  /// The SHA-256 of the data, in hexadecimal.
  package let dataDigest: String
  /// The run folder.
  package let output: String

  /// Rows per second of `trainSeconds`; `nil` for a run too short to be timed.
  package var samplesPerSecond: Double? {
    trainSeconds > 0 ? Double(samples) / trainSeconds : nil
  }

  /// The object of `summary.json`.
  package var json: JSONValue {
    .object(
      resultMembers + costMembers + originMembers
        + [.init("warnings", .array(warnings.map(\.summary)))])
  }

  private var resultMembers: [JSONValue.Member] {
    let validation = last.validation
    return [
      .init("test_accuracy", .real(test.metrics.accuracy)),
      .init("test_loss", .real(test.metrics.loss)),
      .init("test_cost", .real(test.metrics.cost)),
      .init("validation_accuracy", validation.map { .real($0.accuracy) } ?? .null),
      .init("validation_loss", validation.map { .real($0.loss) } ?? .null),
      .init("validation_cost", validation.map { .real($0.cost) } ?? .null),
      .init("train_accuracy", .real(last.training.accuracy)),
      .init("train_loss", .real(last.training.loss)),
      .init("train_cost", .real(last.training.cost)),
    ]
  }

  private var costMembers: [JSONValue.Member] {
    [
      .init("steps", .integer(last.step)),
      .init("epochs", .real(last.epoch)),
      .init("parameters", .integer(parameters)),
      .init("train_seconds", .real(trainSeconds)),
      .init("evaluation_seconds", .real(evaluationSeconds)),
      .init("total_seconds", .real(totalSeconds)),
      .init("samples_per_second", samplesPerSecond.map { .real($0) } ?? .null),
      .init("peak_memory_bytes", .integer(peakMemory)),
    ]
  }

  private var isMeasured: Bool {
    recipe.preciseStatistics != nil || recipe.adaptiveStatistics != nil
  }

  /// Where the statistics of batch normalization are from.
  private var statisticsText: String {
    if let count = recipe.preciseStatistics { return "\(count) training images" }
    return recipe.adaptiveStatistics.map {
      "\($0.count) test images" + ($0.flips ? ", each mirrored with probability 1/2" : "")
    } ?? "training batches"
  }

  private var originMembers: [JSONValue.Member] {
    [
      .init("threads", .integer(threads)),
      .init("kernel", .string(kernel)),
      .init("precision", .string(recipe.precision.rawValue)),
      .init("statistics", .string(statisticsText)),
      .init("seed", .number("\(recipe.seed)")),
      .init("data", .string(data)),
      .init("data_sha256", .string(dataDigest)),
      .init("output", .string(output)),
      .init("version", .string(strataVersion)),
    ]
  }
}

extension RunSummary {
  /// The results for a person, in a few lines.
  package var text: String {
    var parts = ["test accuracy \(percentText(test.metrics.accuracy, decimals: 2))"]
    if let validation = last.validation {
      parts.append("validation \(percentText(validation.accuracy, decimals: 2))")
    }
    parts.append("training \(percentText(last.training.accuracy, decimals: 2))")
    let speed = samplesPerSecond.map { ", \(countText(Int(min($0, 1e18)))) samples/s" } ?? ""
    return """
      \(parts.joined(separator: ", ")) on \(data)\
      \(isMeasured ? ", statistics of \(statisticsText)" : "")
      trained in \(durationText(seconds: trainSeconds)) (\(countText(last.step)) steps\(speed)), \
      \(durationText(seconds: totalSeconds)) in all, \(bytesText(peakMemory)) of memory
      curves     \(printableLine(path(output, RunFolder.curvesName)))
      confusion  \(printableLine(path(output, RunFolder.confusionName)))
      model      \(printableLine(path(output, RunFolder.modelName)))

      """
  }
}

extension TrainingWarning {
  fileprivate var summary: JSONValue {
    .object([
      .init("sign", .string(kind.rawValue)),
      .init("step", .integer(step)),
      .init("layer", layer.map { .integer($0) } ?? .null),
      .init("text", .string(description)),
    ])
  }
}
