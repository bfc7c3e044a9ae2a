/// The running statistics of batch normalization in `Double`.
package struct ReferenceStatistics: Sendable, Equatable {
  /// μ_av of each normalized layer.
  package var means: [[Double]]
  /// v_av of each normalized layer; the population variance.
  package var variances: [[Double]]
  /// The number of batches seen.
  package var batches: Int

  /// Converts production statistics, number by number.
  package init(_ statistics: RunningStatistics) {
    func convert(_ vector: FloatVector) -> [[Double]] {
      statistics.layers.map { vector.values(in: $0).map(Double.init) }
    }
    means = convert(statistics.means)
    variances = convert(statistics.variances)
    batches = statistics.batches
  }

  /// The production statistics of the same numbers, each rounded to `Float`.
  package func rounded(for architecture: Architecture) -> RunningStatistics {
    var result = RunningStatistics(architecture)
    for (index, slice) in result.layers.enumerated() {
      result.means.setValues(means[index].map(Float.init), in: slice)
      result.variances.setValues(variances[index].map(Float.init), in: slice)
    }
    result.batches = batches
    return result
  }

  /// μ_av ← α μ_av + (1 − α) μ and v_av ← α v_av + (1 − α) v; the first batch's values start both.
  package mutating func update(with pass: ReferencePass, decay α: Double) {
    for (index, batch) in pass.layers.compactMap(\.normalization).enumerated() {
      if batches == 0 {
        means[index] = batch.mean
        variances[index] = batch.variance
      } else {
        means[index] = zip(means[index], batch.mean).map { α * $0 + (1 - α) * $1 }
        variances[index] = zip(variances[index], batch.variance).map { α * $0 + (1 - α) * $1 }
      }
    }
    batches += 1
  }
}
