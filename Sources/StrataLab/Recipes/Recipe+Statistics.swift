import Strata

extension Recipe {
  /// The images on which statistics are to be measured; `nil` where they stay as they are.
  ///
  /// - Parameters:
  ///   - training: The images of the training part.
  ///   - test: The images of the test part.
  /// - Throws: `ConfigurationError` when there are not as many, or the network has no statistics.
  func statisticsSample(
    for architecture: Architecture, training: Int, test: Int
  ) throws -> StatisticsSample? {
    if let count = preciseStatistics {
      let sample = StatisticsSample(.training, count: count)
      try sample.validate(
        for: architecture, available: training, setting: RecipeKey.preciseStatistics.rawValue)
      return sample
    }
    try adaptiveStatistics?.validate(
      for: architecture, available: test, setting: RecipeKey.adaptiveStatistics.rawValue)
    return adaptiveStatistics
  }
}
