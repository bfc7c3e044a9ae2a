import Strata

/// How the best trials of a search are trained again.
package struct FinalRuns: Sendable, Hashable {
  /// The trials that are trained again, at most.
  package let finalists: Int
  /// The runs of each, with the base seed and those after it.
  package let seeds: Int
  /// The settings that these runs have on top of their own.
  package let settings: [TrialValue]

  /// The default number of runs of each.
  package static let defaultSeeds = 5
  /// The most runs of each.
  package static let mostSeeds = 1000

  package init(finalists: Int, seeds: Int, settings: [TrialValue]) {
    self.finalists = finalists
    self.seeds = seeds
    self.settings = settings
  }

  /// The runs of all finalists, at most.
  package var count: Int { finalists * seeds }

  /// The settings as they are typed: `step-size=2250 cycles=3`.
  var settingsText: String {
    settings.map { "\($0.key.rawValue)=\($0.text)" }.joined(separator: " ")
  }

  /// The runs for a person: `from 5 seeds each, with step-size 2250`.
  var text: String {
    "from \(countText(seeds)) seed\(seeds == 1 ? "" : "s") each"
      + (settings.isEmpty ? "" : ", with \(settings.phrase)")
  }
}

extension FinalRuns {
  static let finalistsName = "finalists"
  static let seedsName = "final-seeds"
  static let settingsName = "final"

  /// What the identity of a study says of final runs; there are none where this is `nil`.
  static func parts(of runs: FinalRuns?) -> [StudyIdentity.Part] {
    [
      .init(finalistsName, "\(runs?.finalists ?? 0)"), .init(seedsName, "\(runs?.seeds ?? 0)"),
      .init(settingsName, runs?.settingsText ?? ""),
    ]
  }

  /// What the identity of a study says of final runs: `.some(nil)` for none, `nil` for nonsense.
  static func read(from identity: StudyIdentity) -> FinalRuns?? {
    let texts = (identity[settingsName] ?? "").split(separator: " ")
    let settings = texts.compactMap { text -> TrialValue? in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let key = RecipeKey(rawValue: parts[0]), key.accepts(parts[1])
      else { return nil }
      return TrialValue(key, parts[1])
    }
    guard let finalists = Int(identity[finalistsName] ?? "0"),
      let seeds = Int(identity[seedsName] ?? "0"), settings.count == texts.count,
      (0...SearchPlan.mostTrials).contains(finalists), (0...mostSeeds).contains(seeds)
    else { return nil }
    guard finalists > 0 else { return .some(nil) }
    guard seeds > 0 else { return nil }
    return FinalRuns(finalists: finalists, seeds: seeds, settings: settings)
  }
}
