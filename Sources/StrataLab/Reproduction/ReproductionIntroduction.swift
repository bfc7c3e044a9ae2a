import Strata

extension ReproductionReport {
  /// The answers in plain words: how the published numbers fare, every question that is asked, and the
  /// choices that matter.
  func introduction() throws -> [String] {
    let note = obstacle.map { "No published number is comparable: \($0), and not from CIFAR-10." }
    let asked = self.asked
    return [note, try publishedSentence()].compactMap(\.self)
      + (asked.isEmpty || reproduction.seeds == 1 ? [] : [Self.howToRead(reproduction.seeds)])
      + asked.flatMap(Self.paragraphs)
      + [choicesSentence].compactMap(\.self)
  }

  private static func howToRead(_ seeds: Int) -> String {
    "Differences of test accuracy, paired over \(seeds) seeds. \(intervalNote) p-values are those of the "
      + "paired t-test after Holm's correction over the questions of an experiment, and below 0.05 they "
      + "answer the question:"
  }

  /// What the interval of a difference is not.
  static let intervalNote =
    "Each interval is that of its difference by itself, without a correction for the others."

  /// The experiments whose questions are answered: those that several documents made in their own ways
  /// side by side, and the very same networks once.
  private var asked: [Experiment] {
    var seen: Set<[RecipeChanges]> = []
    let asking = experiments.filter { experiment in
      if case .choices = experiment.found { return false }
      return !experiment.answers.isEmpty
        && seen.insert(experiment.found.results.map(\.row.changes)).inserted
    }
    let places = Dictionary(
      asking.enumerated().map { ($1.part.name, $0) }, uniquingKeysWith: { first, _ in first })
    // The sort keeps the order of equal ones.
    return asking.sorted { places[$0.part.name, default: 0] < places[$1.part.name, default: 0] }
  }

  /// What was trained, and the answers.
  private static func paragraphs(of experiment: Experiment) -> [String] {
    let part = experiment.part
    return ["\(part.title) (\(experiment.document.name)): \(part.text)"]
      + experiment.answers.map(\.sentence)
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
      + Self.chanceSentence(verdicts: count("inside") + outside.count)
  }

  /// How many would be outside though nothing but the seed differed; empty without verdicts.
  static func chanceSentence(verdicts: Int) -> String {
    guard verdicts > 0 else { return "" }
    let expected = fixedText(0.05 * Double(verdicts), decimals: 1)
    return
      " Of \(verdicts) verdicts 5 %, that is \(expected), would be “outside” by chance, if nothing but "
      + "the seed differed."
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
