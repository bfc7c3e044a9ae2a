package import Strata

/// What a run is asked to be: the settings of `train`, before the data is known.
///
/// The values here are the defaults, with those of ``TrainingConfiguration`` the assignment's
/// 3-layer network. `nil` stands for a value that depends on the data or the machine;
/// `TrainingPlan` fills it in.
@dynamicMemberLookup
package struct Recipe: Sendable, Hashable {
  /// A data set's name or path; `nil` for the best that is found.
  package var data: String?
  /// The folder in which data sets are looked for first.
  package var dataDirectory: String?
  /// The images to learn from; `nil` for all that are not held back.
  package var train: Int?
  /// The images that are held back.
  package var validation: Int?
  /// What the trainer is told.
  package var training = TrainingConfiguration()
  /// Training images on which the statistics are measured at the end; `nil` for running ones.
  package var preciseStatistics: Int?
  /// Test images on which they are measured instead.
  package var adaptiveStatistics: StatisticsSample?
  /// The model file to start from; `nil` for drawn weights.
  package var initialWeights: String?
  /// Threads that share the work.
  package var threads: Int?
  /// Seconds between two checkpoints.
  package var checkpointEvery = 30.0
  /// The run folder.
  package var output: String?

  /// The default recipe.
  package init() {}

  /// What the trainer is told, as if it were the recipe's own.
  package subscript<Value>(
    dynamicMember path: WritableKeyPath<TrainingConfiguration, Value>
  ) -> Value {
    get { training[keyPath: path] }
    set { training[keyPath: path] = newValue }
  }
}
