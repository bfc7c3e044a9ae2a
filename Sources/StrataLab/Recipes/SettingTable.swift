import Strata

extension RecipeKey {
  /// The setting's row in the table of settings.
  package var setting: Setting {
    switch self {
    case .data, .dataDirectory, .train, .validation: dataSetting
    case .hidden, .batchNormalization, .normalizationEpsilon, .statisticsDecay, .initialization,
      .initialWeights:
      networkSetting
    case .lambda, .dropout, .augment, .preciseStatistics, .adaptiveStatistics: variantSetting
    case .schedule, .etaMinimum, .etaMaximum, .eta, .stepSize, .cycles, .cycleDecay, .epochs:
      scheduleSetting
    default: runSetting
    }
  }

  private var dataSetting: Setting {
    switch self {
    case .dataDirectory:
      Setting(
        \.dataDirectory, .text, "DIR", "The folder in which data sets are looked for first.",
        otherwise: "$STRATA_DATA, ./data, the user's cache folder")
    case .train:
      Setting(
        \.train, .whole(from: 1), "N", "Train on the first N images of the training files.",
        otherwise: "all that are not held back")
    case .validation:
      Setting(
        \.validation, .whole(from: 0), "N", "Hold back the last N images of the training files.",
        otherwise: "a tenth of the training files, at most 5000")
    default:
      Setting(
        \.data, .text, "NAME|PATH", "The data set: cifar10, fashion-mnist, shapes, or a path.",
        otherwise: "the first of them that is found")
    }
  }

  private var networkSetting: Setting {
    switch self {
    case .hidden:
      Setting(\.hidden, .widths, "50,50", "Units of each hidden layer; none: softmax regression.")
    case .batchNormalization:
      Setting(
        \.batchNormalization, .choice, "none|before|after",
        "Batch normalization: none, before or after the ReLU.")
    case .normalizationEpsilon:
      Setting(
        \.normalizationEpsilon, .positive, "EPSILON", "ε in √(v + ε) of batch normalization.")
    case .statisticsDecay:
      Setting(
        \.statisticsDecay,
        .number("a number from 0 up to, but not including, 1") { 0 <= $0 && $0 < 1 },
        "ALPHA", "The weight of the old value in the running statistics.")
    case .initialWeights:
      Setting(
        \.initialWeights, .text, "FILE", "Start from the weights of a safetensors file.",
        otherwise: "drawn weights")
    default:
      Setting(
        \.initialization, .initialization, "he|xavier|SIGMA",
        "The standard deviation of the first weights.")
    }
  }

  private var scheduleSetting: Setting {
    switch self {
    case .etaMinimum:
      Setting(\.etaMinimum, .notNegative, "ETA", "The lowest learning rate of the schedule.")
    case .etaMaximum:
      Setting(\.etaMaximum, .notNegative, "ETA", "The highest learning rate of the schedule.")
    case .eta:
      Setting(\.eta, .notNegative, "ETA", "The learning rate of the constant schedule.")
    case .stepSize:
      Setting(
        \.stepSize, .whole(from: 1), "N_S",
        "Half a cycle in update steps; a cyclical run lasts cycles × 2 × N_S of them.",
        otherwise: "five epochs, or what makes the cycles last for --epochs")
    case .cycles:
      Setting(\.cycles, .whole(from: 1), "N", "Cycles of a cyclical run.")
    case .cycleDecay:
      Setting(
        \.cycleDecay, .number("a number above 0, at most 1") { 0 < $0 && $0 <= 1 }, "FACTOR",
        "The factor on eta-max after each cycle.")
    case .epochs:
      Setting(
        \.epochs, .whole(from: 1), "N", "Passes over the training images.",
        otherwise: "20; of a cyclical run, what step-size and cycles make")
    default:
      Setting(
        \.schedule, .choice, "cyclical|constant|cosine|one-cycle", "How the learning rate moves.")
    }
  }

  private var variantSetting: Setting {
    switch self {
    case .dropout:
      Setting(
        \.dropout,
        .number("a probability from 0 up to, but not including, 1") { 0 <= $0 && $0 < 1 }, "P",
        "The probability that a hidden activation is left out of an update step.")
    case .augment:
      Setting(
        \.augmentation, .augmentation, "flip,shift:2,...",
        "Changes to each training image, drawn anew each epoch: flip, shift:PIXELS, "
          + "rotate:DEGREES, brightness:SHARE, contrast:SHARE; or none.")
    case .preciseStatistics:
      Setting(
        \.preciseStatistics, .whole(from: 2), "N",
        "Measure the statistics of batch normalization on N training images after training.",
        otherwise: "those of the training batches")
    case .adaptiveStatistics:
      Setting(
        \.adaptiveStatistics, .adaptiveStatistics, "N[,flip]",
        "The same on N test images, without their labels; flip: each mirrored with probability 1/2.",
        otherwise: "those of the training batches")
    default: Setting(\.lambda, .notNegative, "LAMBDA", "λ in cost = loss + λ Σ ‖W‖².")
    }
  }

  private var runSetting: Setting {
    switch self {
    case .precision:
      Setting(
        \.precision, .choice, "float32|bf16",
        "The numbers that wide layers multiply; bf16 needs AVX512-BF16.")
    case .batchSize:
      Setting(\.batchSize, .whole(from: 1), "N", "Images of a mini-batch.")
    case .shuffle:
      Setting(
        \.shuffles, .truth, "true|false", "A new order each epoch; without, the files' order.")
    case .seed:
      Setting(\.seed, .seed, "N", "The seed of every random number.")
    case .threads:
      Setting(
        \.threads, .whole(from: 1, to: 256), "N",
        "Threads that share the work; the result does not depend on it.",
        otherwise: "the processors that may be used")
    case .evaluateEvery:
      Setting(
        \.evaluateEvery, .whole(from: 1), "N", "Update steps between two evaluations.",
        otherwise: "one epoch")
    case .checkpointEvery:
      Setting(
        \.checkpointEvery, .notNegative, "SECONDS",
        "Seconds between two checkpoints of the run; 0: as often as they can be written.")
    case .output:
      Setting(
        \.output, .text, "DIR", "The run folder, which must be new or empty.",
        otherwise: "runs/DATE-TIME-DATA-HIDDEN")
    default:
      Setting(
        \.optimizer.rule, .choice, "sgd|momentum|nesterov|adam|adamw", "The update rule.")
    }
  }
}
