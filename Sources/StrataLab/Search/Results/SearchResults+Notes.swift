import Strata

extension SearchResults {
  /// What a person should know of the results, for standard error, a line each.
  package var notes: [String] {
    ([halvingLine, finalistLine].compactMap(\.self) + edgeLines).map(printableLine)
  }

  /// What stopping trials early has saved; `nil` where none was to be.
  package var halvingLine: String? {
    guard plan.halving != nil else { return nil }
    let halved = trials.filter { $0.twin == nil && $0.stage != .final }
    let outcomes = halved.compactMap(\.outcome)
    let made = outcomes.reduce(0) { $0 + ($1.steps ?? 0) }
    let all = outcomes.reduce(0) { $0 + ($1.fullSteps ?? 0) }
    let stopped = outcomes.count { $0.status == .stopped }
    return "halving   \(countText(stopped)) of \(countText(halved.count)) trials stopped early, "
      + "\(countText(made)) of \(countText(all)) update steps made "
      + "(\(percentText(Double(made) / Double(max(1, all)))))"
  }

  /// What the finalists do not tell; `nil` where nothing is to be said.
  private var finalistLine: String? {
    guard !finalists.isEmpty else { return nil }
    guard let winner else {
      return "note: no finalist finished every seed; the best is from the earlier stages"
    }
    guard finalists.count > 1 else { return nil }
    if winner.trials.count == 1 {
      return "note: one seed cannot rank finalists; raise --final-seeds"
    }
    let tied = finalists.count { $0.isTied == true }
    guard tied > 0 else { return nil }
    return "note: \(countText(tied)) finalist\(tied == 1 ? "" : "s") cannot be told from the best "
      + "at the 5 % level"
  }

  /// Where the result lies at an end of what was searched, with what to type to search beyond.
  package var edgeLines: [String] {
    plan.space.dimensions.flatMap { dimension -> [String] in
      guard let coarse = dimension.range,
        let text = chosen.text(of: dimension.key), let value = decimal(text)
      else { return [] }
      let fine = fine?.space.dimensions.first { $0.key == dimension.key }?.range
      let searched = fine.flatMap { $0.bounds.contains(value) ? $0 : nil }
      let trials = searched == nil ? plan.trials : plan.fineTrials
      let range = searched ?? coarse
      let points = points(atMost: trials, in: searched == nil ? plan.space : self.fine?.space)
      return range.ends(near: value, points: points).compactMap {
        edgeLine(dimension.key, text, at: $0, of: range, searched == nil ? .coarse : .fine)
      }
    }
  }

  /// What to type where a value lies at an end of a range; `nil` where the setting takes no more.
  private func edgeLine(
    _ key: RecipeKey, _ text: String, at end: RangeEnd, of range: SearchRange, _ stage: SearchStage
  ) -> String? {
    guard let further = range.number(beyond: end, of: key) else { return nil }
    let wide = range.with(
      lower: end == .lower ? further : nil, upper: end == .upper ? further : nil)
    let next = SearchDimension(key, .range(wide))
    return "note: the best \(key.rawValue), \(text), lies at the \(end.rawValue) end of the "
      + "\(stage.rawValue) range, \(range); search further with --over \(next)"
  }

  /// The points of a range among which a spacing lies.
  private func points(atMost trials: Int, in space: SearchSpace?) -> Int {
    guard plan.method == .grid, let space else { return trials }
    return (try? space.pointsPerRange(atMost: trials)) ?? trials
  }
}
