/// The name of a setting: an option of `train` and a key of a recipe.
///
/// The order is that of the help page and of a written recipe.
package enum RecipeKey: String, Sendable, Hashable, CaseIterable {
  case data
  case dataDirectory = "data-dir"
  case train
  case validation
  case hidden
  case batchNormalization = "batch-norm"
  case normalizationEpsilon = "normalization-epsilon"
  case statisticsDecay = "statistics-decay"
  case initialization = "init"
  case optimizer
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

  /// Whether the setting changes anything under a schedule.
  package func isUsed(by schedule: ScheduleName) -> Bool {
    switch self {
    case .eta: schedule == .constant
    case .etaMinimum, .etaMaximum: schedule != .constant
    case .stepSize, .cycles, .cycleDecay: schedule == .cyclical
    default: true
    }
  }

  /// Whether it says where something is, who does the work or how often it is saved, and nothing about
  /// what is learned.
  package var isPlace: Bool {
    switch self {
    case .data, .dataDirectory, .output, .threads, .checkpointEvery: true
    default: false
    }
  }
}
