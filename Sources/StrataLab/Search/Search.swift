import Strata

/// A search with its data and its study, ready to run in any number of processes.
package final class Search: Sendable {
  /// The data set, which all trials share.
  package let data: RunData
  /// Where every trial that has ended is kept.
  package let study: StudyFile
  private let stages: Locked<SearchStages>

  /// Checks that the trials can be compared and opens the study, or begins it.
  ///
  /// - Parameters:
  ///   - plan: What is searched, and how.
  ///   - data: The data set of the plan's base recipe.
  ///   - study: The file; `nil` for one in `studies/` whose name follows from what is searched.
  /// - Throws: `ConfigurationError` when a value is impossible or the study is of another search,
  ///   `DataError` when the file is no study, was edited or cannot be written.
  package init(_ plan: SearchPlan, data: RunData, study path: String?) throws {
    self.data = data
    try plan.check(on: data)
    stages = Locked(try SearchStages(plan))
    let identity = try StudyIdentity(plan, data: data, kernel: KernelSet.ofProcess().name)
    study = try StudyFile(path: path ?? plan.defaultStudy(identity), identity: identity)
    _ = try checkedTrials()
  }

  /// What is known of the search and its trials.
  var known: SearchStages { stages.withLock(\.self) }

  /// How the later stages came about, as far as they have, a sentence each.
  package var reasons: [String] { known.reasons }

  /// The trials that have not ended, of the stage that is due; `nil` when all have.
  ///
  /// - Throws: `DataError` when the study was edited or cannot be read.
  func dueTrials() throws -> DueTrials? {
    let (counts, ended) = try study.state()
    let known = try stages.withLock { stages in
      try stages.grow(to: counts)
      return stages
    }
    if let coarse = known.due(.coarse, besides: ended) { return coarse }
    // What the trials of a stage have shown is read once.
    let withFine = known.fine == nil ? try checkedTrials().stages : known
    // Without a fine stage now, there have come more coarse trials meanwhile.
    guard withFine.fine != nil else { return try dueTrials() }
    if let fine = withFine.due(.fine, besides: ended) { return fine }
    let withFinal = withFine.final == nil ? try checkedTrials().stages : withFine
    guard withFinal.final != nil else { return try dueTrials() }
    return withFinal.due(.final, besides: ended)
  }

  /// The trials that have ended, those that take the outcome of another one too, and what they tell
  /// about those that have not.
  ///
  /// - Throws: `DataError` when they are not those that the search makes, or cannot be read.
  func checkedTrials() throws -> (ended: [Trial], stages: SearchStages) {
    let (counts, ended) = try study.contents()
    return try stages.withLock { stages in
      try stages.grow(to: counts)
      return (try stages.check(ended, path: study.path), stages)
    }
  }
}

extension SearchPlan {
  /// The name of a study that was given none; the same search has the same.
  fileprivate func defaultStudy(_ identity: StudyIdentity) -> String {
    let keys = space.dimensions.map(\.key.rawValue).joined(separator: "-")
    let data = identity["data"].map(fileName) ?? "data"
    return "studies/\(data)-\(keys)-\(identity.mark).sqlite"
  }
}
