import Strata

/// The name of a setting: an option of `train` and a key of a recipe.
///
/// The order is that of the help page and of a written recipe.
package enum RecipeKey: String, Sendable, Hashable, CaseIterable {
  case data
  case dataDirectory = "data-dir"
  case train
  case validation
  case hidden
  case activation
  case batchNormalization = "batch-norm"
  case normalizationEpsilon = "normalization-epsilon"
  case statisticsDecay = "statistics-decay"
  case initialization = "init"
  case optimizer
  case momentum
  case adamDecays = "adam-decays"
  case weightDecay = "weight-decay"
  case precision
  case schedule
  case etaMinimum = "eta-min"
  case etaMaximum = "eta-max"
  case eta
  case stepSize = "step-size"
  case cycles
  case cycleDecay = "cycle-decay"
  case epochs
  case batchSize = "batch-size"
  case lambda
  case clipNorm = "clip-norm"
  case dropout
  case augment
  case shuffle
  case initialWeights = "initial-weights"
  case seed
  case threads
  case preciseStatistics = "precise-statistics"
  case adaptiveStatistics = "adaptive-statistics"
  case evaluateEvery = "evaluate-every"
  case checkpointEvery = "checkpoint-every"
  case output

  /// The choices of another setting with which this one changes something; `nil` where it always
  /// does.
  var use: (key: RecipeKey, choices: [String])? {
    guard let use = TrainingSetting.named(rawValue)?.use, let key = RecipeKey(rawValue: use.setting)
    else { return nil }
    return (key, use.choices)
  }

  /// The settings whose choice decides what others change.
  package static let choosing = Set(allCases.compactMap { $0.use?.key })

  /// Whether the setting changes anything beside the others of a recipe.
  package func isUsed(in recipe: Recipe) -> Bool {
    guard let use else { return true }
    return use.choices.contains { $0 == recipe.value(of: use.key)?.option }
  }

  /// Whether it says where something is, who does the work or how often it is saved, and nothing about
  /// what is learned.
  package var isPlace: Bool { Self.places.contains(self) }

  private static let places: Set<RecipeKey> = [
    .data, .dataDirectory, .output, .threads, .checkpointEvery,
  ]
}

