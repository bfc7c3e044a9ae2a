import Strata
import StrataLab

/// What a measurement came to.
enum Measured: Sendable {
  /// The numbers, one a seed or one in all.
  case numbers([Double])
  /// There are none, for a reason, a clause.
  case none(String)
}

extension ReproductionReport {
  /// Measures; `nil` where what it is about was not made.
  ///
  /// - Parameter document: The name of the document whose searches are meant.
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func measure(_ measurement: Measurement, in document: String) throws -> Measured? {
    switch measurement {
    case .number(let statistic, let row):
      return try numbers(statistic, of: [row]) { $0[0] }
    case .difference(let statistic, let row, let baseline):
      return try numbers(statistic, of: [row, baseline]) { zip($0[0], $0[1]).map(-) }
    case .gradient(let gradient, let statistic):
      return checks(of: gradient).map { Self.measured($0.map(statistic.value)) }
    case .gradientRatio(let gradient, let statistic, let other):
      guard let checks = checks(of: gradient), let others = self.checks(of: other) else {
        return nil
      }
      return Self.measured(
        zip(checks.map(statistic.value), others.map(statistic.value)).map { number, divisor in
          number.flatMap { number in divisor.flatMap { $0 > 0 ? number / $0 : nil } }
        })
    case .search(let part, let statistic):
      return search(part, of: document).map { Self.measured([statistic.value($0)]) }
    case .arithmetic(let value, _): return .numbers([value])
    case .scores(let layer, let row):
      return Self.measured(
        try (1...UInt64(reproduction.seeds)).map {
          try reproduction.scoreDeviation(layer: layer, of: row, seed: $0)
        })
    }
  }

  /// The numbers of networks, seed by seed, put together; a run that diverged has none.
  private func numbers(
    _ statistic: RunStatistic, of rows: [ReproducedRow], _ combined: ([[Double]]) -> [Double]
  ) throws -> Measured? {
    let found = rows.compactMap { results(of: $0) }
    guard found.count == rows.count else { return nil }
    if let text = found.compactMap(\.divergenceText).first { return Measured.none(text) }
    let numbers = combined(try found.map { try $0.finished.map(statistic.value) })
    return numbers.allSatisfy(\.isFinite)
      ? .numbers(numbers) : Measured.none("a run of ours has no such number")
  }

  /// Numbers of which none may be missing.
  private static func measured(_ numbers: [Double?]) -> Measured {
    numbers.allSatisfy { $0?.isFinite == true }
      ? .numbers(numbers.compactMap(\.self))
      : .none("there is no such number, as of a relative error where the gradient is 0")
  }

  /// The results of a network, in whatever experiment it was trained; `nil` where it was not.
  func results(of row: ReproducedRow) -> ReproducedResults? {
    experiments.lazy.flatMap(\.found.results).first { $0.row.changes == row.changes }
  }

  /// The checks of a gradient, seed by seed; `nil` where they were not made.
  private func checks(of gradient: ReproducedGradient) -> [ReproducedCheck]? {
    for experiment in experiments {
      guard case .gradients(let found) = experiment.found else { continue }
      let checks = found.filter { $0.gradient.isSame(as: gradient) }
      if !checks.isEmpty { return checks }
    }
    return nil
  }

  private func search(_ part: String, of document: String) -> SearchResults? {
    for experiment in experiments
    where experiment.document.name == document && experiment.part.name == part {
      if case .search(let results, _) = experiment.found { return results }
    }
    return nil
  }
}
