import Strata

/// The rules by which the trials of a study follow from each other; a study keeps those that it was
/// begun with.
package enum SearchRules: Int, Sendable, Hashable {
  /// The fine range ends with the coarse one, and equal trials are trained each.
  case first = 1
  /// The fine range reaches beyond an end at which the best trial lies, and trials with the recipe
  /// of an earlier one take its outcome.
  case second = 2

  /// Those of a study that begins.
  package static let current = SearchRules.second
}

/// How many trials a study has, which a later command may raise, and the rules that they follow.
package struct TrialCounts: Sendable, Hashable {
  /// Those of the coarse stage; of a grid, the most.
  package var trials: Int
  /// Those of the fine stage.
  package var fineTrials: Int
  /// The runs of finalists; `nil` for none.
  package var finals: FinalRuns?
  /// How the trials follow from each other.
  package var rules: SearchRules

  package init(
    trials: Int, fineTrials: Int, finals: FinalRuns? = nil, rules: SearchRules = .current
  ) {
    self.trials = trials
    self.fineTrials = fineTrials
    self.finals = finals
    self.rules = rules
  }

  /// Whether there is more than in another state of the study, or other rules.
  func isNews(to other: TrialCounts) -> Bool {
    trials > other.trials || fineTrials > other.fineTrials || rules != other.rules
      || finals?.finalists ?? 0 > other.finals?.finalists ?? 0
      || finals?.seeds ?? 0 > other.finals?.seeds ?? 0
  }

  /// Whether trials of a stage are the same in another state of the study; more final seeds change
  /// no trial.
  func agrees(with other: TrialCounts, on stage: SearchStage) -> Bool {
    stage == .coarse
      || trials == other.trials
        && (stage == .fine
          || fineTrials == other.fineTrials
            && finals?.finalists == other.finals?.finalists
            && finals?.settings == other.finals?.settings)
  }
}

extension StudyIdentity {
  static let trialsName = "trials"
  static let fineTrialsName = "fine-trials"
  static let rulesName = "rules"

  /// The parts that say how many trials there are, and by which rules.
  static func parts(of counts: TrialCounts) -> [Part] {
    [
      Part(trialsName, "\(counts.trials)"), Part(fineTrialsName, "\(counts.fineTrials)"),
      Part(rulesName, "\(counts.rules.rawValue)"),
    ] + FinalRuns.parts(of: counts.finals)
  }

  /// The numbers that may grow: the points of a grid depend on their number, random trials do not.
  private var growingNumbers: [String] {
    (self["method"] == SearchMethod.random.rawValue ? [Self.trialsName, Self.fineTrialsName] : [])
      + [FinalRuns.finalistsName, FinalRuns.seedsName]
  }

  /// The parts in which the searches of one study may differ.
  var growingParts: [String] {
    growingNumbers + [FinalRuns.settingsName, Self.rulesName]
  }

  /// How many trials there are; `nil` where the parts are no such numbers.
  var counts: TrialCounts? {
    guard let trials = self[Self.trialsName].flatMap({ Int($0) }),
      let fineTrials = self[Self.fineTrialsName].flatMap({ Int($0) }),
      (1...SearchPlan.mostTrials).contains(trials),
      (0...SearchPlan.mostTrials).contains(fineTrials),
      let finals = FinalRuns.read(from: self),
      let rules = SearchRules(rawValue: self[Self.rulesName].flatMap({ Int($0) }) ?? 1)
    else { return nil }
    return TrialCounts(trials: trials, fineTrials: fineTrials, finals: finals, rules: rules)
  }

  /// Checks that a search can go on with the study of this identity.
  ///
  /// - Parameters:
  ///   - other: The identity of the search.
  ///   - stage: The last stage of which a trial is kept; it follows from all trials before.
  ///   - path: The study.
  /// - Throws: `ConfigurationError` that names the first difference that cannot be.
  func checkContinuation(
    by other: StudyIdentity, after stage: SearchStage?, path: String
  ) throws {
    let hasFinalists = (self[FinalRuns.finalistsName] ?? "0") != "0"
    let isAskedForFinalists = (other[FinalRuns.finalistsName] ?? "0") != "0"
    var ignored = growingParts
    if hasFinalists, isAskedForFinalists { ignored.removeAll { $0 == FinalRuns.settingsName } }
    if let difference = difference(from: other, besides: ignored) {
      throw ConfigurationError(
        setting: "study \(path)",
        expected: "its original \(difference.name), \(difference.here)",
        found: difference.there, hint: "repeat its command or give another --study")
    }
    for name in growingNumbers { try checkGrowth(of: name, to: other, after: stage, path: path) }
  }

  /// Checks that a number of trials is not lowered, nor raised once other trials follow from them.
  private func checkGrowth(
    of name: String, to other: StudyIdentity, after stage: SearchStage?, path: String
  ) throws {
    let (here, there) = (self[name] ?? "0", other[name] ?? "0")
    guard here != there else { return }
    guard Int(here) ?? 0 < Int(there) ?? 0 else {
      throw ConfigurationError(
        setting: "study \(path)", expected: "at least its \(here) \(name)",
        found: there, hint: "raise --\(name) or give another --study")
    }
    let isFixed =
      switch name {
      case Self.trialsName: stage == .fine || stage == .final
      case Self.fineTrialsName, FinalRuns.finalistsName: stage == .final
      default: false
      }
    guard let stage, isFixed else { return }
    let other = stage == .fine ? Self.fineTrialsName : FinalRuns.seedsName
    throw ConfigurationError(
      setting: "study \(path)",
      expected: "its original \(name), \(here), on which its \(stage.rawValue) stage depends",
      found: there, hint: "raise --\(other) or give another --study")
  }
}
