import Strata

/// The space of the fine stage and how it came about.
package struct FineStage: Sendable, Hashable {
  /// The settings that vary, over less than before or beyond an end.
  package let space: SearchSpace
  /// The reason, a sentence.
  package let reason: String

  /// So many of the best coarse trials span the fine ranges.
  package static let spanningTrials = 3

  /// The part of the plan's space around the best coarse trials.
  ///
  /// A range reaches from the least to the greatest value of the best trials and half a spacing of
  /// the coarse trials beyond, on its own scale, and not beyond the coarse range; but where the best
  /// trial lies within half a spacing of an end, it reaches half of the coarse span beyond that end,
  /// or less where the setting takes less. The spacing is that of the grid's points, or of as many
  /// evenly spread points as there were random trials. Of choices, those of the best trials stay.
  /// Only finished trials count, equal ones once; `nil` when there is none.
  package init?(of plan: SearchPlan, after trials: [Trial]) throws {
    if let space = plan.givenFineSpace {
      self.init(space: space, reason: "fine stage over \(space), as given")
      return
    }
    let best = trials.ranked.filter { $0.score != nil && $0.twin == nil }
      .prefix(Self.spanningTrials)
    guard !best.isEmpty else { return nil }
    let points =
      plan.method == .grid
      ? try plan.space.pointsPerRange(atMost: plan.trials) : trials.count
    let parts = plan.space.dimensions.map {
      FinePart(of: $0, around: Array(best), points: points, rules: plan.rules)
    }
    let space = try SearchSpace(parts.map(\.dimension))
    let names = best.map(\.scoreText).joined(separator: ", ")
    self.init(
      space: space,
      reason: "fine stage over \(space): what the best \(best.count) coarse trials span, numbers "
        + "\(names), and half a spacing beyond" + parts.map(\.reason).joined())
  }

  private init(space: SearchSpace, reason: String) {
    self.space = space
    self.reason = reason
  }
}

/// What the best trials leave of a dimension.
private struct FinePart {
  let dimension: SearchDimension
  /// Why a range reaches beyond the coarse one; empty where it does not.
  private(set) var reason = ""

  init(of dimension: SearchDimension, around best: [Trial], points: Int, rules: SearchRules) {
    let key = dimension.key
    let texts = best.compactMap { $0.text(of: key) }
    switch dimension.values {
    case .choices(let choices):
      self.dimension = SearchDimension(key, .choices(choices.filter(texts.contains)))
    case .range(let range):
      let numbers = texts.compactMap { decimal($0) }
      let part = range.part(around: numbers, margin: range.spacing(between: points) / 2)
      var beyond: [RangeEnd: Double] = [:]
      for end in rules == .first ? [] : range.ends(near: numbers[0], points: points) {
        beyond[end] = range.number(beyond: end, of: key)
      }
      self.dimension = SearchDimension(
        key, .range(part.with(lower: beyond[.lower], upper: beyond[.upper])))
      for end in RangeEnd.allCases where beyond[end] != nil {
        reason +=
          "; \(key.rawValue) goes beyond the coarse range, since the best value, \(texts[0]), lies "
          + "at its \(end.rawValue) end"
      }
    }
  }
}
