import Strata

extension Recipe {
  /// The images on which statistics are to be measured; `nil` where they stay as they are.
  ///
  /// - Parameters:
  ///   - training: The training part.
  ///   - test: The test part; `nil` where there is none.
  /// - Throws: `ConfigurationError` when they have not as many, or the network has no statistics.
  func statisticsSample(
    for architecture: Architecture, training: Dataset?, test: Dataset?
  ) throws -> StatisticsSample? {
    if let count = preciseStatistics {
      let sample = StatisticsSample(.training, count: count)
      try sample.validate(
        for: architecture, on: training, setting: RecipeKey.preciseStatistics.rawValue)
      return sample
    }
    try adaptiveStatistics?.validate(
      for: architecture, on: test, setting: RecipeKey.adaptiveStatistics.rawValue)
    return adaptiveStatistics
  }
}
