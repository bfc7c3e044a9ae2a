package import Strata

/// How η moves over a run.
package enum ScheduleName: String, Sendable, Hashable, CaseIterable {
  /// Triangles between `eta-min` and `eta-max`.
  case cyclical
  /// `eta` at every step.
  case constant
  /// Half a cosine from `eta-max` down to `eta-min`.
  case cosine
  /// One triangle over the whole run, then a tail.
  case oneCycle = "one-cycle"
}

/// What a run is asked to be: the settings of `train`, before the data is known.
///
/// The values here are the defaults, the assignment's 3-layer network. `nil` stands for a value
/// that depends on the data or the machine; `TrainingPlan` fills it in.
package struct Recipe: Sendable, Hashable {
  /// A data set's name or path; `nil` for the best that is found.
  package var data: String?
  /// The folder in which data sets are looked for first.
  package var dataDirectory: String?
  /// The images to learn from; `nil` for all that are not held back.
  package var train: Int?
  /// The images that are held back.
  package var validation: Int?
  /// Units of each hidden layer.
  package var hidden = [50, 50]
  /// Where the hidden layers are normalized.
  package var batchNormalization = BatchNormalizationPlacement.before
  /// ε of batch normalization.
  package var normalizationEpsilon = 1e-5
  /// α of the running statistics.
  package var statisticsDecay = 0.9
  /// How the weights are drawn.
  package var initialization = Initialization.he
  /// The update rule.
  package var optimizer = Optimizer.sgd
  /// The numbers that products multiply.
  package var precision = Precision.float32
  /// How η moves.
  package var schedule = ScheduleName.cyclical
  /// η at the bottom of a triangle or cosine.
  package var etaMinimum = 1e-5
  /// η at the top of a triangle or cosine.
  package var etaMaximum = 1e-1
  /// η of the constant schedule.
  package var eta = 1e-2
  /// n_s, half a cycle in update steps.
  package var stepSize: Int?
  /// Cycles of a run.
  package var cycles = 2
  /// The factor on `etaMaximum` after each cycle.
  package var cycleDecay = 1.0
  /// Passes over the training part.
  package var epochs: Int?
  /// n, the rows of a mini-batch.
  package var batchSize = 100
  /// λ of λ Σ ‖W‖².
  package var lambda = 0.005
  /// The probability that a hidden activation is left out of an update step.
  package var dropout = 0.0
  /// How images are changed before they are learned from.
  package var augmentation = Augmentation.none
  /// Training images on which the statistics are measured at the end; `nil` for running ones.
  package var preciseStatistics: Int?
  /// Test images on which they are measured instead.
  package var adaptiveStatistics: StatisticsSample?
  /// Whether the rows are put in a new order each epoch.
  package var shuffles = true
  /// The model file to start from; `nil` for drawn weights.
  package var initialWeights: String?
  /// Where every random number of the run comes from.
  package var seed: UInt64 = 1
  /// Threads that share the work.
  package var threads: Int?
  /// Update steps between two evaluations.
  package var evaluateEvery: Int?
  /// Seconds between two checkpoints.
  package var checkpointEvery = 30.0
  /// The run folder.
  package var output: String?

  /// The default recipe.
  package init() {}
}
