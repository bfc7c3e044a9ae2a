import Strata

extension SearchProgress {
  /// How far the search is, for a line of `columns` on a terminal.
  ///
  /// - Parameter seconds: Since this process began.
  package func line(after seconds: Double, columns: Int = Terminal.defaultColumns) -> String {
    // The last column stays free: writing there makes some terminals go to the next line.
    clipped(parts(after: seconds).joined(separator: "  "), columns: max(0, columns - 1))
  }

  /// A line about a trial that this process has ended, for files and pipes.
  package func line(about trial: Trial, after seconds: Double) -> String {
    let values = trial.values.map(\.phrase)
    let accuracy = trial.outcome?.validationAccuracy.map {
      "validation \(percentText($0, decimals: 2))"
    }
    let reason = trial.outcome.flatMap { $0.reason.isEmpty ? nil : $0.reason }
    let start = ["trial \(trial.number)", trial.stage.rawValue] + values
    let result = [reason, accuracy].compactMap(\.self)
    return printableLine((start + result + parts(after: seconds)).joined(separator: "  "))
  }

  private func parts(after seconds: Double) -> [String] {
    let best = best.map { best in
      "best \(percentText(best.score ?? 0, decimals: 2)) (\(best.values.phrase))"
    }
    let parts = [
      "\(countText(ended))/\(countText(total)) trials", running > 0 ? "\(running) running" : nil,
      timeLeft(after: seconds), best,
    ]
    return parts.compactMap(\.self)
  }

  /// At the pace of all processes since this one started.
  private func timeLeft(after seconds: Double) -> String? {
    let made = work.done - work.before
    guard made > 0, work.done < work.all else { return nil }
    return durationText(seconds: seconds * (work.all - work.done) / made) + " left"
  }
}

extension Search {
  /// What is about to happen, for standard error.
  package func lines(jobs: Int) -> [String] {
    let known = known
    let plan = known.plan
    let place = plan.givenFineSpace.map { "over \($0)" } ?? "around the best"
    let fine = plan.fineTrials == 0 ? "" : ", then \(countText(plan.fineTrials)) \(place)"
    let pair = data.pair
    let halving = plan.halving.map { ["halving   \($0)"] } ?? []
    let finals = plan.finals.map { ["finalists the best \(countText($0.finalists)), \($0.text)"] }
    let lines = [
      "data      \(pair.training.name) (\(data.place)): \(countText(pair.training.count)) training "
        + "and validation, \(countText(pair.test.count)) test",
      "search    \(countText(known.coarse.count)) trials (\(plan.method.rawValue)) over "
        + "\(plan.space)\(fine)",
      "study     \(study.path), seed \(plan.base.seed), \(jobs) trial\(jobs == 1 ? "" : "s") at a time",
    ]
    return (lines + halving + (finals ?? [])).map(printableLine)
  }
}
