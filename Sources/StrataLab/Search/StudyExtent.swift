import Strata

/// How many trials a study has; a later command may ask for more.
package struct StudyExtent: Sendable, Hashable {
  /// Those of the coarse stage; of a grid, the most.
  package var trials: Int
  /// Those of the fine stage.
  package var fineTrials: Int

  package init(trials: Int, fineTrials: Int) {
    self.trials = trials
    self.fineTrials = fineTrials
  }
}

extension StudyIdentity {
  static let trialsName = "trials"
  static let fineTrialsName = "fine-trials"

  /// The parts that may grow: the points of a grid depend on their number, random trials do not.
  var growingParts: [String] {
    self["method"] == SearchMethod.random.rawValue ? [Self.trialsName, Self.fineTrialsName] : []
  }

  /// How many trials there are; `nil` where the parts are no such numbers.
  var extent: StudyExtent? {
    guard let trials = self[Self.trialsName].flatMap({ Int($0) }),
      let fineTrials = self[Self.fineTrialsName].flatMap({ Int($0) }),
      (1...SearchPlan.mostTrials).contains(trials),
      (0...SearchPlan.mostTrials).contains(fineTrials)
    else { return nil }
    return StudyExtent(trials: trials, fineTrials: fineTrials)
  }

  /// Checks that a search can go on with the study of this identity.
  ///
  /// - Parameters:
  ///   - other: The identity of the search.
  ///   - hasFineTrials: Whether fine trials are kept, which follow from all coarse ones.
  ///   - path: The study.
  /// - Throws: `ConfigurationError` that names the first difference that cannot be.
  func checkContinuation(by other: StudyIdentity, hasFineTrials: Bool, path: String) throws {
    if let difference = difference(from: other, besides: growingParts) {
      throw ConfigurationError(
        setting: "study \(path)",
        expected: "the \(difference.name) that it was begun with, \(difference.here)",
        found: difference.there, hint: "repeat its command or give another --study")
    }
    for name in growingParts {
      guard let here = self[name], let there = other[name], here != there else { continue }
      guard Int(here) ?? 0 < Int(there) ?? 0 else {
        throw ConfigurationError(
          setting: "study \(path)", expected: "at least the \(here) \(name) that it has",
          found: there, hint: "raise --\(name) or give another --study")
      }
      guard name != Self.trialsName || !hasFineTrials else {
        throw ConfigurationError(
          setting: "study \(path)",
          expected: "the \(name) that it was begun with, \(here), from which its fine stage "
            + "follows",
          found: there, hint: "raise --\(Self.fineTrialsName) or give another --study")
      }
    }
  }
}
