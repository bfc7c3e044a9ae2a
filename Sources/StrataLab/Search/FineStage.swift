import Strata

/// The space of the fine stage and how it came about.
package struct FineStage: Sendable, Hashable {
  /// The settings that vary, over less than before.
  package let space: SearchSpace
  /// The reason, a sentence.
  package let reason: String

  /// So many of the best coarse trials span the fine ranges.
  package static let spanningTrials = 3

  /// The part of the plan's space around the best coarse trials.
  ///
  /// A range reaches from the least to the greatest value of the best trials and half a spacing of
  /// the coarse trials beyond, on its own scale, and not beyond the coarse range. The spacing is
  /// that of the grid's points, or of as many evenly spread points as there were random trials. Of
  /// choices, those of the best trials stay. Only finished trials count; `nil` when there is none.
  package init?(of plan: SearchPlan, after trials: [Trial]) throws {
    if let space = plan.givenFineSpace {
      self.init(space: space, reason: "fine stage over \(space), as given")
      return
    }
    let best = trials.ranked.filter { $0.score != nil }.prefix(Self.spanningTrials)
    guard !best.isEmpty else { return nil }
    let points =
      plan.method == .grid
      ? try plan.space.pointsPerRange(atMost: plan.trials) : trials.count
    let space = try SearchSpace(
      plan.space.dimensions.map { $0.part(around: Array(best), points: points) })
    let names = best.map { trial in
      "\(trial.number) (\(percentText(trial.score ?? 0, decimals: 2)))"
    }
    self.init(
      space: space,
      reason: "fine stage over \(space): what the best \(best.count) coarse trials span, numbers "
        + "\(names.joined(separator: ", ")), and half a spacing beyond")
  }

  private init(space: SearchSpace, reason: String) {
    self.space = space
    self.reason = reason
  }
}

extension SearchDimension {
  /// What the best trials leave of the dimension.
  fileprivate func part(around best: [Trial], points: Int) -> SearchDimension {
    let texts = best.compactMap { $0.text(of: key) }
    switch values {
    case .choices(let choices):
      return SearchDimension(key, .choices(choices.filter(texts.contains)))
    case .range(let range):
      let numbers = texts.compactMap { decimal($0) }
      let margin = range.spacing(between: points) / 2
      return SearchDimension(key, .range(range.part(around: numbers, margin: margin)))
    }
  }
}