extension Setting {
  /// A row a setting.
  static let table = [
    Setting(
      .data, \.data, .text, "NAME|PATH", "The data set: cifar10, fashion-mnist, shapes, or a path.",
      otherwise: "the first one found"),
    Setting(
      .dataDirectory, \.dataDirectory, .text, "DIR",
      "A folder to search for data sets first.",
      otherwise: "$STRATA_DATA, ./data, the user's cache folder"),
    Setting(
      .train, \.train, .whole(from: 1), "N", "Train on the first N images of the training files.",
      otherwise: "all but the validation images"),
    Setting(
      .validation, \.validation, .whole(from: 0), "N",
      "Hold out the last N images of the training files.",
      otherwise: "a tenth of the training files, at most 5000"),
    Setting(
      .hidden, \.training.hidden, .widths, "50,50",
      "Units of each hidden layer; none: softmax regression."),
    Setting(
      .activation, \.training.activation, .choice, names(of: Activation.self),
      "The activation of the hidden units."),
    Setting(
      .batchNormalization, \.training.batchNormalization, .choice,
      names(of: BatchNormalizationPlacement.self),
      "Batch normalization: none, before or after the activation."),
    Setting(
      .normalizationEpsilon, \.training.normalizationEpsilon, .number, "EPSILON",
      "ε in √(v + ε) of batch normalization."),
    Setting(
      .statisticsDecay, \.training.statisticsDecay, .number, "ALPHA",
      "The weight of the old value in the running statistics."),
    Setting(
      .initialization, \.training.initialization, .initialization, "he|xavier|SIGMA",
      "The standard deviation of the initial weights."),
    Setting(
      .optimizer, \.training.optimizer.rule, .choice, names(of: Optimizer.Rule.self),
      "The update rule."),
    Setting(
      .momentum, \.training.optimizer.momentum, .number, "MU",
      "The weight of the old velocity in momentum and nesterov."),
    Setting(
      .adamDecays, \.training.optimizer.adamDecays, .adamDecays, "BETA1,BETA2",
      "The weights of the old mean and the old mean square in adam and adamw."),
    Setting(
      .weightDecay, \.training.optimizer.weightDecay, .number, "W",
      "adamw shrinks weights by the factor 1 - eta W before each step."),
    Setting(
      .precision, \.training.precision, .choice, names(of: Precision.self),
      "The number format of wide layers' products; bf16 needs AVX512-BF16."),
    Setting(
      .schedule, \.training.schedule.shape, .choice, names(of: Schedule.Shape.self),
      "The schedule of the learning rate."),
    Setting(
      .etaMinimum, \.training.schedule.minimum, .number, "ETA",
      "The lowest learning rate of the schedule."),
    Setting(
      .etaMaximum, \.training.schedule.maximum, .number, "ETA",
      "The highest learning rate of the schedule."),
    Setting(
      .eta, \.training.schedule.eta, .number, "ETA",
      "The learning rate of the constant schedule."),
    Setting(
      .stepSize, \.training.schedule.stepSize, .whole, "N_S",
      "Half a cycle in update steps; a cyclical run lasts cycles × 2 × N_S of them.",
      otherwise: "five epochs, or so that the cycles last for --epochs"),
    Setting(.cycles, \.training.schedule.cycles, .whole, "N", "Cycles of a cyclical run."),
    Setting(
      .cycleDecay, \.training.schedule.decay, .number, "FACTOR",
      "The factor on eta-max after each cycle."),
    Setting(
      .epochs, \.training.epochs, .whole, "N", "Passes over the training images.",
      otherwise: "20; for a cyclical run, from step-size and cycles"),
    Setting(.batchSize, \.training.batchSize, .whole, "N", "Rows in a mini-batch."),
    Setting(.lambda, \.training.lambda, .number, "LAMBDA", "λ in cost = loss + λ Σ ‖W‖²."),
    Setting(
      .clipNorm, \.training.clipNorm, .number, "NORM",
      "Scale the gradient down to this norm where it is longer.", otherwise: "no limit"),
    Setting(
      .dropout, \.training.dropout, .number, "P",
      "The probability of dropping a hidden activation in an update step."),
    Setting(
      .augment, \.training.augmentation, .augmentation, "flip,shift:2,...",
      "Changes to each training image, drawn for each epoch: flip, shift:PIXELS, "
        + "rotate:DEGREES, brightness:SHARE, contrast:SHARE; or none."),
    Setting(
      .shuffle, \.training.shuffles, .truth, "true|false",
      "Shuffle the rows each epoch; otherwise keep the files' order."),
    Setting(
      .initialWeights, \.initialWeights, .text, "FILE",
      "Start from the weights of a safetensors file.", otherwise: "random weights"),
    Setting(.seed, \.training.seed, .seed, "N", "The seed of every random number."),
    Setting(
      .threads, \.threads, .whole(from: 1, to: 256), "N",
      "Threads that share the work; the result does not depend on it.",
      otherwise: "the available processors"),
    Setting(
      .preciseStatistics, \.preciseStatistics, .whole(from: 2), "N",
      "Measure the statistics of batch normalization on N training images after training.",
      otherwise: "running statistics"),
    Setting(
      .adaptiveStatistics, \.adaptiveStatistics, .adaptiveStatistics, "N[,flip]",
      "The same on N test images, without their labels; flip: each mirrored with probability 1/2.",
      otherwise: "running statistics"),
    Setting(
      .evaluateEvery, \.training.evaluateEvery, .whole, "N",
      "Update steps between two evaluations.", otherwise: "one epoch"),
    Setting(
      .checkpointEvery, \.checkpointEvery, .notNegative, "SECONDS",
      "Seconds between two checkpoints of the run; 0: as often as possible."),
    Setting(
      .output, \.output, .text, "DIR", "The run folder, which must be new or empty.",
      otherwise: "runs/DATE-TIME-DATA-HIDDEN"),
  ]

  private static let rows = Dictionary(uniqueKeysWithValues: table.map { ($0.key, $0) })

  /// The row of a key; each has one.
  static func row(of key: RecipeKey) -> Setting {
    guard let row = rows[key] else { preconditionFailure("no row for \(key.rawValue)") }
    return row
  }
}

/// The choices of a setting, for the help page.
private func names<Value: CaseIterable & RawRepresentable<String>>(of: Value.Type) -> String {
  Value.allCases.map(\.rawValue).joined(separator: "|")
}

extension RecipeKey {
  /// The setting's row in the table of settings.
  package var setting: Setting { Setting.row(of: self) }
}
