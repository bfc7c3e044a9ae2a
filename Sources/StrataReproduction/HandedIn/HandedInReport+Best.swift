import Strata
import StrataLab

// The network with the best test accuracy.
extension HandedInReport {
  /// A network that may be the best.
  struct Candidate: Sendable {
    /// What it is, a phrase.
    let name: String
    /// Its validation accuracies, which it is chosen by.
    let validation: SampleSummary
    /// Its test accuracies.
    let test: SampleSummary
  }

  /// Every network of the assignment's experiments all of whose runs were trained to their end.
  ///
  /// Alternatives to what the sheet leaves open are named by a value alone, so they are left out.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func candidates() throws -> [Candidate] {
    try source.experiments.filter { $0.document.name == Self.document }.flatMap {
      experiment -> [Candidate] in
      if case .choices = experiment.found { return [] }
      let title = experiment.part.title
      var candidates = try experiment.found.results.filter(\.diverged.isEmpty).compactMap {
        try Self.candidate($0, "“\($0.row.label)” of “\(title)”")
      }
      if case .search(let results, _) = experiment.found {
        candidates += results.finalists.compactMap { finalist in
          guard let validation = finalist.validation, let test = finalist.test else { return nil }
          let name = "a finalist of “\(title)” (\(results.text(of: finalist)))"
          return Candidate(name: name, validation: validation, test: test)
        }
      }
      return candidates
    }
  }

  /// A network as a candidate; `nil` where every run diverged.
  private static func candidate(_ results: ReproducedResults, _ name: String) throws -> Candidate? {
    guard let validation = try results.summary(.validation), let test = try results.summary(.test)
    else { return nil }
    return Candidate(name: name, validation: validation, test: test)
  }

  /// The test accuracy of the best network: chosen by validation accuracy, so that the choice does
  /// not flatter it.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func bestSentence() throws -> String? { Self.bestSentence(try candidates()) }

  /// The sentence on the best of some networks; `nil` for none.
  static func bestSentence(_ candidates: [Candidate]) -> String? {
    guard let chosen = candidates.max(by: { $0.validation.mean < $1.validation.mean }),
      let highest = candidates.max(by: { $0.test.mean < $1.test.mean })
    else { return nil }
    let start =
      "The best network by validation accuracy, \(chosen.name), reaches a test accuracy of "
      + chosen.test.accuracySentence
    guard highest.test.mean > chosen.test.mean else {
      return start + ", and no other has a higher mean."
    }
    return start
      + "; the highest mean, \(highest.test.accuracyAside), is that of \(highest.name)."
  }
}
