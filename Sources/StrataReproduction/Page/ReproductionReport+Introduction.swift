import Strata
import StrataLab

extension ReproductionReport {
  /// The answers in plain words, on one screen; their numbers stand in the tables below.
  ///
  /// How the documents' claims fare, what the questions come to, and the choices that matter.
  func introduction() throws -> [String] {
    let note = obstacle.map { "No published number is comparable: \($0), and not from CIFAR-10." }
    let claims = try claims()
    return [note, Self.sentence(on: claims), seedsSentence].compactMap(\.self)
      + answerSentences + [choicesSentence].compactMap(\.self)
  }

  /// How many claims there are, and how they fare.
  static func sentence(on claims: [ClaimResult]) -> String? {
    guard !claims.isEmpty else { return nil }
    let counts = ClaimResult.Verdict.allCases.compactMap { verdict -> String? in
      let count = claims.count { $0.verdict == verdict }
      return count == 0 ? nil : "\(count) \(count == 1 ? "is" : "are") \(verdict.rawValue)"
    }
    return
      "Of \(countText(claims.count)) claims of the documents, \(listText(counts)). Most published "
      + "accuracies come from one run, so each is held against our 95 % prediction interval of one run."
  }

  /// How to read the answers; `nil` where there are none.
  private var seedsSentence: String? {
    guard !experiments.allSatisfy(\.answers.isEmpty) else { return nil }
    return reproduction.seeds == 1
      ? "Networks were trained from one seed, which answers no question."
      : "Networks were trained from \(reproduction.seeds) seeds. An answer is given where a paired t-test, "
        + "after Holm's correction within its experiment, finds p below 0.05."
  }

  /// One sentence a question of each document; the very same networks answer once.
  private var answerSentences: [String] {
    guard reproduction.seeds > 1 else { return [] }
    var seen: Set<[String]> = []
    return reproduction.documents.flatMap { document -> [String] in
      let answers = experiments.filter { $0.document.name == document.name }
        .flatMap { experiment -> [PairedAnswer] in
          if case .choices = experiment.found { return [] }
          let networks = experiment.found.results.map { $0.row.changes.command(data: data) }
          let answers = experiment.answers
          return seen.insert(networks + answers.map(\.question.text)).inserted ? answers : []
        }
      return answers.sentences.map { "\($0) (\(document.name))" }
    }
  }

  /// How many choices matter, and which; `nil` without any.
  private var choicesSentence: String? {
    let answers = experiments.flatMap { experiment -> [PairedAnswer] in
      if case .choices = experiment.found { experiment.answers } else { [] }
    }
    guard !answers.isEmpty, reproduction.seeds > 1 else { return nil }
    let names = answers.filter(\.isSignificant).map(\.question.row)
    let start =
      "Where a document leaves a setting open, \(answers.count) choices were held against "
    return start + "something else; "
      + (names.isEmpty
        ? "none makes a difference that \(reproduction.seeds) seeds can show."
        : "\(names.count == 1 ? "one matters" : "\(names.count) matter"): "
          + names.joined(separator: "; ") + ".")
  }
}
