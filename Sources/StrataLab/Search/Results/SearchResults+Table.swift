import Strata

extension SearchResults {
  /// A table of the finalists, where there are any, and one of all trials, the best first.
  package var table: String {
    finalists.isEmpty ? trialTable : finalistTable + "\n" + trialTable
  }

  /// The settings that tell trials apart: what is varied, and the seed of final runs.
  var shownKeys: [RecipeKey] {
    plan.space.dimensions.map(\.key) + (finalists.isEmpty ? [] : [.seed])
  }

  /// The value that a trial has of a setting, its own or that of the base recipe.
  func text(of key: RecipeKey, in trial: Trial) -> String? {
    trial.text(of: key) ?? (key == .seed ? "\(plan.base.seed)" : nil)
  }

  private var trialTable: String {
    let keys = shownKeys
    let isStatusShown = trials.contains { $0.score == nil || $0.twin != nil }
    let columns = keys.map { key in
      uniformNumbers(trials.map { text(of: key, in: $0) ?? "-" })
    }
    var table = TextTable(
      [.init("rank", .right), .init("trial", .right), .init("stage")]
        + keys.map { .init($0.rawValue, .right) }
        + [.init("validation", .right), .init("test", .right), .init("seconds", .right)]
        + (isStatusShown ? [.init("status")] : []))
    for (index, trial) in trials.enumerated() {
      table.add(cells(of: trial, rank: index + 1, values: columns.map { $0[index] }))
    }
    return table.text
  }

  private func cells(of trial: Trial, rank: Int, values: [String]) -> [String] {
    let outcome = trial.outcome
    let accuracies = [outcome?.validationAccuracy, outcome?.testAccuracy].map {
      $0.map { percentText($0, decimals: 2) } ?? "-"
    }
    return [trial.score == nil ? "-" : "\(rank)", "\(trial.number)", trial.stage.rawValue]
      + values + accuracies
      + [fixedText(outcome?.seconds ?? 0, decimals: 1), trial.statusText]
  }

  private var finalistTable: String {
    let keys = plan.space.dimensions.map(\.key)
    let columns = keys.map { key in
      uniformNumbers(finalists.map { $0.trials[0].text(of: key) ?? "-" })
    }
    var table = TextTable(
      [.init("rank", .right)] + keys.map { .init($0.rawValue, .right) }
        + [
          .init("validation", .right), .init("95 % interval", .right), .init("test", .right),
          .init("seeds", .right), .init("against the best"),
        ])
    for (index, finalist) in finalists.enumerated() {
      let isRanked = finalist.validation != nil
      let interval = finalist.validation?.confidenceInterval().map(intervalText)
      table.add(
        [isRanked ? "\(index + 1)" : "-"] + columns.map { $0[index] } + [
          finalist.validation.map { percentText($0.mean, decimals: 2) } ?? "-", interval ?? "-",
          finalist.test.map { percentText($0.mean, decimals: 2) } ?? "-",
          "\(finalist.trials.count)", finalist.standing(isBest: isRanked && index == 0),
        ])
    }
    return table.text
  }
}

extension Finalist {
  /// How it stands against the best, a word, or why it was not finished.
  fileprivate func standing(isBest: Bool) -> String {
    if isBest { return "-" }
    return switch isTied {
    case true?: "tied"
    case false?: "worse"
    case nil: reason.isEmpty ? "not known" : reason
    }
  }
}

extension Trial {
  /// How it ended, for a person.
  fileprivate var statusText: String {
    if let twin { return "as trial \(twin)" }
    guard let outcome else { return "" }
    let step = outcome.steps.map { " at step \($0)" } ?? ""
    return outcome.status.rawValue + (outcome.status == .stopped ? step : "")
  }
}
