import Strata

extension ReproductionReport {
  /// The answers in plain words: how the published numbers fare, the questions of the assignment where
  /// it is among the documents, else all, and the choices that matter.
  func introduction() throws -> [String] {
    let note = obstacle.map { "No published number is comparable: \($0), and not from CIFAR-10." }
    let answers = asked.flatMap(\.answers)
    return [note, try publishedSentence()].compactMap(\.self)
      + (answers.isEmpty || reproduction.seeds == 1 ? [] : [Self.howToRead(reproduction.seeds)])
      + answers.map(\.sentence)
      + [choicesSentence].compactMap(\.self)
  }

  private static func howToRead(_ seeds: Int) -> String {
    "Differences of test accuracy, paired over \(seeds) seeds; p-values are those of the paired t-test "
      + "after Holm's correction over the questions of an experiment, and below 0.05 they answer the "
      + "question:"
  }

  /// The experiments whose questions are answered.
  private var asked: [Experiment] {
    let assignment = ReproductionDocument.assignment.name
    let isThere = experiments.contains { $0.document.name == assignment }
    return experiments.filter { experiment in
      guard case .runs = experiment.found else { return false }
      return !isThere || experiment.document.name == assignment
    }
  }

  /// How many published numbers are inside and outside, and which are outside; `nil` without any.
  private func publishedSentence() throws -> String? {
    let comparisons = try experiments.flatMap { experiment in
      try experiment.found.results.flatMap { results in
        try results.row.published.map { number in
          let comparison = try results.comparison(with: number, obstacle: obstacle)
          let name = "\(results.row.label) (\(experiment.document.name), \(number.text) %)"
          return (name: name, verdict: comparison?.verdict.name ?? "not comparable")
        }
      }
    }
    guard !comparisons.isEmpty else { return nil }
    func count(_ verdict: String) -> Int { comparisons.count { $0.verdict == verdict } }
    let outside = comparisons.filter { $0.verdict == "outside" }.map(\.name)
    let seeds = reproduction.seeds == 1 ? "one seed" : "\(reproduction.seeds) seeds"
    return "Published numbers beside ours, from \(seeds). A published number is mostly that of one "
      + "run, so it is held against the 95 % prediction interval of one run of ours: "
      + "\(count("inside")) of \(comparisons.count) are inside, \(outside.count) outside"
      + (outside.isEmpty ? "" : " – " + outside.joined(separator: "; ") + " –")
      + " and \(count("not comparable")) cannot be compared."
  }

  /// How many choices matter, and which; `nil` without any.
  private var choicesSentence: String? {
    let answers = experiments.flatMap { experiment -> [PairedAnswer] in
      if case .choices = experiment.found { experiment.answers } else { [] }
    }
    guard !answers.isEmpty, reproduction.seeds > 1 else { return nil }
    let names = answers.filter(\.isSignificant).map { answer in
      let points = (try? answer.difference.get()).map { pointsText($0.summary.mean) } ?? ""
      return "\(answer.question.text.dropLast()) (\(points) points)"
    }
    let start =
      "Where a document leaves a setting open, \(answers.count) choices were held against "
    return start + "something else; "
      + (names.isEmpty
        ? "none makes a difference that \(reproduction.seeds) seeds can show."
        : "\(names.count == 1 ? "one matters" : "\(names.count) matter"): "
          + names.joined(separator: "; ") + ".")
  }
}
