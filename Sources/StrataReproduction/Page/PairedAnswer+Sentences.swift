import Strata
import StrataLab

// What the questions of experiments come to, in plain words: numbers stand in the tables.
extension [PairedAnswer] {
  /// One sentence a stem: for which pairs the answer is yes, no, or cannot be told.
  var sentences: [String] {
    var stems: [String] = []
    for answer in self where !stems.contains(answer.question.stem) {
      stems.append(answer.question.stem)
    }
    return stems.map { stem in
      filter { $0.question.stem == stem }.sentence(stem: stem)
    }
  }

  private func sentence(stem: String) -> String {
    let isList = stem.hasSuffix(":")
    func part(_ outcome: PairedAnswer.Outcome) -> String? {
      let subjects = filter { $0.outcome == outcome }.map(\.question.subject)
      guard !subjects.isEmpty else { return nil }
      guard subjects.count <= Self.mostSubjects else {
        return "\(outcome.words) in \(subjects.count) of \(count) cases"
      }
      let list =
        subjects.contains { $0.contains(",") }
        ? subjects.joined(separator: "; ") : listText(subjects)
      return "\(outcome.words)\(isList ? ":" : outcome == .no ? "," : "") \(list)"
    }
    let parts = PairedAnswer.Outcome.allCases.compactMap(part)
    let question = isList ? String(stem.dropLast()) : stem
    return "\(question)? \(parts.map(capitalized).joined(separator: ". "))."
  }

  /// More than so many subjects are counted.
  private static var mostSubjects: Int { 5 }
}

extension PairedAnswer {
  /// What an answer comes to.
  enum Outcome: CaseIterable {
    case yes, no, open, same, none

    /// What stands before the subjects.
    var words: String {
      switch self {
      case .yes: "yes"
      case .no: "no, it is worse"
      case .open: "it cannot be told"
      case .same: "it makes no difference at all"
      case .none: "there is no answer"
      }
    }
  }

  /// The answer, without its numbers.
  var outcome: Outcome {
    guard let difference = try? difference.get() else { return .none }
    guard difference.test != nil else { return .open }
    guard adjusted != nil else { return difference.summary.mean == 0 ? .same : .open }
    return !isSignificant ? .open : difference.summary.mean > 0 ? .yes : .no
  }
}

/// `a`, `a and b`, `a, b and c`.
func listText(_ texts: [String]) -> String {
  guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
  return texts.dropLast().joined(separator: ", ") + " and " + last
}

/// The text with a capital at its start; Greek letters, which are symbols, stay.
func capitalized(_ text: String) -> String {
  guard let first = text.first, first.isASCII else { return text }
  return first.uppercased() + text.dropFirst()
}
